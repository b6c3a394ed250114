import { describe, expect, it } from 'vitest';
import { deriveJobName } from './derive-name.ts';
import type { SourceRequest } from './job-request.ts';

const git = (address: string): SourceRequest => ({ kind: 'git', address });
const image = (reference: string): SourceRequest => ({ kind: 'image', reference });
const folder = (uri?: string): SourceRequest => ({ kind: 'folder', folder: '/home/me/proj', uri });

// Cases of W&B's own job builder, and where Slipway deliberately does better.
const CASES: [string, SourceRequest, string | undefined, string][] = [
  [
    'a repository and its script',
    git('https://github.com/githubrepo/demo_launch.git'),
    'python canonical_job_example.py',
    'job-https___github.com_githubrepo_demo_launch.git_canonical_job_example.py',
  ],
  [
    'scp form',
    git('git@github.com:acme/launch-demo.git'),
    'python src/train.py',
    'job-git_github.com_acme_launch-demo.git_src_train.py',
  ],
  [
    'ssh with a port, odd characters',
    git('ssh://git@gitlab.example.com:2222/team/proj.git'),
    "python 'a b/train (v2).py'",
    'job-ssh___git_gitlab.example.com_2222_team_proj.git_a_b_train__v2_.py',
  ],
  [
    'a name that is too long keeps both ends',
    git('https://github.com/acme/a-very-long-organisation-and-repository-name-for-truncation.git'),
    'python experiments/2024/vision/classification/resnet/train_distributed_main.py',
    'job-https___github.com_acme_a-very-long-organisation-and-reposi..nts_2024_vision_classification_resnet_train_distributed_main.py',
  ],
  [
    'a login never shows',
    git('https://me:secret@host/x.git'),
    'python a.py',
    'job-https___host_x.git_a.py',
  ],
  [
    'a module',
    git('https://host/x.git'),
    'python -m pkg.train',
    'job-https___host_x.git_pkg.train',
  ],
  ['an image', image('wandb/job_hello_world:main'), undefined, 'job-wandb_job_hello_world'],
  ['a registry with a port', image('localhost:5000/train'), undefined, 'job-localhost_5000_train'],
  [
    'a digest',
    image(`ghcr.io/acme/train@sha256:${'0'.repeat(64)}`),
    undefined,
    'job-ghcr.io_acme_train',
  ],
  ['this folder', folder('.'), 'python main.py', 'job-main.py'],
  ['a path as typed', folder('./src/'), 'python train.py --lr 1', 'job-src_train.py'],
  ['an absolute path', folder('/home/me/proj'), 'python main.py', 'job-home_me_proj_main.py'],
  ['a folder that was dropped', folder(), 'python main.py', 'job-proj_main.py'],
  ['an address half typed', git('https://'), 'python a.py', ''],
  ['an entry point half typed', git('https://host/x.git'), 'python "a', ''],
];

describe('deriveJobName', () => {
  it.each(CASES)('%s', (_what, source, entryPoint, name) => {
    expect(deriveJobName(source, entryPoint)).toBe(name);
  });
});
