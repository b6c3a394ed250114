import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Slipway } from './support/cli.ts';

const CODE = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--opt", choices=["adam", "sgd"], default="adam")
parser.add_argument("--fast", action="store_true")
parser.add_argument("data")
print(parser.parse_args())
`;

interface Case {
  name: string;
  code: string;
  /** Behind `launch`, in place of what the test gives: job, engine and the required input. */
  args: string[];
  /** A text that the message or the next step holds. */
  says?: string;
}

const param = (text: string) => ['--param', text];
const config = (text: string) => ['-c', text];
const overrides = (text: string) => config(`{"overrides": {"run_config": ${text}}}`);

/** Rows E, V and C of the catalogue of bad input, and what is beside them, as a person types them. */
const CASES: Case[] = [
  { name: 'E2 an unbalanced quote', code: 'E_ENTRYPOINT_PARSE', args: ['-E', 'python "main.py'] },
  {
    name: 'E2 a trailing backslash',
    code: 'E_ENTRYPOINT_PARSE',
    args: ['-E', 'python main.py \\'],
  },
  { name: 'E2 a line break', code: 'E_ENTRYPOINT_PARSE', args: ['-E', 'python main.py\nid'] },
  { name: 'E3 spaces', code: 'E_ENTRYPOINT', args: ['-E', '   '] },
  {
    name: 'E3 a list with what is no text',
    code: 'E_ENTRYPOINT',
    args: config('{"overrides": {"entry_point": ["python", {"a": 1}]}}'),
    says: 'overrides.entry_point',
  },
  {
    name: 'E5 200 KB of arguments',
    code: 'E_ARGS_TOO_LONG',
    args: ['--', ...Array.from({ length: 5 }, () => 'x'.repeat(50_000))],
  },
  { name: 'V1 a variable with a space', code: 'E_ENV_KEY', args: ['--env', 'A B=1'], says: 'A B' },
  { name: 'V1 a variable with a digit first', code: 'E_ENV_KEY', args: ['--env', '1A=1'] },
  { name: 'V1 a variable without a name', code: 'E_ENV_KEY', args: ['--env', '=1'] },
  { name: 'V1 a variable with a line break', code: 'E_ENV_KEY', args: ['--env', 'A\nRUN x=1'] },
  { name: 'V1 a variable twice', code: 'E_ENV_KEY', args: ['--env', 'A=1', '--env', 'A=2'] },
  {
    name: 'V1 a variable that is a secret too',
    code: 'E_ENV_KEY',
    args: ['--secret', 'A', '--secret', 'A=B'],
  },
  {
    name: 'V2 a variable that is not set here',
    code: 'E_ENV_VALUE',
    args: ['--env', 'SURELY_NOT_SET'],
  },
  {
    name: 'V5 a secret that is not kept',
    code: 'E_SECRET_MISSING',
    args: ['--secret', 'NOT_KEPT'],
    says: 'secret set run NOT_KEPT',
  },
  {
    name: 'C1 a trailing comma',
    code: 'E_JSON',
    args: overrides('{"a": 1,}'),
    says: 'ine 1, column',
  },
  { name: 'C1 a comment', code: 'E_JSON', args: config('{ // lr\n}'), says: 'ine 1, column 3' },
  { name: 'C1 single quotes', code: 'E_JSON', args: config("{'a': 1}") },
  { name: 'C1 a text that ends', code: 'E_JSON', args: config('{"a": ') },
  { name: 'C2 NaN', code: 'E_JSON', args: overrides('{"a": NaN}') },
  { name: 'C2 a number beyond all', code: 'E_JSON', args: overrides('{"a": 1e999}') },
  {
    name: 'C2 an integer that would be rounded',
    code: 'E_JSON',
    args: overrides('{"a": 1152921504606846977}'),
  },
  {
    name: 'C2 the same for an input',
    code: 'E_PARAM_VALUE',
    args: param('epochs=1152921504606846977'),
  },
  { name: 'C3 a name twice', code: 'E_JSON', args: overrides('{"a": 1, "a": 2}') },
  {
    name: 'C4 depth 10,000',
    code: 'E_JSON_LIMIT',
    args: overrides(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  },
  {
    name: 'C4 depth 65',
    code: 'E_JSON_LIMIT',
    args: overrides(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`),
  },
  { name: 'C5 text for a number', code: 'E_PARAM_TYPE', args: param('lr=fast') },
  { name: 'C5 a fraction for an integer', code: 'E_PARAM_TYPE', args: param('epochs=1.5') },
  { name: 'C5 a number for a switch', code: 'E_PARAM_TYPE', args: param('fast=3') },
  { name: 'C5 what is no choice', code: 'E_PARAM_VALUE', args: param('opt=rmsprop'), says: 'adam' },
  { name: 'an input twice', code: 'E_PARAM_VALUE', args: [...param('lr=1'), ...param('lr=2')] },
  {
    name: 'an input that is not there',
    code: 'E_PARAM_UNKNOWN',
    args: param('epoch=1'),
    says: 'epochs',
  },
  { name: 'an input without a value', code: 'E_ARGS', args: ['--param', 'lr'] },
  { name: 'C6 a list at the root', code: 'E_JSON_ROOT', args: config('[1]') },
  { name: 'C6 a text at the root', code: 'E_JSON_ROOT', args: config('"a"') },
  { name: 'C6 half a character', code: 'E_JSON', args: overrides('{"a": "\\ud800"}') },
  { name: 'a config that is not there', code: 'E_ARGS', args: config('no-such.json') },
  {
    name: 'a config with an unknown part',
    code: 'E_PARAM_UNKNOWN',
    args: config('{"overides": {"a": 1}}'),
    says: 'overrides',
  },
  {
    name: 'arguments that are no list',
    code: 'E_PARAM_VALUE',
    args: config('{"overrides": {"args": "--lr 1"}}'),
  },
  {
    name: 'a file that is not in the code',
    code: 'E_OVERRIDE_FILE',
    args: config('{"overrides": {"files": {"no.yaml": {"a": 1}}}}'),
  },
  {
    name: 'a file outside of the code',
    code: 'E_OVERRIDE_FILE',
    args: config('{"overrides": {"files": {"../x.yaml": {"a": 1}}}}'),
  },
  { name: 'resource arguments that are no JSON', code: 'E_ARGS', args: ['-R', 'notjson'] },
  {
    name: 'a privileged container',
    code: 'E_RESOURCES',
    args: ['-R', '{"local-container": {"privileged": true}}'],
  },
  {
    name: 'a flag of docker that is not kept to',
    code: 'E_RESOURCES',
    args: ['-R', '{"cap-add": "ALL"}'],
    says: 'cap-add',
  },
  { name: 'resources of a cluster', code: 'E_RESOURCES', args: ['-R', '{"kubernetes": {}}'] },
  { name: 'memory that is none', code: 'E_RESOURCES', args: ['--memory', 'lots'] },
  { name: 'memory for no program', code: 'E_RESOURCES', args: ['--memory', '1k'] },
  { name: 'more memory than there is', code: 'E_RESOURCES', args: ['--memory', '900t'] },
  { name: 'CPUs below 0', code: 'E_RESOURCES', args: ['--cpus', '-1'] },
  { name: 'more CPUs than there are', code: 'E_RESOURCES', args: ['--cpus', '4096'] },
  { name: 'GPUs that are not there', code: 'E_RESOURCES', args: ['--gpus', '64'] },
  { name: 'a time that is none', code: 'E_RESOURCES', args: ['--time-limit', 'soon'] },
  { name: 'no time at all', code: 'E_RESOURCES', args: ['--time-limit', '0'] },
  { name: 'a mount without a target', code: 'E_MOUNT', args: ['--mount', '/data'] },
  {
    name: 'a mount that is not allowed',
    code: 'E_MOUNT',
    args: ['--mount', '/usr/share:/data'],
    says: 'mount allow',
  },
  { name: 'the whole machine mounted', code: 'E_MOUNT', args: ['--mount', '/:/host'] },
  { name: 'the engine mounted', code: 'E_MOUNT', args: ['--mount', '/var/run/docker.sock:/s'] },
  { name: 'retries that are not counted', code: 'E_ARGS', args: ['--retry-wait', '5s'] },
  {
    name: 'retries after an end that is none',
    code: 'E_ARGS',
    args: ['--retry', '1', '--retry-on', 'finished'],
  },
  { name: 'a pattern of metrics without one', code: 'E_PARAM_VALUE', args: ['--metric', 'loss'] },
  { name: 'an output outside of the code', code: 'E_RESOURCES', args: ['--output', '../x'] },
  { name: 'a preset that is not there', code: 'E_PRESET', args: ['--preset', 'nothing'] },
  { name: 'a run that is not there', code: 'E_NOT_FOUND', args: ['--from-run', 'nothing'] },
  { name: 'a word that is not behind --', code: 'E_ARGS', args: ['fast'], says: '-- fast' },
];

interface ErrorDocument {
  error: { code: string; message: string; next?: string };
}

/** A job on the Docker engine, made once for all cases; nothing of it may ever run. */
async function makeJob(slipway: Slipway, folder: string): Promise<void> {
  const made = await slipway.run(
    'job',
    'create',
    'code',
    folder,
    '-n',
    'bad',
    '-E',
    'python main.py',
  );
  expect(made.status).toBe(0);
}

test('what is wrong with a launch has a code and a next step, and starts nothing', async ({
  slipway,
  code,
}) => {
  test.setTimeout(300_000);
  await makeJob(slipway, await code({ 'main.py': CODE }));
  const base = ['launch', '-j', 'bad', '-r', 'docker', '--param', 'data=x'];
  for (const { name, args, code: expected, says = '' } of CASES) {
    await test.step(name, async () => {
      const { status, stdout, stderr } = await slipway.run('--json', ...base, ...args);
      const { error } = JSON.parse(stdout) as ErrorDocument;
      expect.soft({ name, status, code: error.code }).toEqual({ name, status: 2, code: expected });
      expect.soft(error.message, name).toMatch(/^[A-Z"[{-].*[.?]$/s);
      expect.soft(`${error.message}\n${error.next}`, name).toContain(says);
      expect.soft(error.next?.length ?? 0, `${name}: ${error.message}`).toBeGreaterThan(8);
      expect.soft(stderr, name).toContain('error: ');
    });
  }
  await test.step('without the required input', async () => {
    const { error } = await slipway.json<ErrorDocument>('launch', '-j', 'bad');
    expect(error).toMatchObject({
      code: 'E_PARAM_REQUIRED',
      next: expect.stringContaining('--param data='),
    });
  });
  expect(await slipway.json('run', 'list')).toEqual([]);
});

test('documents beyond the limits are refused at once, those at the limit work', async ({
  slipway,
  code,
  folder,
}) => {
  const printer =
    'import os, json; print(len(json.loads(os.environ["WANDB_CONFIG_0"] + "".join(os.environ.get(f"WANDB_CONFIG_{i}", "") for i in range(1, 99)))))';
  await makeJob(slipway, await code({ 'main.py': printer }));
  const writeSpec = async (name: string, spec: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(spec));
    return path;
  };
  const write = (name: string, values: unknown): Promise<string> =>
    writeSpec(name, { overrides: { run_config: values } });
  const names = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`key_${i}`, i]));
  const launch = (path: string) => slipway.run('launch', '-j', 'bad', '-r', 'process', '-c', path);
  for (const [name, values] of [
    ['many.json', names(5001)],
    ['most.json', names(1_000_000)],
    ['large.json', { text: 'x'.repeat(1024 * 1024 + 1) }],
  ] as const) {
    const { status, stderr } = await launch(await write(name, values));
    expect({ name, status }).toEqual({ name, status: 2 });
    expect(stderr).toMatch(/more than|larger than/);
  }
  const flags = { env: [`A=${'x'.repeat(131_073)}`] };
  const long = await launch(await writeSpec('env.json', { resource_args: flags }));
  expect(long).toMatchObject({ status: 2, stderr: expect.stringContaining('128 KB') });
  expect(await slipway.json('run', 'list')).toEqual([]);
  const works = await launch(await write('limit.json', names(5000)));
  expect(works).toEqual({ status: 0, stdout: '5000\n', stderr: works.stderr });
});
