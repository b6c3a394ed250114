import type { Detection, Parameter } from '../../shared/domain/detection.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { digestOf, environment } from './fake-data.ts';

const parameter = (
  change: Partial<Parameter> & Pick<Parameter, 'name' | 'type' | 'target'>,
): Parameter => ({
  default: null,
  hasDefault: false,
  required: false,
  choices: null,
  minimum: null,
  maximum: null,
  help: null,
  secret: false,
  via: 'argparse',
  evidence: { file: 'train.py', line: 14 },
  confidence: 0.95,
  command: null,
  ...change,
});

const argument = (flag: string): Parameter['target'] => ({
  kind: 'argument',
  flag,
  negative: null,
  style: 'space',
  multiple: null,
});

export const detection: Detection = {
  entryPoints: [
    {
      words: ['python', 'train.py'],
      evidence: 'train.py:61 if __name__ == "__main__":',
      confidence: 0.9,
      file: 'train.py',
      line: 61,
    },
    {
      words: ['bash', 'run.sh'],
      evidence: 'run.sh:1 #!/usr/bin/env bash',
      confidence: 0.5,
      file: 'run.sh',
      line: 1,
    },
  ],
  parameters: [
    parameter({
      name: 'learning_rate',
      type: 'number',
      default: 0.0003,
      hasDefault: true,
      help: 'peak learning rate of the schedule',
      target: argument('--lr'),
    }),
    parameter({
      name: 'epochs',
      type: 'integer',
      default: 20,
      hasDefault: true,
      minimum: 1,
      evidence: { file: 'train.py', line: 15 },
      target: argument('--epochs'),
    }),
    parameter({
      name: 'optimizer',
      type: 'string',
      choices: ['adamw', 'sgd'],
      required: true,
      evidence: { file: 'train.py', line: 16 },
      target: argument('--optimizer'),
    }),
    parameter({
      name: 'model.width',
      type: 'integer',
      default: 512,
      hasDefault: true,
      via: 'wandb',
      confidence: 0.8,
      evidence: { file: 'models/transformer.py', line: 120 },
      target: { kind: 'config', path: ['model', 'width'] },
    }),
    parameter({
      name: 'TRACKER_KEY',
      type: 'string',
      secret: true,
      via: 'environment',
      evidence: { file: 'train.py', line: 33 },
      target: { kind: 'environment', variable: 'TRACKER_KEY' },
    }),
    parameter({
      name: 'SEED',
      type: 'integer',
      default: 7,
      hasDefault: true,
      via: 'constant',
      confidence: 0.3,
      evidence: { file: 'train.py', line: 9 },
      target: { kind: 'constant', name: 'SEED' },
    }),
  ],
  presets: [
    {
      name: 'base',
      path: 'configs/base.yaml',
      keys: 14,
      evidence: { file: 'configs/base.yaml', line: 1 },
    },
  ],
  outputs: [
    {
      kind: 'folder',
      name: 'checkpoints/{run}',
      evidence: { file: 'train.py', line: 48 },
      confidence: 0.9,
    },
    { kind: 'metric', name: 'val/loss', evidence: { file: 'train.py', line: 52 }, confidence: 0.9 },
  ],
  notes: [],
  jobs: [],
  others: [],
};

const sub = (folder: string, script: string, dockerfile: string | null) => ({
  folder,
  entryPoints: [
    {
      words: ['python', script],
      evidence: 'if __name__ == "__main__":',
      confidence: 0.9,
      file: `${folder}/${script}`,
      line: 24,
    },
  ],
  dockerfile,
  evidence: { file: `${folder}/requirements.txt`, line: 1 },
});

/** Three jobs in sub-folders, as a repository of examples has them. */
export const jobFolders: Detection['jobs'] = [
  sub('jobs/hello_world', 'job.py', 'Dockerfile.wandb'),
  sub('jobs/evaluate', 'evaluate.py', null),
  sub('jobs/export-to-a-format-with-a-long-name', 'export.py', null),
];

const git: Inspection['git'] = {
  remote: 'https://git.example.com/vision/segment.git',
  ref: 'main',
  commit: digestOf('segment').slice(0, 40),
  files: 128,
  bytes: 2_410_000,
};

/** What a look at a source finds; a repository is named as it was asked for. */
export const makeInspection = (
  remote: string | null,
  change: Partial<Inspection> = {},
): Inspection => ({
  detection,
  environment,
  problem: null,
  context: '',
  git: remote === null ? null : { ...git, remote },
  notes: [],
  ...change,
});
