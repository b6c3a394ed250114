import { describe, expect, it } from 'vitest';
import { DEFAULT_BUILD, type Job, type JobVersion } from '../../../shared/domain/job.ts';
import { EMPTY_SPEC } from '../../../shared/domain/launch-spec.ts';
import { freshSource } from './fresh-source.ts';
import { FRESH, launchCommand, launchInput, type LaunchDraft } from './launch-draft.ts';
import { START_NOW } from './when/start-draft.ts';

const job = {
  id: 'j1',
  name: 'hello',
  projectName: 'default',
  fullName: 'ada/default/hello',
  folder: '/work/my code',
  latestVersion: 3,
} as Job;
const version = { id: 'v2', number: 2, entryPoint: ['python', 'main.py'] } as JobVersion;
const gitJob = { ...job, folder: null, sourceKind: 'git' } as Job;
const gitVersion = {
  ...version,
  source: { kind: 'git', remote: 'https://git.example.com/a.git', ref: 'main' },
  build: { ...DEFAULT_BUILD, context: 'jobs/a' },
} as JobVersion;
const imageVersion = {
  ...version,
  entryPoint: [] as string[],
  source: { kind: 'image', reference: 'tools/a:1' },
  build: DEFAULT_BUILD,
} as JobVersion;
const draft: LaunchDraft = {
  code: 'v2',
  entryPoint: null,
  engine: null,
  name: '',
  start: START_NOW,
};

describe('launchInput', () => {
  it('sends only what was chosen', () => {
    expect(launchInput(job, draft, version, EMPTY_SPEC)).toEqual({ jobId: 'j1', versionId: 'v2' });
    expect(launchInput(job, { ...draft, code: FRESH }, version, EMPTY_SPEC)).toEqual({
      jobId: 'j1',
    });
  });

  it('does not call the version’s own entry point an override', () => {
    expect(
      launchInput(job, { ...draft, entryPoint: ' python main.py ' }, version, EMPTY_SPEC),
    ).not.toHaveProperty('entryPoint');
    expect(
      launchInput(
        job,
        { ...draft, entryPoint: 'python b.py', engine: 'process', name: ' x ' },
        version,
        EMPTY_SPEC,
      ),
    ).toEqual({
      jobId: 'j1',
      versionId: 'v2',
      entryPoint: 'python b.py',
      engine: 'process',
      name: 'x',
    });
  });
});

describe('launchCommand', () => {
  it('names the version, or the folder with the job it belongs to', () => {
    expect(launchCommand(job, draft, version, EMPTY_SPEC)).toEqual([
      'slipway',
      'launch',
      '-j',
      'ada/default/hello:v2',
    ]);
    const folder = { ...draft, code: FRESH, entryPoint: 'python b.py', engine: 'docker' as const };
    expect(launchCommand(job, folder, version, EMPTY_SPEC).join(' ')).toBe(
      'slipway launch -u /work/my code -J hello -p default -E python b.py -r docker',
    );
  });

  it.each([
    [
      gitVersion,
      'slipway launch -u https://git.example.com/a.git -g main --build-context jobs/a -J hello -p default -E python main.py',
    ],
    [imageVersion, 'slipway launch -d tools/a:1 -J hello -p default'],
  ])('takes a repository or an image anew', (newest, words) =>
    expect(launchCommand(gitJob, { ...draft, code: FRESH }, newest, EMPTY_SPEC).join(' ')).toBe(
      words,
    ),
  );
});

describe('freshSource', () => {
  const git = (ref: string | null) =>
    ({ ...gitVersion, source: { ...gitVersion.source, ref } }) as JobVersion;
  const image = (reference: string) =>
    ({ ...imageVersion, source: { kind: 'image', reference } }) as JobVersion;
  it.each<[Job, JobVersion | undefined, string | undefined]>([
    [job, version, 'The folder as it is now'],
    [gitJob, git('main'), 'Newest of main'],
    [gitJob, git(null), 'Newest of the default branch'],
    [gitJob, git('0123456789'.repeat(4)), undefined],
    [gitJob, image('tools/a:1'), 'Newest of tools/a:1'],
    [gitJob, image(`a@sha256:${'0'.repeat(64)}`), undefined],
    [gitJob, undefined, undefined],
  ])('case %#', (of, newest, title) => expect(freshSource(of, newest)?.title).toBe(title));
});
