/**
 * Asks an engine through a proxy that spoils one answer of each call, and tells how each call ended: a
 * process of its own, since what is looked for may end it.
 * Arguments: address of the engine, first seed, seed behind the last.
 */
import { never, noHooks, Workbench } from '../../../src/core/engines/docker/testing/workbench.ts';
import { MemorySink } from '../../../src/core/engines/docker/testing/memory-sink.ts';
import type { Engine } from '../../../src/core/engines/engine.ts';
import { EngineProxy } from '../proxy/engine-proxy.ts';
import { chooseMutation } from '../proxy/mutations.ts';
import { STEPS, type Exchange } from '../proxy/rule.ts';
import { Random } from '../random.ts';

const [host, first, behind] = process.argv.slice(2);
/** Longer than any call may take; the one who watches ends this process then. */
const GIVE_UP_MS = 60_000;

const proxy = await EngineProxy.listen(host!);
const bench = new Workbench({ dockerHost: proxy.host });

const { environment, tree } = await bench.build({ 'main.py': 'print("up")' });
const create = (engine: Engine, code: string) =>
  engine.create(bench.request(environment.id, tree, ['python', '-c', code]), never);
const PRINTS =
  'import sys\nfor i in range(300): print("line", i, file=(sys.stdout, sys.stderr)[i % 2])';
const ended = await create(bench.engine, PRINTS);
await bench.engine.follow(ended, new MemorySink(), noHooks, never);

/** What is asked of an engine, by name. Each is one of the steps of a run, or a look at the machine. */
const CALLS: Record<string, (engine: Engine) => Promise<unknown>> = {
  status: (engine) => engine.status(never),
  inspect: (engine) => engine.inspect(ended, never),
  list: (engine) => engine.list(never),
  seal: (engine) => engine.seal(ended, new MemorySink(), never),
  'follow again': (engine) => engine.follow(ended, new MemorySink(), noHooks, never),
  stop: (engine) => engine.stop(ended, 'kill', never),
  prepare: () => bench.build({ 'main.py': 'print("up")' }),
  create: (engine) => create(engine, 'pass'),
  async 'create and follow'(engine) {
    const ref = await create(engine, PRINTS);
    await engine.follow(ref, new MemorySink(), noHooks, never);
    await engine.remove(ref, never);
  },
  'remove what is not there': (engine) => engine.remove('0'.repeat(64), never),
};

/** Answers that have no end of their own. */
const isStream = (exchange: Exchange): boolean =>
  [STEPS.attach, STEPS.logs, STEPS.build].some((isIt) => isIt(exchange));

const NOTHING = 'nothing';

/** Spoils the nth answer of a call. */
function spoil(random: Random, nth: number): { name: string } {
  const told = { name: NOTHING };
  let count = 0;
  const on = (exchange: Exchange): boolean => {
    if (count++ !== nth) return false;
    const { name, change } = chooseMutation(random, isStream(exchange));
    told.name = `${name} of ${exchange.method} ${exchange.path.replaceAll(/[0-9a-f]{64}/g, '<id>')}`;
    Object.assign(rule, change);
    return true;
  };
  const rule = { on, times: 1 };
  proxy.rules = [rule];
  return told;
}

/** `fine`, the code of a failure that is expected, or what else was thrown. */
async function endOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'fine';
  } catch (error) {
    const { code } = error as { code?: unknown };
    return typeof code === 'string' && code.startsWith('E_') ? code : `raw ${String(error)}`;
  }
}

async function ask(engine: Engine, call: string, random: Random, nth: number) {
  const told = spoil(random, nth);
  const started = performance.now();
  const end = await endOf(CALLS[call]!(engine));
  return { spoiled: told.name, end, ms: Math.round(performance.now() - started) };
}

for (let seed = Number(first); seed < Number(behind); seed += 1) {
  const random = new Random(seed);
  const call = random.pick(Object.keys(CALLS));
  // Half of them on an engine that was never asked before: its version is asked for then, too.
  const engine = random.next() < 0.5 ? bench.again() : bench.engine;
  process.stdout.write(`${JSON.stringify({ seed, call })}\n`);
  const stuck = setTimeout(() => process.exit(70), GIVE_UP_MS);
  let done = await ask(engine, call, random, random.between(0, 4));
  // Not every call has as many answers.
  if (done.spoiled === NOTHING) done = await ask(engine, call, random, 0);
  clearTimeout(stuck);
  process.stdout.write(`${JSON.stringify({ seed, call, ...done })}\n`);
}
await proxy.close();
process.exit(0);
