import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunFolder } from './read-run-folder.ts';
import { temporaryFolder, writeFiles } from './testing/run-folder.ts';
import type { TrackedRun } from './tracked-run.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const read = (path: string) => readFileSync(join(fixtures, path));
const signal = new AbortController().signal;

interface Expected {
  run: Record<string, unknown> & { start_time: string; git: Record<string, string> };
  config: Record<string, unknown>;
  summary: Record<string, unknown>;
  history: Record<string, unknown>[];
  artifacts: {
    name: string;
    digest: string;
    aliases: string[];
    files: Record<string, unknown>[];
  }[];
  output: [number, string][];
  environment: Record<string, unknown>;
  exit: { exit_code: number; runtime: number };
}

/** What was read, in the form of the recorded expectations. */
const asRecorded = (run: TrackedRun): Partial<Expected> => ({
  config: { _wandb: { ...run.wandbConfig }, ...run.config },
  summary: run.summary,
  history: run.history.map(({ step, time, runtime, values }) => ({
    ...values,
    _step: step,
    _runtime: runtime,
    _timestamp: time,
  })),
  artifacts: run.code
    ? [
        {
          type: 'code',
          name: run.code.name,
          aliases: run.code.aliases,
          digest: run.code.digest,
          files: run.code.entries.map(({ path, size, md5, localPath }) => ({
            path,
            size,
            md5_base64: md5,
            local_path: localPath,
          })),
        } as Expected['artifacts'][number],
      ]
    : [],
  output: run.console.map(({ stream, bytes }) => [
    stream === 'stdout' ? 1 : 0,
    bytes.toString('utf8'),
  ]),
  exit: { exit_code: run.exitCode ?? -1, runtime: run.runtimeSeconds ?? -1 },
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function check(folder: string, expected: Expected): Promise<TrackedRun> {
  const run = await readRunFolder(folder, signal);
  const { config, summary, history, artifacts, exit } = expected;
  const recorded = history.map((row) => ({
    ...row,
    _timestamp: (row['_timestamp'] as number) * 1000,
  }));
  // The SDK records empty texts too; they are nothing to show.
  const output = expected.output.filter(([, text]) => text !== '');
  expect(plain(asRecorded(run))).toEqual(
    plain({ config, summary, history: recorded, artifacts, output, exit }),
  );
  const { environment } = expected;
  expect(run.environment).toMatchObject({
    os: environment['os'],
    program: environment['program'],
    codePath: environment['codePath'],
    codePathLocal: environment['codePathLocal'],
    args: environment['args'],
    root: environment['root'],
    host: environment['host'],
    executable: environment['executable'],
    python: '3.11',
    docker: null,
    git: environment['git'] ?? { remote: null, commit: null },
  });
  expect(run).toMatchObject({
    runId: expected.run['run_id'],
    entity: expected.run['entity'] || null,
    project: expected.run['project'],
    displayName: expected.run['display_name'] || null,
    problems: [],
  });
  expect(Math.floor(run.startedAt ?? 0)).toBe(Date.parse(expected.run.start_time));
  expect(Math.floor(run.environment.startedAt ?? 0)).toBe(
    Date.parse(environment['startedAt'] as string),
  );
  return run;
}

const expectation = (name: string): Expected =>
  JSON.parse(read(`${name}.expected.json`).toString('utf8')) as Expected;

describe('runs of the real SDK', () => {
  it('reads a whole offline run', async () => {
    const folder = join(fixtures, 'runs/offline-run-20261121_214529-ok000001');
    const run = await check(folder, expectation('offline-run-ok'));
    expect(run.requirements).toBe(
      read('runs/offline-run-20261121_214529-ok000001/files/requirements.txt').toString(),
    );
    expect(run.patch?.toString()).toContain('+x = 42  # dirty');
    expect(run.series).toEqual(
      expect.arrayContaining([
        { name: 'loss', type: 'number', points: 5 },
        { name: 'acc', type: 'number', points: 5 },
        { name: 'eval/f1', type: 'number', points: 5 },
      ]),
    );
    expect(run.system.length).toBe(1);
    expect(run.rows).toBe(5);
  });

  it('reads a run that was interrupted', async () => {
    const folder = writeFiles(temporaryFolder(), {
      'run-initint.wandb': read('stopped-by-sigint.wandb'),
    });
    const run = await check(folder, expectation('stopped-by-sigint'));
    expect(run.exitCode).toBe(255);
    expect(run.endedAt).toBeGreaterThanOrEqual(run.startedAt! + 16_000);
  });

  it('reads a log that holds nothing yet', async () => {
    const folder = writeFiles(join(temporaryFolder(), 'offline-run-20261121_214529-abc'), {
      'run-abc.wandb': read('killed-header-only.wandb'),
    });
    const run = await readRunFolder(folder, signal);
    expect(run).toMatchObject({
      runId: 'abc',
      exitCode: null,
      endedAt: null,
      rows: 0,
      problems: [],
    });
    expect(run.startedAt).toBe(new Date(2026, 10, 21, 21, 45, 29).getTime());
  });

  it('reads the files of an online run', async () => {
    const folder = writeFiles(join(temporaryFolder(), 'run-20261121_214558-online01'), {
      'files/config.yaml': read('online/config.txt'),
      'files/wandb-metadata.json': read('online/wandb-metadata.json'),
      'files/wandb-summary.json': read('online/wandb-summary.json'),
      'files/output.log': read('online/output.txt'),
    });
    const run = await readRunFolder(folder, signal);
    expect(run.problems).toEqual([]);
    expect(plain(run.config)).toEqual({
      batch_size: 32,
      fail: false,
      learning_rate: 0.01,
      model_name: 'resnet18',
      nested: { dropout: 0.1, layers: [1, 2, 3] },
    });
    expect(run.wandbConfig).toMatchObject({ cli_version: '0.30.0' });
    expect(run.summary).toMatchObject({ acc: 0.8, best: 0.93, 'eval/f1': 0.5, loss: 0.002 });
    expect(run.environment).toMatchObject({
      python: '3.11',
      codePath: 'src/train.py',
      git: {
        remote: 'https://github.com/acme/launch-demo.git',
        commit: '9c2240abc270acc06ff1a2c070a0206b830346b6',
      },
    });
    expect(Buffer.concat(run.console.map(({ bytes }) => bytes))).toEqual(read('online/output.txt'));
    expect([run.runId, run.exitCode]).toEqual(['online01', null]);
    expect(run.startedAt).toBe(Date.parse('2026-11-21T21:45:58.797Z'));
  });
});
