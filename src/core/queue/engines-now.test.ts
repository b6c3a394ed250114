import { expect, it } from 'vitest';
import type { EngineStatus } from '../../shared/domain/engine.ts';
import { EnginesNow } from './engines-now.ts';

const never = new AbortController().signal;
const turn = () => new Promise(setImmediate);

/** An engine that is there or not, asked at the times of the test. */
function world() {
  const engine = { now: 0, available: true, asked: 0, changes: 0, answers: 0 };
  const status = async (): Promise<EngineStatus> => {
    engine.asked += 1;
    const { available } = engine;
    return { kind: 'docker', available, text: '', fix: null, since: available ? null : engine.now };
  };
  const clock = { now: () => engine.now, monotonic: () => engine.now };
  const engines = new EnginesNow({ engine: () => ({ status }), clock });
  const hooks = { onChange: () => void engine.changes++, onKnown: () => void engine.answers++ };
  const look = () => engines.status('docker', hooks, never)?.available ?? null;
  return { engine, look };
}

it('knows nothing before the first answer, then what it said', async () => {
  const { engine, look } = world();
  expect(look()).toBe(null);
  await turn();
  expect(look()).toBe(true);
  expect(engine).toMatchObject({ asked: 1, changes: 1, answers: 1 });
});

it('takes nobody at its word who was there a while ago, and says when it is known again', async () => {
  const { engine, look } = world();
  look();
  await turn();
  engine.available = false;
  engine.now = 60_000;
  expect(look()).toBe(null);
  await turn();
  expect(look()).toBe(false);
  expect(engine).toMatchObject({ asked: 2, changes: 2, answers: 2 });
});

it('takes what is still there for no change', async () => {
  const { engine, look } = world();
  look();
  await turn();
  engine.now = 60_000;
  expect([look(), look()]).toEqual([null, null]);
  await turn();
  expect(look()).toBe(true);
  expect(engine).toMatchObject({ asked: 2, changes: 1, answers: 2 });
});

it('keeps one that is away so until it says something else', async () => {
  const { engine, look } = world();
  engine.available = false;
  look();
  await turn();
  engine.now = 60_000;
  engine.available = true;
  expect(look()).toBe(false);
  await turn();
  expect(look()).toBe(true);
});
