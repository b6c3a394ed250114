import { describe, expect, it } from 'vitest';
import { parseLiveLine } from './live-line.ts';
import { LiveRun } from './live-run.ts';

/** What lines come to, each `file: line`. */
function taken(...lines: [file: string, line: object | string][]) {
  let points: [string, number, number][] = [];
  const live = new LiveRun({
    add: (name, step, _at, value) => points.push([name, step, value]),
    restart: () => (points = []),
  });
  for (const [file, line] of lines) {
    const parsed = parseLiveLine(typeof line === 'string' ? line : JSON.stringify(line));
    if (parsed) live.take(parsed, file);
  }
  return { points, ...live.results() };
}

const run = (name: string, started: number) => ({ run: name, started });
const row = (step: number | null, values: object) => ({ step, time: 5, values });

describe('LiveRun', () => {
  it('takes numbers, config and last values', () => {
    const { points, config, summary } = taken(
      ['1', run('a', 10)],
      ['1', { config: { lr: 0.1 } }],
      ['1', row(0, { loss: 1, nan: 'NaN', inf: '-Infinity', word: 'x', none: null })],
      ['1', row(null, { loss: 0.5 })],
      ['1', { summary: { best: 1, gone: 2 } }],
      ['1', { summary: { gone: null, deep: { x: [1] } } }],
    );
    expect(points).toEqual([
      ['loss', 0, 1],
      ['nan', 0, Number.NaN],
      ['inf', 0, Number.NEGATIVE_INFINITY],
      ['loss', 1, 0.5],
    ]);
    expect(config).toEqual({ lr: 0.1 });
    expect(summary).toEqual({ loss: 0.5, nan: 'NaN', inf: '-Infinity', best: 1, deep: { x: [1] } });
  });

  it('says what was printed last, unless the code itself says it', () => {
    const live = new LiveRun({ add: () => undefined, restart: () => undefined });
    live.print('loss', 2);
    live.print('acc', 0.5);
    live.print('acc', Number.NaN);
    for (const line of [run('a', 10), row(0, { loss: 1 })]) {
      live.take(parseLiveLine(JSON.stringify(line))!, '1');
    }
    expect(live.results().summary).toEqual({ loss: 1, acc: 'NaN' });
  });

  it('shows the newest of several runs, with what all its processes say', () => {
    const { points, config } = taken(
      ['1', run('a', 10)],
      ['1', row(0, { loss: 1 })],
      ['2', run('b', 20)],
      ['2', { config: { b: 1 } }],
      ['1', row(1, { loss: 2 })],
      ['3', run('b', 20)],
      ['2', row(0, { loss: 3 })],
      ['3', row(1, { loss: 4 })],
      ['4', run('old', 5)],
      ['4', row(0, { loss: 5 })],
    );
    expect(points).toEqual([
      ['loss', 0, 3],
      ['loss', 1, 4],
    ]);
    expect(config).toEqual({ b: 1 });
  });

  it.each([
    '',
    'no json',
    '1',
    '[]',
    'null',
    '{"values":[1]}',
    '{"run":1,"started":"x"}',
    '{"config":3}',
    '{"summary":null}',
    `{"config":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}`,
  ])('makes nothing of %j', (line) => {
    expect(taken(['1', run('a', 1)], ['1', line])).toEqual({
      points: [],
      config: null,
      summary: null,
    });
  });

  it('takes names of all kinds, and none that are too long', () => {
    const { points } = taken(
      ['1', run('a', 1)],
      ['1', '{"step":0,"time":1,"values":{"__proto__":1,"constructor":2,"":3}}'],
      ['1', row(0, { ['x'.repeat(257)]: 1 })],
    );
    expect(points.map(([name]) => name)).toEqual(['__proto__', 'constructor']);
  });

  it('takes nothing before it is said of which run', () => {
    expect(taken(['1', row(0, { loss: 1 })]).points).toEqual([]);
  });
});
