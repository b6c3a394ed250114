import { expect, it } from 'vitest';
import type { Detection } from '../../shared/domain/detection.ts';
import { EMPTY_SPEC } from '../../shared/domain/launch-spec.ts';
import { testDatabase, testVersion } from '../db/testing.ts';
import { InputService } from './input-service.ts';
import { testParameter } from './testing.ts';

const found: Detection = {
  entryPoints: [],
  parameters: [testParameter('lr'), testParameter('api_key', { secret: true })],
  others: [testParameter('lr', { target: { kind: 'config', path: ['lr'] } })],
  presets: [{ name: 'fast', path: 'fast.yaml', keys: 1, evidence: { file: 'fast.yaml', line: 1 } }],
  outputs: [],
  notes: ['A note.'],
  jobs: [],
};

function made(inputSchema: ReturnType<typeof testVersion>['inputSchema'] | object = null) {
  const { repos } = testDatabase();
  const project = repos.projects.ensure('p', 1);
  const { version } = repos.jobs.addVersion(
    { projectId: project.id, name: 'j', folder: null },
    { ...testVersion('d'), inputSchema: inputSchema as null },
    1,
  );
  let looks = 0;
  const inspector = {
    detection: async () => {
      looks += 1;
      return found;
    },
  };
  const inputs = new InputService({ inspector, repos });
  return { repos, version, inputs, looks: () => looks };
}

it('gives fields, presets and notes of a version, looking at the code once', async () => {
  const { inputs, version, looks, repos } = made();
  const first = await inputs.schema(version);
  expect(first.fields.map(({ name, targets }) => [name, targets.length])).toEqual([
    ['lr', 2],
    ['api_key', 1],
  ]);
  expect(first.presets).toEqual([{ name: 'fast', kind: 'file', path: 'fast.yaml', keys: 1 }]);
  expect(first.notes).toEqual([
    'A note.',
    expect.stringContaining('"api_key" looks like a secret'),
  ]);
  repos.presets.save(
    version.jobId,
    { name: 'mine', spec: { ...EMPTY_SPEC, values: { lr: 1 } } },
    2,
  );
  const [saved] = (await inputs.schema(version)).presets;
  expect(saved).toEqual({ name: 'mine', kind: 'saved', path: null, keys: 1 });
  expect(looks()).toBe(1);
});

it('keeps the schema of a version with it', async () => {
  const { inputs, version } = made({ properties: { epochs: { type: 'integer', pattern: 'x' } } });
  const { fields, notes } = await inputs.schema(version);
  expect(fields.map(({ name }) => name)).toEqual(['epochs', 'lr', 'api_key']);
  expect(notes[0]).toBe('The schema says "pattern" of epochs, which is not looked at.');
});

it('launches a version whose schema is no longer accepted, and says so', async () => {
  const { inputs, version } = made({ properties: { epochs: { type: 'float' } } });
  const { fields, notes } = await inputs.schema(version);
  expect(fields.map(({ name }) => name)).toEqual(['lr', 'api_key']);
  expect(notes[0]).toContain('"float" is no type');
});

it('learns of a run that is imported later', async () => {
  const { inputs, version, repos, looks } = made();
  await inputs.schema(version);
  const types = {
    inputs: { wb_type: 'typedDict', params: { type_map: { x: { wb_type: 'number' } } } },
    outputs: null,
  };
  repos.jobs.learnTypes(version.id, types);
  repos.results.import({
    ...{ id: 'r', projectId: repos.projects.ensure('p', 1).id, jobId: version.jobId },
    ...{ versionId: version.id, name: 'r', state: 'finished', exitCode: 0, entryPoint: [] },
    reason: { code: 'exit', text: 'exit code 0', next: null, detail: null },
    ...{ config: { x: 3 }, summary: {}, tracked: { folder: '/f', runId: 'r' } },
    ...{ startedAt: 1, endedAt: 2, creator: null, tags: [], notes: '' },
  });
  const { fields } = await inputs.schema(repos.jobs.version(version.id)!);
  expect(fields.at(-1)).toMatchObject({ name: 'x', default: 3, origins: [{ kind: 'run' }] });
  expect(looks()).toBe(2);
});
