/**
 * Loaded into a process whose memory is watched (`node --import`): collects garbage every so often, and
 * writes down what stays. Without that a process that makes little of it grows for minutes before anybody
 * collects it, which tells nothing. Lines of JSON, `{"at": ms, "rss": bytes, "held": bytes}`, into the file
 * that `FAULTS_MEMORY` names; `held`: the heap, and buffers outside of it.
 */
import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 2000;
const file = process.env['FAULTS_MEMORY'];

/** What the command line starts on its way is not meant. */
if (file !== undefined && process.argv.includes('serve')) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setInterval(() => {
    collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    const line = { at: performance.now(), rss, held: heapUsed + external };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }, EVERY_MS).unref();
}
