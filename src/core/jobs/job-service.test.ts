import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { testDatabase } from '../db/testing.ts';
import { checkEntryPoint } from '../detect/entry-point.ts';
import { planEnvironment } from '../detect/environment.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { JobService } from './job-service.ts';

const control = { signal: new AbortController().signal };

/** A service over a real database and a folder in memory, whose files a test may change. */
function testJobs() {
  const { repos } = testDatabase();
  const files: Record<string, string> = { 'main.py': 'print(1)' };
  const entries = () =>
    Object.keys(files).map((path) => ({
      path,
      kind: 'file' as const,
      size: 1,
      executable: false,
      content: null,
    }));
  const snapshots: Pick<Snapshots, 'freeze' | 'examine'> = {
    freeze: async () => ({
      digest: createHash('sha256').update(JSON.stringify(files)).digest('hex'),
      files: Object.keys(files).length,
      bytes: 1,
      leftOut: [],
      known: false,
    }),
    examine: async (_tree, words) => {
      checkEntryPoint(words, entries());
      return planEnvironment(entries(), async (path) => files[path] ?? null);
    },
  };
  const jobs = new JobService({ repos, snapshots: snapshots as Snapshots, clock: systemClock });
  const create = (change: Partial<Parameters<JobService['createFromFolder']>[0]> = {}) =>
    jobs.createFromFolder(
      {
        folder: '/code',
        includeSecrets: [],
        name: 'job',
        project: 'mine',
        entryPoint: 'python main.py',
        ...change,
      },
      control,
    );
  return { repos, jobs, files, create };
}

describe('JobService', () => {
  it('takes in the secrets of the newest version unless it is told which', async () => {
    const { create, files } = testJobs();
    const secretsOf = async (change: Parameters<typeof create>[0]) => {
      files['main.py'] += '\n';
      return (await create(change)).version.source.includedSecrets;
    };
    expect(await secretsOf({ includeSecrets: ['.env'] })).toEqual(['.env']);
    expect(await secretsOf({ includeSecrets: undefined })).toEqual(['.env']);
    expect(await secretsOf({ includeSecrets: [] })).toEqual([]);
    expect(await secretsOf({ includeSecrets: ['.env'] })).toEqual(['.env']);
    expect(await secretsOf({ includeSecrets: undefined, folder: '/other' })).toEqual([]);
  });

  it('makes a version of what changed, and none of what did not', async () => {
    const { create, files } = testJobs();
    const first = await create();
    expect([first.version.number, first.created]).toEqual([0, true]);
    expect(await create()).toMatchObject({ version: { id: first.version.id }, created: false });
    files['main.py'] = 'print(2)';
    const second = await create();
    expect([second.version.number, second.version.aliases]).toEqual([1, ['latest']]);
    expect(await create({ entryPoint: 'python main.py --fast' })).toMatchObject({
      job: { id: first.job.id, latestVersion: 2 },
      version: { number: 2, entryPoint: ['python', 'main.py', '--fast'] },
    });
  });

  it('takes the folder of a job again as its newest version was taken', async () => {
    const { jobs, create, files } = testJobs();
    const { job } = await create({ includeSecrets: ['.env'] });
    files['main.py'] = 'print(2)';
    const { version } = await jobs.freezeAgain(job, control);
    expect(version).toMatchObject({
      number: 1,
      entryPoint: ['python', 'main.py'],
      source: { folder: '/code', includedSecrets: ['.env'] },
    });
  });

  it.each([
    ['a name', { name: 'a/b' }, 'E_NAME'],
    ['a project name', { project: '..' }, 'E_NAME'],
    ['an entry point that cannot be read', { entryPoint: 'python "' }, 'E_ENTRYPOINT_PARSE'],
    ['an entry point that is not there', { entryPoint: 'python no.py' }, 'E_ENTRYPOINT_MISSING'],
  ])('leaves nothing behind when it refuses %s', async (_what, change, code) => {
    const { repos, create } = testJobs();
    await expect(create(change)).rejects.toMatchObject({ code });
    expect(repos.projects.list().map(({ name }) => name)).toEqual(['default']);
    expect(repos.jobs.list()).toEqual([]);
  });
});
