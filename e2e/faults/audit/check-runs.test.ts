import { describe, expect, it } from 'vitest';
import {
  checkCodes,
  checkEnds,
  checkInterrupted,
  checkOwners,
  checkStarts,
  checkTraces,
} from './check-runs.ts';
import { readEvent, type SeenContainer, type SeenEvent } from './engine-witness.ts';
import { checkContainers } from './leftovers.ts';
import type { Rows, RunRow } from './rows.ts';

const run = (more: Partial<RunRow> = {}): RunRow => ({
  ...{ id: 'r', seq: 1, state: 'finished', reason: '{"code":"exit"}', exit_code: 0 },
  ...{ log_state: 'sealed', executor: null, started_at: 1, ended_at: 2 },
  ...more,
});
const ends = (...states: string[]): Rows['events'] =>
  states.map((state, seq) => ({ run_id: 'r', seq, state, text: '' }));
const rows = (more: Partial<RunRow> = {}, events = ends('running', 'finished')): Rows => ({
  runs: [run(more)],
  attempts: [
    { id: 'r-1', run_id: 'r', number: 1 },
    { id: 'r-2', run_id: 'r', number: 2 },
  ],
  events,
});
const container = (attempt: string | null, id = 'c'): SeenContainer => ({
  ...{ id, attempt, name: 'slipway-r-1', status: 'exited' },
});
const event = (action: string, attempt = 'r-1', exitCode: number | null = null): SeenEvent => ({
  ...{ action, attempt, exitCode, container: 'c' },
});

describe('owners', () => {
  it('are one attempt for each container', () => {
    expect(checkOwners([container('r-1'), container('r-2', 'd')], rows())).toEqual([]);
  });
  it.each([
    ['of nobody', [container(null)]],
    ['of an attempt that there is not', [container('x-1')]],
    ['of the same attempt', [container('r-1'), container('r-1', 'd')]],
  ])('are missed: %s', (_, containers) => {
    expect(checkOwners(containers, rows())).toHaveLength(1);
  });
  it('have no containers left when all is over', () => {
    expect(checkContainers([])).toEqual([]);
    expect(checkContainers([container('r-1')])).toHaveLength(1);
  });
});

describe('starts', () => {
  it('come once', () => {
    expect(checkStarts([event('create'), event('start'), event('die')], rows())).toEqual([]);
  });
  it('are found twice for one attempt', () => {
    expect(checkStarts([event('start'), event('start')], rows())).toHaveLength(2);
  });
  it('are found twice for one run in two attempts', () => {
    expect(checkStarts([event('start'), event('start', 'r-2')], rows())).toEqual([
      'run r was started 2 times',
    ]);
  });
  it('are found for a run that is said not to have started', () => {
    const never = rows({ state: 'crashed', reason: '{"code":"interrupted"}' });
    expect(checkInterrupted([event('create')], never)).toEqual([]);
    expect(checkInterrupted([event('start')], never)).toHaveLength(1);
  });
});

describe('codes', () => {
  it.each([
    [{}, 0],
    [{ state: 'failed', exit_code: 3 }, 3],
    [{ state: 'stopped', exit_code: null }, 137],
    [{ state: 'crashed', exit_code: null }, 137],
  ])('of %j are those of the engine (%i)', (more, code) => {
    expect(checkCodes([event('die', 'r-1', code)], rows(more))).toEqual([]);
  });
  it.each([
    [{}, 3],
    [{ state: 'failed', exit_code: 3 }, 4],
    [{ state: 'failed', exit_code: 0 }, 0],
    [{ state: 'stopped', exit_code: 0 }, 137],
  ])('of %j are not those of the engine (%i)', (more, code) => {
    expect(checkCodes([event('die', 'r-1', code)], rows(more))).toHaveLength(1);
  });
});

describe('ends', () => {
  it('are one for each run', () => {
    expect(checkEnds(rows())).toEqual([]);
    expect(checkEnds(rows({ state: 'running', ended_at: null }, ends('running')))).toEqual([]);
  });
  it.each([
    ['twice', rows({}, ends('finished', 'finished'))],
    ['never, by its events', rows({}, ends('running'))],
    ['as something else', rows({}, ends('running', 'failed'))],
    ['and went on', rows({ state: 'running', ended_at: null }, ends('finished', 'running'))],
    ['without a time', rows({ ended_at: null })],
  ])('come %s', (_, given) => {
    expect(checkEnds(given)).not.toEqual([]);
  });
  it('stay what they are', () => {
    const trace = (...states: string[]) => new Map([['r', states]]);
    expect(checkTraces(trace('queued', 'running', 'failed 3 exit'))).toEqual([]);
    expect(checkTraces(trace('failed 3 exit', 'failed 4 exit'))).toHaveLength(1);
    expect(checkTraces(trace('finished 0 exit', 'running'))).toHaveLength(1);
  });
});

it('an event of the engine is read', () => {
  const Attributes = { 'dev.slipway.attempt': 'r-1', exitCode: '3' };
  const line = { Type: 'container', Action: 'die', Actor: { ID: 'c', Attributes } };
  expect(readEvent(JSON.stringify(line))).toEqual(event('die', 'r-1', 3));
  expect(readEvent('{"Type":"network"}')).toBeNull();
});
