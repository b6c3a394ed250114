import { STDERR, STDOUT } from '../../../shared/contract/log-stream.ts';
import { createLogStore } from '../create-log-store.ts';
import { numberedStream } from './numbered-stream.ts';

/** A process that writes both streams of the log `run` from where they are, until it is killed. */
const [folder = '', seed = '1'] = process.argv.slice(2);
let random = Number(seed);

/** Numbers in [0, 1) from the seed. */
function next(): number {
  random = (random * 48_271) % 2_147_483_647;
  return random / 2_147_483_647;
}

const writer = await createLogStore(folder).openWriter('run');
process.stdout.write('ready\n');
for (;;) {
  const [stream, name] =
    next() < 0.7 ? ([STDOUT, 'stdout'] as const) : ([STDERR, 'stderr'] as const);
  const from = writer.position()[name];
  const length = 1 + Math.floor(next() ** 4 * 100_000);
  await writer.append(stream, numberedStream(name, from, from + length), Date.now());
  if (next() < 0.2) await writer.flush();
  if (next() < 0.1) await new Promise((resolve) => setImmediate(resolve));
}
