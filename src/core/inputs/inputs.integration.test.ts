import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts';
import { testDatabase, testVersion } from '../db/testing.ts';
import { Inspector } from '../jobs/inspector.ts';
import { Bench } from '../snapshots/testing.ts';
import type { GitSources } from '../sources/git/git-types.ts';
import { checkValues } from './check-values.ts';
import { unheld } from '../db/use-lock.ts';
import { InputService } from './input-service.ts';
import { PresetService } from './preset-service.ts';
import { readParams } from './read-params.ts';
import { loadSchema } from './schema/load-schema.ts';

const TRAIN = `import argparse, os, wandb, yaml
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--tags", nargs="*")
args = parser.parse_args()
wandb.init(config={"lr": 0.1, "model": {"width": 4}})
settings = yaml.safe_load(open("config.yaml"))
print(os.environ["HF_TOKEN"], settings["lr"])
SIZE = 3
`;

const FILES: Record<string, string> = {
  'train.py': TRAIN,
  'config.yaml': '# what it is run with\nlr: 0.2\nsteps: 10\n',
  'configs/fast.yaml': 'lr: 0.9\nmodel:\n  width: 8\nsteps: 2\n',
};

const SCHEMA = loadSchema(
  'properties: {lr: {type: number, maximum: 1}, model: {properties: {width: {enum: [4, 8]}}}}',
);

async function frozen() {
  const bench = new Bench();
  onTestFinished(() => bench.dispose());
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(join(bench.folder, path, '..'), { recursive: true });
    writeFileSync(join(bench.folder, path), text);
  }
  const { snapshots, control } = bench;
  const tree = await snapshots.freeze(bench.folder, { includeSecrets: [] }, control);
  const { repos } = testDatabase();
  const of = { projectId: repos.projects.ensure('p', 1).id, name: 'j', folder: null };
  const source = { ...testVersion('d').source, tree: tree.digest };
  const { version } = repos.jobs.addVersion(
    of,
    { ...testVersion('d'), source, inputSchema: SCHEMA, entryPoint: ['python', 'train.py'] },
    1,
  );
  const settings = () => DEFAULT_SETTINGS;
  const inspector = new Inspector({ snapshots, git: {} as GitSources, settings, hold: unheld });
  const inputs = new InputService({ inspector, repos });
  const presets = new PresetService({ repos, snapshots, inputs, clock: { now: () => 1 } });
  return { inputs, presets, version };
}

it('finds every input of real code once, and takes values for them from everywhere', async () => {
  const { inputs, presets, version } = await frozen();
  const schema = await inputs.schema(version);
  const told = schema.fields.map(({ name, type, targets, origins }) =>
    [name, type, targets.map(({ kind }) => kind), origins.length].join(' '),
  );
  expect(told).toEqual([
    'lr number argument,config 3',
    'model.width integer config 2',
    'HF_TOKEN string secret 1',
    'tags list argument 1',
    'steps integer file 1',
    'config.yaml:lr number file 1',
  ]);
  expect(schema.presets.map(({ name }) => name)).toEqual(['config', 'configs/fast']);

  const { values, problems } = readParams(schema, [
    ...['lr=1e-2', 'tags=a,b', 'config.yaml:lr=0.5', 'model.width=8', 'HF_TOKEN=run:HF'],
  ]);
  expect(problems).toEqual([]);
  expect(checkValues(schema, values)).toEqual([]);
  expect(values).toEqual({
    ...{ lr: 0.01, tags: ['a', 'b'], 'config.yaml:lr': 0.5, 'model.width': 8 },
    HF_TOKEN: 'run:HF',
  });
  expect(checkValues(schema, { lr: 2, steps: 1.5 }).map(({ code, path }) => [code, path])).toEqual([
    ['E_PARAM_VALUE', 'values.lr'],
    ['E_PARAM_TYPE', 'values.steps'],
    ['E_PARAM_REQUIRED', 'values.HF_TOKEN'],
  ]);

  const own = await presets.values(version, 'config');
  expect(own.spec.values).toEqual({ 'config.yaml:lr': 0.2, steps: 10 });
  const fast = await presets.values(version, 'configs/fast.yaml');
  expect(fast.spec.values).toEqual({ lr: 0.9, 'model.width': 8, steps: 2 });
  expect(fast.dropped).toEqual([]);
});
