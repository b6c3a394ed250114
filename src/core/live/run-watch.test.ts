import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_RUN_SETTINGS, EMPTY_SPEC } from '../../shared/domain/launch-spec.ts';
import { systemClock } from '../clock.ts';
import { testDatabase, testVersion } from '../db/testing.ts';
import type { Engine, UsageSample } from '../engines/engine.ts';
import { createLogStore } from '../logs/create-log-store.ts';
import { SeriesStore } from '../metrics/series-store.ts';
import { LiveMetrics } from './live-metrics.ts';

const never = new AbortController().signal;

const usage = (at: number): UsageSample => ({
  at,
  cpuPercent: 50,
  cpuSeconds: at / 1000,
  memoryBytes: 1000,
  networkIn: null,
  networkOut: null,
  diskRead: null,
  diskWritten: null,
});

/** A run that is under way, with a folder it writes into and a log. */
async function activeRun(metricPatterns: string[] = [], masks: readonly Buffer[] | null = []) {
  const { repos, folder } = testDatabase();
  const series = new SeriesStore(join(folder, 'metrics.db'));
  onTestFinished(() => series.close());
  const logs = createLogStore(join(folder, 'logs'));
  const project = repos.projects.ensure('mine', 1);
  const job = { projectId: project.id, name: 'job', folder: null };
  const { version } = repos.jobs.addVersion(job, testVersion('d'), 1);
  const ids = { projectId: project.id, jobId: version.jobId, versionId: version.id };
  const run = repos.runs.create(
    { ...ids, name: null, engine: 'process', entryPoint: [], rewrite: false, executor: null },
    1,
  );
  const settings = { ...DEFAULT_RUN_SETTINGS, metricPatterns };
  repos.specs.of = () =>
    ({ spec: { ...EMPTY_SPEC, settings } }) as ReturnType<typeof repos.specs.of>;
  const samples: UsageSample[] = [];
  const engine = {
    async *measure() {
      yield* samples.splice(0);
    },
  } as unknown as Engine;
  const live = join(folder, 'live');
  mkdirSync(live);
  const metrics = new LiveMetrics({ repos, series, logs, clock: systemClock });
  const log = await logs.openWriter(run.id);
  onTestFinished(() => log.close());
  return {
    ...{ repos, run, samples, log, series },
    watch: (leave = never) =>
      metrics.watch({ run, engine, ref: 'ref', folder: live, masks: () => masks }, leave),
    write: (line: object) =>
      appendFileSync(join(live, 'metrics-1.jsonl'), `${JSON.stringify(line)}\n`),
    fill: (text: string) => writeFileSync(join(live, 'metrics-2.jsonl'), text),
    stored: () =>
      Object.fromEntries(
        series
          .read(run.id, 100)
          .map(({ name, points }) => [name, points.map((p) => [p.step, p.value])]),
      ),
  };
}

const head = { run: 'abc', started: 1 };
const row = (step: number, loss: number) => ({ step, time: step, values: { loss } });

describe('RunWatch', () => {
  it('stores what is logged while the run goes on, and what came last', async () => {
    const { repos, run, watch, write, stored } = await activeRun();
    write(head);
    write(row(0, 1));
    write({ config: { lr: 0.5 } });
    const watching = watch();
    await expect.poll(stored, { timeout: 5000 }).toEqual({ loss: [[0, 1]] });
    expect(repos.runs.get(run.id)).toMatchObject({ config: { lr: 0.5 }, summary: { loss: 1 } });
    write(row(1, 0.5));
    await watching.end();
    expect(stored()).toEqual({
      loss: [
        [0, 1],
        [1, 0.5],
      ],
    });
    expect(repos.runs.get(run.id)?.summary).toEqual({ loss: 0.5 });
  });

  it('reads everything again when another process watched before', async () => {
    const { watch, write, stored, series, run } = await activeRun(['acc {acc}']);
    write(head);
    write(row(0, 1));
    const leave = new AbortController();
    const first = watch(leave.signal);
    await expect.poll(stored, { timeout: 5000 }).toEqual({ loss: [[0, 1]] });
    leave.abort();
    await first.end();
    write(row(1, 2));
    await watch().end();
    expect(stored()).toEqual({
      loss: [
        [0, 1],
        [1, 2],
      ],
    });
    expect(series.longest(run.id, 'code')).toBe(2);
  });

  it('masks secrets in what is logged, and in the names of it', async () => {
    const { repos, run, watch, write, stored } = await activeRun([], [Buffer.from('hunter2')]);
    write(head);
    write({ step: 0, time: 1, values: { 'loss-hunter2': 1 } });
    write({ config: { login: { 'a hunter2': ['my hunter2', 5] } } });
    write({ summary: { last: 'aHVudGVyMg==' } });
    await watch().end();
    expect(stored()).toEqual({ 'loss-*******': [[0, 1]] });
    expect(repos.runs.get(run.id)).toMatchObject({
      config: { login: { 'a *******': ['my *******', 5] } },
      summary: { 'loss-*******': 1, last: '************' },
    });
  });

  it('stores nothing of a run whose secrets are not known', async () => {
    const { repos, run, watch, write, stored } = await activeRun([], null);
    write(head);
    write(row(0, 1));
    write({ config: { login: 'hunter2' } });
    await watch().end();
    expect(stored()).toEqual({});
    expect(repos.runs.get(run.id)).toMatchObject({ config: null, summary: null });
  });

  it('takes metrics from printed lines, also the last one', async () => {
    const { repos, run, watch, log, stored } = await activeRun(['acc {acc}', 'gone bad {']);
    await log.append(1, Buffer.from('acc 1\nacc '), 5);
    const watching = watch();
    await log.append(1, Buffer.from('2\nacc 3'), 6);
    await log.flush();
    await watching.end();
    expect(stored()).toEqual({
      acc: [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    });
    expect(repos.runs.get(run.id)?.summary).toEqual({ acc: 3 });
  });

  it('keeps what was measured when the rest is read again', async () => {
    const { repos, run, watch, samples, stored } = await activeRun();
    repos.runs.enter(run.id, 'preparing', 'Preparing', 1000);
    repos.runs.enter(run.id, 'starting', 'Starting', 1000);
    repos.runs.enter(run.id, 'running', 'Running', 1000);
    samples.push({ ...usage(2000), memoryBytes: 5000 }, usage(3000));
    const first = watch();
    await expect.poll(stored, { timeout: 5000 }).toMatchObject({
      'usage/cpu': [
        [1, 50],
        [2, 50],
      ],
    });
    await first.end();
    samples.push(usage(4000));
    const second = watch();
    await expect.poll(stored, { timeout: 5000 }).toMatchObject({
      'usage/memory': [
        [1, 5000],
        [2, 1000],
        [3, 1000],
      ],
    });
    await second.end();
    expect(repos.runs.get(run.id)?.usage).toEqual({ peakMemoryBytes: 5000, cpuSeconds: 4 });
  });

  it('is not disturbed by what a program may write', async () => {
    const { watch, write, fill, stored, repos, run } = await activeRun();
    const names = Array.from({ length: 6000 }, (_, i) => [`n${i}`, i]);
    write(head);
    write({ step: 0, time: 0, values: Object.fromEntries(names) });
    fill(
      `${JSON.stringify(head)}\n{"values": {"x": 1}, "step": "no"}\n\u0000\u0001\n{"config": []}\n`,
    );
    await watch().end();
    expect(Object.keys(stored())).toHaveLength(5000);
    expect(repos.runs.events(run.id)).toHaveLength(1);
  });
});
