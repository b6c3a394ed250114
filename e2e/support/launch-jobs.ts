import type { Served } from './git.ts';
import { docker } from './docker.ts';
import { startPackageIndex } from './package-index.ts';

const HELLO = `import hello_words
print("hello", hello_words.WHO)
`;

/** Features that need a newer engine than many have: that of the original. */
const dockerfile = (base: string): string => `# syntax=docker/dockerfile:1.4
FROM ${base}

WORKDIR /launch

COPY --link requirements.txt ./
RUN pip install -r requirements.txt

COPY --link job.py ./
ENTRYPOINT ["python3", "job.py"]
`;

export interface LaunchJobs {
  /** The path of the repository on a server. */
  path: string;
  /** Takes away the base image and the package index. */
  remove(): Promise<void>;
}

/** A repository like `github.com/wandb/launch-jobs`, with its own base image and package index. */
export async function serveLaunchJobs(
  served: Served,
  code: (files: Record<string, string>) => Promise<string>,
): Promise<LaunchJobs> {
  const index = await startPackageIndex('hello_words', 'WHO = "world"\n');
  const base = `slipway-test/hello-base-${process.pid}:3.9-slim`;
  const folder = await code({
    Dockerfile: `FROM ${process.env['SLIPWAY_TEST_BASE_IMAGE']!}\nCOPY pip.conf /etc/pip.conf\n`,
    'pip.conf': index.settings,
  });
  await docker.command('build', '--quiet', '--tag', base, folder);
  const path = 'wandb/launch-jobs.git';
  served.repository(path, {
    'README.md': '# Jobs\n',
    'jobs/fashion_mnist_train/Dockerfile.wandb': dockerfile('nothing/there:1'),
    'jobs/fashion_mnist_train/job.py': 'raise SystemExit("another job")\n',
    'jobs/hello_world/Dockerfile.wandb': dockerfile(base),
    'jobs/hello_world/job.py': HELLO,
    'jobs/hello_world/requirements.txt': 'hello_words==1.0\n',
  });
  const remove = async () => {
    index.stop();
    await docker.command('rmi', '--force', base);
  };
  return { path, remove };
}
