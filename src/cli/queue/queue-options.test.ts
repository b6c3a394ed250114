import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_QUEUE } from '../../shared/domain/queue.ts';
import { PRIORITIES } from '../../shared/domain/run.ts';
import { queueChoices, testQueues } from '../../core/queue/testing/test-queues.ts';
import { thrownBy } from '../testing/thrown-by.ts';
import { checkMove, placeOf, type MoveOptions } from './move-options.ts';
import { placementOf, type PlacementOptions } from './placement-options.ts';
import { refuseStarted } from './waiting-runs.ts';

const refusal = (code: string, message: string, next: string) =>
  expect.objectContaining({
    code,
    message: expect.stringContaining(message) as string,
    next: expect.stringContaining(next) as string,
  }) as Error;

/** Moves as `queue move` does. */
function move(core: ReturnType<typeof testQueues>, ids: string[], options: MoveOptions): void {
  const runs = ids.map((id) => core.repos.runs.get(id)!);
  checkMove(options);
  refuseStarted(core, runs);
  const before = placeOf(core, runs, options, undefined);
  const { priority } = options;
  core.queues.move({ runIds: ids, before, priority });
}

describe('a place that runs are moved to', () => {
  it('is before all others, and of a priority before those of it', () => {
    const priority = fc.constantFrom(...PRIORITIES);
    const queue = fc.array(fc.tuple(priority, fc.boolean()), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(queue, fc.option(priority, { nil: undefined }), (waiting, asked) => {
        const core = testQueues();
        const runs = waiting.map(([own, isMoved]) => ({
          isMoved,
          id: core.add(DEFAULT_QUEUE, own),
        }));
        const moved = runs.filter(({ isMoved }) => isMoved).map(({ id }) => id);
        fc.pre(moved.length > 0);
        const others = core.order().filter((id) => !moved.includes(id));
        move(core, moved, { first: true, ...(asked && { priority: asked }) });
        const rank = (id: string) => PRIORITIES.indexOf(core.repos.runs.get(id)!.priority);
        const isAhead = (id: string) => asked && rank(id) < PRIORITIES.indexOf(asked);
        const at = others.filter(isAhead).length;
        // Where nothing but what is moved waits, it keeps its own priorities, and the order by them.
        const expected =
          others.length > 0 || asked ? moved : moved.toSorted((a, b) => rank(a) - rank(b));
        expect(core.order()).toEqual(others.toSpliced(at, 0, ...expected));
      }),
      { numRuns: 60 },
    );
  });

  it('is behind all of the same priority, or right before another run', () => {
    const core = testQueues();
    const [a, b, c] = [core.add(), core.add(), core.add(DEFAULT_QUEUE, 'low')];
    move(core, [a], { last: true });
    expect(core.order()).toEqual([b, a, c]);
    move(core, [c, b], { before: a });
    expect(core.order()).toEqual([c, b, a]);
  });

  it.each<[MoveOptions, string, string]>([
    [{}, 'not said where', '--first'],
    [{ before: 'a', priority: 'high' }, 'get its priority', '--before or --priority'],
  ])('cannot be %j', (options, message, next) => {
    expect(thrownBy(() => checkMove(options))).toEqual(refusal('E_ARGS', message, next));
  });

  it('is not of a run that has started or ended, nor before one, nor before itself', () => {
    const core = testQueues();
    const [waits, started, ended] = [core.add(), core.add(), core.add()];
    core.start(started);
    core.end(ended);
    const stop = refusal('E_STATE', 'has started', `slipway run stop ${started}`);
    const again = refusal('E_STATE', 'already ended (finished)', `slipway run rerun ${ended}`);
    expect(thrownBy(() => move(core, [waits, started], { last: true }))).toEqual(stop);
    expect(thrownBy(() => move(core, [ended], { last: true }))).toEqual(again);
    expect(thrownBy(() => move(core, [waits], { before: ended }))).toEqual(again);
    const itself = refusal('E_ARGS', 'before itself', 'another run');
    expect(thrownBy(() => move(core, [waits], { before: waits }))).toEqual(itself);
  });

  it('is not the first of two queues', () => {
    const core = testQueues();
    const other = core.queues.create(queueChoices());
    const ids = [core.add(), core.add(other.id)];
    const which = refusal('E_ARGS', 'not all in one queue', '--queue');
    expect(thrownBy(() => move(core, ids, { first: true }))).toEqual(which);
  });
});

describe('the place of a launch', () => {
  const withGpu = () => {
    const core = testQueues();
    const variables = { cpus: { type: 'integer' } } as const;
    const resourceArgs = { cpus: '{{cpus}}' };
    return {
      core,
      gpu: core.queues.create(queueChoices({ name: 'gpu', resourceArgs, variables })),
    };
  };

  it('is in no queue unless one is named', () => {
    const { core } = withGpu();
    expect(placementOf(core, {})).toBeUndefined();
    expect(placementOf(core, {}, { priority: 'low' })).toBeUndefined();
    expect(placementOf(core, { queue: true })).toEqual({ queueId: DEFAULT_QUEUE });
  });

  it('is what the line says over what -c says', () => {
    const { core, gpu } = withGpu();
    const asked = { queue: 'GPU', priority: 'low', variables: { cpus: 1, other: 'x' } } as const;
    const line = { priority: 'high', setVar: ['cpus=2'], notBefore: 5 } as const;
    expect(placementOf(core, {}, asked)).toEqual({
      ...{ queueId: gpu.id, priority: 'low', variables: asked.variables },
    });
    expect(placementOf(core, { ...line, setVar: [...line.setVar] }, asked)).toEqual({
      ...{ queueId: gpu.id, priority: 'high', notBefore: 5, variables: { cpus: 2, other: 'x' } },
    });
    expect(placementOf(core, { queue: true }, asked)).toMatchObject({ queueId: DEFAULT_QUEUE });
  });

  it.each<[PlacementOptions, string, string, string]>([
    [{ priority: 'high' }, 'E_ARGS', '--priority', '-q'],
    [{ setVar: ['a=1'] }, 'E_ARGS', '--set-var', '-q'],
    [{ notBefore: 5 }, 'E_ARGS', '--not-before', '-q'],
    [{ queue: 'gup' }, 'E_NOT_FOUND', '"gup"', 'gpu'],
    [{ queue: 'gpu', setVar: ['cpus'] }, 'E_ARGS', 'no name with a value', '--set-var'],
  ])('cannot be %j', (options, code, message, next) => {
    const { core } = withGpu();
    expect(thrownBy(() => placementOf(core, options))).toEqual(refusal(code, message, next));
  });
});
