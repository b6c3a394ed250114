import { join } from 'node:path';
import type { Page } from '@playwright/test';
import fc from 'fast-check';
import { commandNames, commands, type CommandName } from '../src/shared/contract/commands.ts';
import { ERROR_KINDS } from '../src/shared/errors.ts';
import { expect, test } from './support/app.ts';
import { answerFolderDialog, createAndLaunch, expectEnd } from './support/window.ts';

interface Answer {
  ok: boolean;
  value?: unknown;
  error?: { code: string; message: string };
}

type Call = [CommandName, unknown];

/** Sends requests as a page that went wrong would; an answer of null means that none came as a Result. */
const send = (page: Page, calls: Call[]): Promise<(Answer | null)[]> =>
  page.evaluate(
    (all) =>
      Promise.all(
        all.map(async ([name, input]) => {
          const command = window.slipway.commands[name] as (input: unknown) => Promise<unknown>;
          return command(input).then(
            (answer) => answer as Answer,
            () => null,
          );
        }),
      ),
    calls,
  );

const HOSTILE_TEXTS = [
  ...['', '.', '..', '../info', 'x?all=1', '%2e%2e', '__proto__', 'constructor', "' OR 1=1 --"],
  ...[
    '\0',
    'a\0b',
    '\n',
    '\ud800',
    '😀'.repeat(300),
    'f'.repeat(65),
    '/etc/passwd',
    '-rf',
    '--',
    '$(id)',
  ],
  ...['python main.py', 'x'.repeat(200_001), '{"a":1}', 'auto', 'docker', 'process', 'file:///etc'],
];
const HOSTILE_VALUES = [
  ...[null, undefined, true, NaN, Infinity, -0, -1, 0, 1.5, 1e9, 2 ** 53, 10n, new Date(0)],
  ...[[], {}, [[]], { length: 1 }, Array.from({ length: 10_000 }, () => 'x')],
];

const value = fc.oneof(
  { arbitrary: fc.stringMatching(/^[0-9a-z-]{1,64}$/), weight: 4 },
  { arbitrary: fc.constantFrom<unknown>(...HOSTILE_TEXTS), weight: 4 },
  { arbitrary: fc.constantFrom<unknown>(...HOSTILE_VALUES), weight: 3 },
  { arbitrary: fc.double({ min: 1, max: 500, noNaN: true }), weight: 1 },
  { arbitrary: fc.array(fc.string(), { maxLength: 3 }), weight: 2 },
  { arbitrary: fc.jsonValue(), weight: 1 },
);

/** The keys that a command takes, from the contract itself. */
const keysOf = (name: CommandName): string[] => Object.keys(commands[name].input.shape);

/** What passes the schema for a key; a key that is not listed takes an id or a name. */
const PLAUSIBLE: Record<string, fc.Arbitrary<unknown>> = {
  limit: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.double({ min: 1, max: 500, noNaN: true })),
  includeSecrets: fc.array(fc.constantFrom(...HOSTILE_TEXTS.filter(Boolean)), { maxLength: 3 }),
  engine: fc.constantFrom('auto', 'docker', 'process'),
  stopGraceSeconds: fc.double({ min: 0, max: 3600, noNaN: true }),
  mountFolders: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
};
const someId = fc.stringMatching(/^[0-9a-z-]{1,64}$/);

/** All but the one that ends the app. */
const ASKED = commandNames.filter((name) => name !== 'quit');

/** Requests that pass the schema or differ from that in one key, and some of other shapes. */
const call: fc.Arbitrary<Call> = fc.constantFrom(...ASKED).chain((name) => {
  const keys = keysOf(name);
  const fields = Object.fromEntries(keys.map((key) => [key, PLAUSIBLE[key] ?? someId]));
  const good = fc.record<Record<string, unknown>>(fields);
  const spoiled = fc
    .tuple(good, fc.constantFrom(...keys, 'extra'), value)
    .map(([input, key, bad]) => ({ ...input, [key]: bad }));
  const input = fc.oneof(
    { arbitrary: good, weight: 3 },
    { arbitrary: fc.record<unknown>(fields, { requiredKeys: [] }), weight: 2 },
    { arbitrary: spoiled, weight: 6 },
    { arbitrary: value, weight: 1 },
  );
  return fc.tuple(fc.constant(name), input);
});

/** They look at the whole machine, for seconds: what passes their schema is sent a few times. */
const LONG: readonly CommandName[] = ['doctor', 'measureRoom'];
const LONG_SENT = 6;

function fewLong(calls: readonly Call[]): Call[] {
  let sent = 0;
  return calls.filter(([name, input]) => {
    const isLong = LONG.includes(name) && commands[name].input.safeParse(input).success;
    return !isLong || sent++ < LONG_SENT;
  });
}

test('ten thousand malformed requests: each gets a Result, none an unexpected failure', async ({
  app,
}) => {
  await answerFolderDialog(app, null);
  const calls = fewLong(fc.sample(call, { numRuns: 11_000, seed: 20_261 })).slice(0, 10_000);
  expect(calls).toHaveLength(10_000);
  const wrong: unknown[] = [];
  const codes = new Map<string, number>();
  for (let at = 0; at < calls.length; at += 100) {
    const batch = calls.slice(at, at + 100);
    const answers = await send(app.page, batch);
    answers.forEach((answer, i) => {
      const code = answer?.ok ? 'ok' : (answer?.error?.code ?? 'none');
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const expected = code === 'ok' || (Object.hasOwn(ERROR_KINDS, code) && code !== 'E_INTERNAL');
      if (!expected) wrong.push([batch[i], answer]);
    });
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  // The values reached the handlers, not the schemas alone.
  expect([...codes.keys()].sort()).toEqual(
    expect.arrayContaining(['E_IPC_INVALID', 'E_NOT_FOUND', 'E_PATH_NOT_GRANTED', 'ok']),
  );
  expect(await send(app.page, [['appInfo', {}]])).toMatchObject([{ ok: true }]);
});

test('what no schema describes, and floods, are answered too', async ({ app: { page } }) => {
  const answers = await page.evaluate(async () => {
    const ask = window.slipway.commands.getJob as (input: unknown) => Promise<Answer>;
    const cyclic: Record<string, unknown> = { jobId: 'x' };
    cyclic['self'] = cyclic;
    const inputs = [
      ...[cyclic, new Map([['jobId', 'x']]), new Set(['x']), new Uint8Array(8), 'x'.repeat(5e7)],
      ...[
        Object.create({ jobId: 'x' }),
        JSON.parse('{"__proto__":{"jobId":"x"}}'),
        /x/,
        new Error('x'),
      ],
    ];
    const odd = await Promise.all(inputs.map((input) => ask(input)));
    const flood = await Promise.all(
      Array.from({ length: 5000 }, () => window.slipway.commands.appInfo({})),
    );
    return { odd: odd.map((answer) => answer.error?.code), flood: flood.every(({ ok }) => ok) };
  });
  expect(new Set(answers.odd)).toEqual(new Set(['E_IPC_INVALID']));
  expect(answers.flood).toBe(true);
});

test('malformed messages to a log port are survived; another view of the log reads on', async ({
  app: { page },
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  await createAndLaunch(page, await code({ 'main.py': 'print("whole")\n' }));
  await expectEnd(page, /Finished/);
  const [run] = await slipway.json<{ id: string }[]>('run', 'list');
  const text = await page.evaluate(async (runId) => {
    const bad = [
      null,
      1,
      'x',
      {},
      [],
      { type: 'read' },
      { type: 'read', requestId: 1, line: -1, count: 1 },
    ];
    const worse = [NaN, Infinity, 1e9, 1.5].flatMap((n) => [
      { type: 'read', requestId: n, line: n, count: n },
      { type: 'read', requestId: 1, line: n, count: 1 },
    ]);
    const hostile = window.slipway.openLog(runId, 'run', () => undefined);
    for (const message of [...bad, ...worse]) hostile.send(message as never);
    for (const id of ['', '../x', '__proto__', 'none'])
      window.slipway.openLog(id, 'run', () => undefined);
    return new Promise<string>((resolve) => {
      const good = window.slipway.openLog(runId, 'run', (reply) => {
        if (reply.type === 'head') good.send({ type: 'read', requestId: 7, line: 0, count: 10 });
        if (reply.type === 'lines') resolve(reply.lines.map((line) => line.text).join());
      });
    });
  }, run!.id);
  expect(text).toBe('whole');
});

test('what a run cannot do any more is refused, and changes nothing', async ({
  app: { page },
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'engine', 'process');
  await createAndLaunch(page, await code({ 'main.py': '' }));
  await expectEnd(page, /Finished/);
  const [run] = await slipway.json<{ id: string }[]>('run', 'list');
  const [answer] = await send(page, [['stopRun', { runId: run!.id }]]);
  expect(answer).toMatchObject({ ok: false, error: { code: 'E_STATE' } });
  expect(answer!.error!.message).toContain('finished');
  await expectEnd(page, 'Finishedexit code 0');
});

test('a window that is not the app’s gets no answer but a refusal', async ({
  app: { electron },
}) => {
  const preload = join(import.meta.dirname, '..', 'out', 'preload', 'index.cjs');
  const answers = await electron.evaluate(
    async ({ BrowserWindow }, { file, names }) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload: file, sandbox: true },
      });
      await window.loadURL('data:text/html,<p>foreign</p>');
      const all = `Promise.all(${JSON.stringify(names)}.map((name) => slipway.commands[name]({})))`;
      const codes = (await window.webContents.executeJavaScript(all)) as {
        error?: { code: string };
      }[];
      const log = await window.webContents.executeJavaScript(
        `new Promise((done) => { slipway.openLog('x', 'run', () => done('reply')); setTimeout(done, 300, 'silence'); })`,
      );
      window.destroy();
      return { codes: [...new Set(codes.map((answer) => answer.error?.code))], log };
    },
    { file: preload, names: [...commandNames] },
  );
  expect(answers).toEqual({ codes: ['E_IPC_SENDER'], log: 'silence' });
});

test('a folder that was not given cannot be read', async ({ app: { page } }) => {
  const codes = await askFor(page, ['/etc', '/', `${process.cwd()}/src`, '../..', '\0']);
  expect(codes).toEqual(new Set(['E_PATH_NOT_GRANTED']));
});

/** The codes of the answers to every request that would read a folder. */
async function askFor(page: Page, folders: string[]): Promise<Set<string>> {
  const codes = await page.evaluate(async (paths) => {
    const { previewFolder, inspectSource, createJob, importRuns, watchFolder } =
      window.slipway.commands;
    const project = 'default';
    const asked = paths.flatMap((folder, i) => {
      const operation = (name: string) => ({ operationId: `${name}-${i}` });
      const sources = [
        { kind: 'folder' as const, folder, includeSecrets: [] },
        { kind: 'git' as const, address: folder, clone: true },
      ];
      return [
        previewFolder({ ...operation('preview'), folder, includeSecrets: [] }),
        ...sources.map((source) =>
          inspectSource({ ...operation(`inspect-${source.kind}`), source }),
        ),
        ...sources.map((source) =>
          createJob({ ...operation(`job-${source.kind}`), source, project, entryPoint: 'ls' }),
        ),
        importRuns({ ...operation('import'), folder, project }),
        watchFolder({ folder, project, enabled: true }),
      ];
    });
    return (await Promise.all(asked)).map((answer) => (answer.ok ? 'ok' : answer.error.code));
  }, folders);
  return new Set(codes);
}

test('no folder gets onto the list of what runs may mount that was not given', async ({
  app: { electron, page },
  code,
}) => {
  const given = await code({ 'data.txt': 'x' });
  const save = (mountFolders: string[]) =>
    page.evaluate(async (all) => {
      const { getSettings, saveSettings } = window.slipway.commands;
      const now = await getSettings({});
      if (!now.ok) throw now.error;
      const saved = await saveSettings({ ...now.value, mountFolders: all });
      return saved.ok ? saved.value.mountFolders : saved.error.code;
    }, mountFolders);
  for (const folder of ['/etc', '/', given, `${given}/..`]) {
    expect(await save([folder]), folder).toBe('E_PATH_NOT_GRANTED');
  }
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, given);
  await page.evaluate(() => window.slipway.commands.chooseFolder({}));
  expect(await save([given])).toEqual([given]);
  expect(await save([given, '/etc'])).toBe('E_PATH_NOT_GRANTED');
  expect(await save([])).toEqual([]);
});

test('a repository on the disk that was not given cannot be read', async ({ app: { page } }) => {
  const addresses = ['/etc', `file://${process.cwd()}`, process.cwd(), '../..'];
  const codes = await page.evaluate(async (all) => {
    const { inspectSource } = window.slipway.commands;
    const asked = all.map((address, i) =>
      inspectSource({ operationId: `git-${i}`, source: { kind: 'git', address } }),
    );
    return (await Promise.all(asked)).map((answer) => (answer.ok ? 'ok' : answer.error.code));
  }, addresses);
  expect(new Set(codes)).toEqual(new Set(['E_PATH_NOT_GRANTED']));
});
