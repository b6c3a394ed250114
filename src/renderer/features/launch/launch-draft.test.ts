import { describe, expect, it } from 'vitest';
import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import { FOLDER, launchCommand, launchInput, type LaunchDraft } from './launch-draft.ts';

const job = {
  id: 'j1',
  name: 'hello',
  projectName: 'default',
  fullName: 'ada/default/hello',
  folder: '/work/my code',
  latestVersion: 3,
} as Job;
const version = { id: 'v2', number: 2, entryPoint: ['python', 'main.py'] } as JobVersion;
const draft: LaunchDraft = { code: 'v2', entryPoint: null, engine: null, name: '' };

describe('launchInput', () => {
  it('sends only what was chosen', () => {
    expect(launchInput(job, draft, version)).toEqual({ jobId: 'j1', versionId: 'v2' });
    expect(launchInput(job, { ...draft, code: FOLDER }, version)).toEqual({ jobId: 'j1' });
  });

  it('does not call the version’s own entry point an override', () => {
    expect(
      launchInput(job, { ...draft, entryPoint: ' python main.py ' }, version),
    ).not.toHaveProperty('entryPoint');
    expect(
      launchInput(
        job,
        { ...draft, entryPoint: 'python b.py', engine: 'process', name: ' x ' },
        version,
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
    expect(launchCommand(job, draft, version)).toEqual([
      'slipway',
      'launch',
      '-j',
      'ada/default/hello:v2',
    ]);
    const folder = { ...draft, code: FOLDER, entryPoint: 'python b.py', engine: 'docker' as const };
    expect(launchCommand(job, folder, version).join(' ')).toBe(
      'slipway launch -u /work/my code -J hello -p default -E python b.py -r docker',
    );
  });
});
