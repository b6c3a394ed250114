import { readdir, readFile } from 'node:fs/promises';
import { slipwayOn } from './support/cli.ts';
import { docker } from './support/docker.ts';
import { expect, launchRef, say, test } from './support/git.ts';
import { serveLaunchJobs } from './support/launch-jobs.ts';
import { publishImage } from './support/registry.ts';

interface Ended {
  run: { id: string; state: string; jobName: string; projectName: string; versionNumber: number };
}

interface Made {
  job: { name: string };
  version: { number: number; source: Record<string, unknown> };
}

const BASE = process.env['SLIPWAY_TEST_BASE_IMAGE']!;

test.describe('the commands of the W&B documentation', () => {
  test('a repository with a Dockerfile in a sub-folder', async ({
    slipway: { dataDir },
    served,
    code,
  }) => {
    const jobs = await serveLaunchJobs(served, code);
    try {
      const { url, certificate } = await served.start({ secure: true });
      const slipway = slipwayOn(dataDir, { GIT_SSL_CAINFO: certificate });
      const command = [
        ...['launch', '--uri', `${url}/${jobs.path}`, '--build-context', 'jobs/hello_world'],
        ...['--dockerfile', 'Dockerfile.wandb', '--project', 'hello-world'],
        ...['--job-name', 'hello-world', '--entry-point', 'python job.py'],
      ];
      const first = await slipway.run(...command);
      expect(first.stderr).toContain('hello-world/hello-world:v0 created');
      expect(first).toMatchObject({ status: 0, stdout: 'hello world\n' });
      const again = await slipway.json<Ended>(...command);
      expect(again).toMatchObject({
        newVersion: false,
        run: { projectName: 'hello-world', environment: { reused: true, because: 'unchanged' } },
      });
      expect(await slipway.json('run', 'show', again.run.id)).toMatchObject({ steps: [] });
    } finally {
      await jobs.remove();
    }
  });

  test('the folder that the command is given in', async ({ slipway: { dataDir }, code }) => {
    const slipway = slipwayOn(dataDir, {}, await code({ 'main.py': say('from here') }));
    const ended = await slipway.run(
      ...['launch', '--uri', '.', '--job-name', 'hello-world-code'],
      ...['--project', 'launch-quickstart', '--entry-point', 'python main.py'],
    );
    expect(ended).toMatchObject({ status: 0, stdout: 'from here\n' });
  });

  test('an image of a registry', async ({ slipway }) => {
    const image = await publishImage('wandb/job_hello_world', 'main', ['echo', 'an image']);
    await docker.command('rmi', '--force', image);
    const launch = ['launch', '--docker-image', image, '--project', 'hello-world'];
    expect(await slipway.run(...launch)).toMatchObject({ status: 0, stdout: 'an image\n' });
    await docker.command('rmi', '--force', image);
  });
});

/** A Dockerfile that no engine takes from here as it stands: builds are given no secrets. */
const WANTS_SECRET = `FROM ${BASE}
WORKDIR /launch
RUN --mount=type=secret,id=token echo built
COPY job.py ./
`;

test('a Dockerfile that the engine cannot build is rewritten when that is allowed', async ({
  slipway,
  served,
}) => {
  const files = { 'Dockerfile.wandb': WANTS_SECRET, 'job.py': say('rewritten') };
  served.repository('jobs', files);
  const { url } = await served.start();
  const launch = (...more: string[]) =>
    slipway.run(
      ...['launch', '--uri', `${url}/jobs`, '--dockerfile', 'Dockerfile.wandb'],
      ...['--job-name', 'wants', '--entry-point', 'python job.py', ...more],
    );
  const never = await launch('--rewrite', 'never');
  expect(never).toMatchObject({ status: 1, stdout: '' });
  expect(never.stderr).toContain('line 3: The step wants a secret');
  expect(never.stderr).toContain('--rewrite auto');
  expect(await slipway.json('run', 'list')).toEqual([]);
  const asked = await launch();
  expect(asked).toMatchObject({ status: 0, stdout: 'rewritten\n' });
  expect(asked.stderr).toContain('Yes, since there is no terminal to ask at');
  const auto = await launch('--rewrite', 'auto');
  expect(auto).toMatchObject({ status: 0, stdout: 'rewritten\n' });
  expect(auto.stderr).toContain('(reused: unchanged)');
});

test('a branch, a tag, a short commit, and a default branch of any name', async ({
  slipway,
  served,
}) => {
  const repository = served.repository('refs', { 'main.py': say('default') }, 'odd/default');
  const first = repository.git('rev-parse', 'HEAD');
  const branchWith = (name: string, word: string) => {
    repository.git('checkout', '--quiet', '-b', name);
    repository.write('main.py', say(word));
    return repository.commit();
  };
  branchWith('feature/x', 'branch');
  const short = branchWith('later', 'short').slice(0, 8);
  repository.git('tag', '-a', 'v1.0', '-m', 'one', first);
  repository.git('checkout', '--quiet', 'odd/default');
  const { url } = await served.start();
  const launch = (...more: string[]) => launchRef(slipway, `${url}/refs`, ...more);
  expect(await launch()).toMatchObject({ status: 0, stdout: 'default\n' });
  expect(await launch('-g', 'feature/x')).toMatchObject({ status: 0, stdout: 'branch\n' });
  expect(await launch('--git-version', short)).toMatchObject({ status: 0, stdout: 'short\n' });
  // The commit of v0: nothing new.
  expect(await launch('--git-hash', 'v1.0')).toMatchObject({ status: 0, stdout: 'default\n' });
  const runs = await slipway.json<Ended['run'][]>('run', 'list');
  expect(runs.map(({ versionNumber }) => versionNumber)).toEqual([0, 2, 1, 0]);
  const { version } = await slipway.json<Made>('job', 'describe', 'refs:v0');
  expect(version.source).toMatchObject({ ref: null, commit: first, dirty: null });
});

test('what is launched needs its repository no more, and submodules are part of it', async ({
  slipway,
  served,
}) => {
  const words = served.repository('words', { 'words.py': 'WORD = "from a submodule"\n' });
  const repository = served.repository('main', {
    'main.py': 'import sys; sys.path.append("lib/words"); import words; print(words.WORD)\n',
  });
  repository.git('submodule', '--quiet', 'add', words.folder, 'lib/words');
  repository.git('config', '--file', '.gitmodules', 'submodule.lib/words.url', '../words');
  repository.commit();
  const { url } = await served.start();
  const first = await launchRef(slipway, `${url}/main`);
  expect(first).toMatchObject({ status: 0, stdout: 'from a submodule\n' });
  await served.remove();
  const again = await slipway.run('launch', '--job', 'refs:v0', '--engine', 'process');
  expect(again).toMatchObject({ status: 0, stdout: 'from a submodule\n' });
  const gone = await launchRef(slipway, `${url}/main`);
  expect(gone.status).toBe(1);
  expect(gone.stderr).toContain('cannot be reached');
});

test('a clone is taken with what changed in it since its commit', async ({ slipway, served }) => {
  const clone = served.repository('clone', { 'main.py': say('committed'), '.gitignore': '*.log' });
  const create = () =>
    slipway.json<Made>('job', 'create', 'git', clone.folder, '-n', 'dirty', '-E', 'python main.py');
  expect((await create()).version.source).toMatchObject({ kind: 'git', dirty: null });
  clone.write('main.py', say('changed'));
  clone.write('new.py', '');
  clone.write('noise.log', 'noise');
  const { version } = await create();
  expect(version).toMatchObject({
    number: 1,
    source: { commit: clone.git('rev-parse', 'HEAD'), dirty: { untracked: ['new.py'] } },
  });
  await served.remove();
  const run = await slipway.run('launch', '--job', 'dirty', '--engine', 'process');
  expect(run).toMatchObject({ status: 0, stdout: 'changed\n' });
});

test('inspect reads a repository without running anything of it', async ({ slipway, served }) => {
  const repository = served.repository('inspected', {
    'jobs/a/train.py':
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float, default=0.1)\np.parse_args()\n',
    'jobs/a/requirements.txt': 'six\n',
  });
  const { url } = await served.start();
  const found = await slipway.json(
    ...['inspect', `${url}/inspected`, '--build-context', 'jobs/a', '--git-hash', 'main'],
  );
  expect(found).toMatchObject({
    git: { remote: `${url}/inspected`, ref: 'main', commit: repository.git('rev-parse', 'HEAD') },
    context: 'jobs/a',
    problem: null,
    environment: { dependencies: { path: expect.stringContaining('requirements.txt') } },
    detection: { parameters: [{ name: 'lr', type: 'number', default: 0.1 }] },
  });
  expect(await slipway.json('job', 'list')).toEqual([]);
});

test('a ref that is not there offers those that are near', async ({ slipway, served }) => {
  const repository = served.repository('near', { 'main.py': say('x') });
  repository.git('branch', 'release-2024');
  const { url } = await served.start();
  const wrong = await launchRef(slipway, `${url}/near`, '-g', 'relaese-2024');
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('Did you mean release-2024');
  expect(await slipway.json('job', 'list')).toEqual([]);
});

test('Ctrl-C and kill -9 while a server stalls leave nothing running, and nothing in the way', async ({
  slipway,
  served,
}) => {
  served.repository('slow', { 'main.py': say('fetched') });
  let stalls = true;
  let wanted = () => {};
  const asked = () => new Promise<void>((resolve) => (wanted = resolve));
  const { url } = await served.start({
    intercept: ({ method }) => {
      if (!stalls || method !== 'POST') return false;
      wanted();
      return true;
    },
  });
  const create = ['job', 'create', 'git', `${url}/slow`, '-n', 'slow', '-E', 'python main.py'];
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const) {
    const reached = asked();
    const { child, ended } = slipway.start(...create);
    await reached;
    expect(await commandsWith(url)).not.toEqual([]);
    child.kill(signal);
    expect(await ended).toMatchObject({ status, stdout: '' });
    await expect.poll(() => commandsWith(url)).toEqual([]);
  }
  expect(await slipway.json('job', 'list')).toEqual([]);
  stalls = false;
  expect((await slipway.run(...create)).status).toBe(0);
});

/** Command lines of the processes of this machine that hold a text. */
async function commandsWith(text: string): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).filter((line) => line.includes(text));
}
