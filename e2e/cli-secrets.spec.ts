import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyringSession } from '../src/core/secrets/testing/keyring-session.ts';
import { expect, slipwayOn, test, type Slipway } from './support/cli.ts';
import { docker } from './support/docker.ts';

const VALUE = 'canary-7f3a-Value';

/** Says where the secret is to be found, without printing it, and then prints it. */
const LOOK = `
import os, sys, time
value = os.environ.get("TOKEN", "")
print("length", len(value), flush=True)
print("in argv", value in " ".join(sys.argv), flush=True)
print("printed", value, "again", value, flush=True)
time.sleep(float(os.environ.get("WAIT", "0")))
`;

let keyring: KeyringSession;

test.beforeAll(async () => {
  keyring = await KeyringSession.start();
});
test.afterAll(() => keyring.stop());

const withStore = (dataDir: string): Slipway =>
  slipwayOn(dataDir, { DBUS_SESSION_BUS_ADDRESS: keyring.address });

const launch = (folder: string, engine: string, ...more: string[]): string[] => [
  'launch',
  ...['--uri', folder, '--job-name', 'looks', '-E', 'python main.py', '--engine', engine, ...more],
];

for (const engine of ['docker', 'process']) {
  test(`a secret arrives on the ${engine} engine, and is nowhere else`, async ({
    slipway: { dataDir },
    code,
  }) => {
    const slipway = withStore(dataDir);
    const folder = await code({ 'main.py': LOOK });
    const kept = await slipway.runWith(`${VALUE}\n`, 'secret', 'set', 'run', 'HF_TOKEN');
    expect(kept).toMatchObject({ status: 0 });
    expect((await slipway.run('secret', 'list')).stdout).toContain('run:HF_TOKEN');
    const args = launch(folder, engine, '--secret', 'TOKEN=HF_TOKEN');
    const dry = await slipway.run(...args, '--dry-run');
    expect(dry).toMatchObject({ status: 0 });
    expect(dry.stdout).toContain('TOKEN=<secret');
    const running = slipway.start(...args, '--env', 'WAIT=2');
    await running.printed('again');
    if (engine === 'docker') expect(await seenByDocker(slipway)).not.toContain(VALUE);
    const { status, stdout } = await running.ended;
    expect(status).toBe(0);
    expect(stdout).toBe(
      `length ${VALUE.length}\nin argv False\nprinted ${masked} again ${masked}\n`,
    );
    expect(dry.stdout + dry.stderr).not.toContain(VALUE);
    expect(await filesWith(dataDir, VALUE)).toEqual([]);
  });
}

const masked = '*'.repeat(VALUE.length);

test('one that is not kept is told before anything starts', async ({ slipway, code }) => {
  const folder = await code({ 'main.py': LOOK });
  const store = withStore(slipway.dataDir);
  const args = launch(folder, 'process', '--secret', 'MISSING_ONE');
  const { error } = await store.json<{ error: { code: string; next: string } }>(...args);
  expect(error).toMatchObject({ code: 'E_SECRET_MISSING' });
  expect(error.next).toContain('secret set run MISSING_ONE');
  expect(await slipway.json('run', 'list')).toEqual([]);
});

test('names and values that cannot be kept are refused, and not repeated', async ({
  slipway: { dataDir },
}) => {
  const slipway = withStore(dataDir);
  for (const [name, input] of [
    ['1A', VALUE],
    ['A B', VALUE],
    ['A=B', VALUE],
    ['GOOD', ''],
    ['GOOD', `${VALUE}\0`],
  ] as const) {
    const { status, stdout, stderr } = await slipway.runWith(input, 'secret', 'set', 'run', name);
    expect({ name, status }).toEqual({ name, status: 2 });
    expect(stdout + stderr).not.toContain(VALUE);
  }
});

/** Everything the engine tells of the containers and images of the runs. */
async function seenByDocker(slipway: Slipway): Promise<string> {
  const [run] = await slipway.json<{ id: string; environment: { name: string } }[]>('run', 'list');
  const containers = await docker.containersOf([run!.id]);
  expect(containers).toHaveLength(1);
  const image = run!.environment.name;
  const history = ['history', '--no-trunc', '--format', '{{json .}}', image];
  const texts = [
    docker.command('inspect', ...containers),
    docker.command('image', 'inspect', image),
    docker.command(...history),
  ];
  return (await Promise.all(texts)).join('\n');
}

/** Files of the data folder that hold the text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}
