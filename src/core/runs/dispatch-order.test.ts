import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_QUEUE } from '../../shared/domain/queue.ts';
import { PRIORITIES, type Priority } from '../../shared/domain/run.ts';
import type { RunInputs } from '../db/specs-repo.ts';
import { FullDisks } from '../queue/full-disks.ts';
import { queueChoices, testQueues } from '../queue/testing/test-queues.ts';
import { clockText } from '../../shared/clock-text.ts';
import { Dispatcher } from './dispatcher.ts';
import { specWith } from './testing/test-app.ts';

const GIB = 1024 ** 3;
const MACHINE = { memoryBytes: 24 * GIB, availableBytes: null, cpus: 8 };
const signal = new AbortController().signal;

const needing = (memory: number | null): RunInputs => ({
  entryPoint: ['true'],
  spec: specWith({ settings: { memoryBytes: memory === null ? null : memory * GIB } }),
  delivery: { argv: [], env: {}, secrets: [], files: [], config: {} },
  digest: 'd',
});

/** The queues of a real database, and an executor whose engine starts what it is told. */
async function place(engine = { isThere: true, since: null as number | null }) {
  const world = testQueues();
  const { repos, db, queues, time } = world;
  const me = 'me';
  repos.lease.take({ holder: me, kind: 'serve', pid: 1 }, null);
  const started: string[] = [];
  const taken: (() => void)[] = [];
  const clock = { now: () => time.now, monotonic: () => time.now };
  const dispatcher = new Dispatcher({
    ...{ repos, db, clock },
    feed: { on: () => () => true },
    lease: {
      isHeld: true,
      onTaken: (listener) => {
        taken.push(listener);
        return () => true;
      },
      takePart: () => Promise.resolve(),
    },
    runs: {
      take: (id) => {
        const isTaken = repos.waiting.take(id, me, time.now);
        if (isTaken) started.push(id);
        return isTaken;
      },
    },
    room: { of: () => MACHINE },
    disks: new FullDisks(clock),
    noteFault: (error) => {
      throw error;
    },
    engine: (kind) => ({
      status: async () => {
        const { isThere: available, since } = engine;
        return { kind, available, text: '', fix: null, since };
      },
    }),
  });
  /** What was started by one look. */
  const look = (): string[] => {
    started.length = 0;
    dispatcher.dispatch(signal);
    return [...started];
  };
  /** An engine is asked once there is something for it. */
  const askEngines = async () => {
    const id = world.add();
    look();
    await nextTurn();
    queues.removeRuns([id]);
  };
  await askEngines();
  const add = (queueId: string, priority: Priority, memory: number | null = null) =>
    world.add(queueId, priority, { inputs: needing(memory) });
  return { ...world, engine, look, add };
}

const reasons = ({ queues }: Awaited<ReturnType<typeof place>>, queueId = DEFAULT_QUEUE) =>
  queues.view(queueId, 100).waiting.map(({ reason }) => reason.text);

describe('what waits in queues', () => {
  it('starts by priority and age, as many as may', async () => {
    const here = await place();
    const { add, look, end, queues } = here;
    queues.update(DEFAULT_QUEUE, { concurrency: 2 });
    const [low, first, second, critical] = [
      add(DEFAULT_QUEUE, 'low'),
      add(DEFAULT_QUEUE, 'medium'),
      add(DEFAULT_QUEUE, 'medium'),
      add(DEFAULT_QUEUE, 'critical'),
    ];
    expect(look()).toEqual([critical, first]);
    expect(reasons(here)).toEqual(['2 of 2 running', '2 of 2 running']);
    end(first);
    expect(look()).toEqual([second]);
    end(critical);
    expect(look()).toEqual([low]);
  });

  it('is held back by the first that does not fit, in its own queue alone', async () => {
    const here = await place();
    const { add, look, end, queues } = here;
    queues.update(DEFAULT_QUEUE, { concurrency: null });
    const other = queues.create(queueChoices({ name: 'other' })).id;
    const large = add(DEFAULT_QUEUE, 'medium', 20);
    expect(look()).toEqual([large]);
    const [waits, small, elsewhere] = [
      add(DEFAULT_QUEUE, 'medium', 8),
      add(DEFAULT_QUEUE, 'medium', 1),
      add(other, 'low', 1),
    ];
    expect(look()).toEqual([elsewhere]);
    expect(reasons(here)).toEqual(['needs 8 GiB, 4 GiB free now', '1 before it']);
    end(large);
    expect(look()).toEqual([waits, small]);
  });

  it('is not held back by what can never fit', async () => {
    const here = await place();
    const { add, look, queues } = here;
    queues.update(DEFAULT_QUEUE, { concurrency: null });
    add(DEFAULT_QUEUE, 'critical', 64);
    const fits = add(DEFAULT_QUEUE, 'low', 1);
    expect(look()).toEqual([fits]);
    expect(reasons(here)).toEqual(['can never fit: asks for 64 GiB, machine has 24 GiB']);
    expect(look()).toEqual([]);
  });

  it('says that its engine is away, and since when; starts once it is back', async () => {
    const here = await place({ isThere: false, since: 1 });
    const { add, look, engine, time, queues } = here;
    const ids = [add(DEFAULT_QUEUE, 'medium'), add(DEFAULT_QUEUE, 'medium')];
    expect(look()).toEqual([]);
    const away = `engine not reachable since ${clockText(1, time.now)}`;
    expect(reasons(here)).toEqual([away, away]);
    engine.isThere = true;
    time.now += 10_000;
    look();
    await nextTurn();
    expect(queues.whyWaiting(ids[0]!)?.code).toBe('next');
    expect(look()).toEqual([ids[0]]);
  });

  /** A further try that is to wait for a minute by its rule. */
  function addRetry({ newRun, repos, time, add }: Awaited<ReturnType<typeof place>>): string {
    const retry = { on: ['failed' as const], times: 3, waitSeconds: 60 };
    const inputs = { ...needing(null), spec: specWith({ settings: { retry } }) };
    const of = add(DEFAULT_QUEUE, 'low');
    const run = { of, tryNumber: 2, notBefore: time.now + 60_000 };
    const queue = { id: DEFAULT_QUEUE, priority: 0, notBefore: null };
    return repos.runs.create(newRun({ inputs, queue, retry: run }), time.now).id;
  }

  it('waits as long as its rule says after the clock was set back, and no longer', async () => {
    const here = await place();
    const { look, time, queues } = here;
    queues.pause(DEFAULT_QUEUE, true);
    const id = addRetry(here);
    queues.pause(DEFAULT_QUEUE, false);
    const started = (): boolean => look().includes(id);
    time.now -= 3_600_000;
    expect(started()).toBe(false);
    time.now += 59_000;
    expect(started()).toBe(false);
    time.now += 1000;
    queues.update(DEFAULT_QUEUE, { concurrency: 5 });
    expect(started()).toBe(true);
  });

  it('starts at the time that a person chose, also after the clock was set back', async () => {
    const here = await place();
    const { look, time, queues, repos } = here;
    const id = addRetry(here);
    const notBefore = time.now + 1000;
    queues.move({ runIds: [id], notBefore });
    time.now -= 3_600_000;
    look();
    expect(repos.runs.get(id)!.notBefore).toBe(notBefore);
  });

  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('add' as const),
        at: fc.nat({ max: 2 }),
        priority: fc.constantFrom(...PRIORITIES),
        memory: fc.option(fc.integer({ min: 1, max: 30 })),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('end' as const), at: fc.nat() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('pause' as const),
        at: fc.nat({ max: 2 }),
        on: fc.boolean(),
      }),
    },
  );

  it('is never more than may run or than fits, in order, and comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { add, look, end, queues, repos } = await place();
        const limits = [1, 3, null];
        const ids = limits.map(
          (concurrency, at) => queues.create(queueChoices({ name: `q${at}`, concurrency })).id,
        );
        const memoryOf = new Map<string, number | null>();
        const running = () => ids.flatMap((id) => repos.queueRuns.running(id).map((run) => run.id));

        const check = (): number => {
          const before = ids.map((id) => queues.view(id, 100));
          const started = look();
          for (const view of before) {
            const { queue, waiting } = view;
            const fits = waiting.filter(({ run }) => (memoryOf.get(run.id) ?? 0) <= 24);
            const mine = started.filter((id) => waiting.some(({ run }) => run.id === id));
            expect(mine).toEqual(fits.slice(0, mine.length).map(({ run }) => run.id));
            if (queue.pausedAt !== null) expect(mine).toEqual([]);
            const limit = queue.concurrency ?? Infinity;
            expect(repos.queueRuns.running(queue.id).length).toBeLessThanOrEqual(limit);
          }
          const memory = running().reduce((sum, id) => sum + (memoryOf.get(id) ?? 0), 0);
          expect(memory).toBeLessThanOrEqual(24);
          return started.length;
        };

        for (const each of steps) {
          if (each.do === 'add')
            memoryOf.set(add(ids[each.at]!, each.priority, each.memory), each.memory);
          else if (each.do === 'pause') queues.pause(ids[each.at]!, each.on);
          else if (running().length > 0) end(running()[each.at % running().length]!);
          check();
        }
        for (const id of ids) queues.pause(id, false);
        for (let changed = 1; changed > 0;) {
          changed = check() + running().length;
          for (const id of running()) end(id);
        }
        const left = ids.flatMap((id) => queues.view(id, 100).waiting);
        expect(
          left.every(
            ({ run, reason }) => reason.code === 'never-fits' && memoryOf.get(run.id)! > 24,
          ),
        ).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
