/** Makes the folder of a run that tracked much, as the W&B SDK leaves it. */
import { createHash } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { record } from '../../src/core/tracked/testing/records.ts';
import { WandbWriter } from '../../src/core/tracked/testing/write-wandb.ts';

const STARTED = Date.UTC(2025, 0, 31, 12);
const STEP_MS = 250;
const CODE = 'import wandb\n';
/** Where the SDK keeps the code that a run logged, seen from the run's `wandb` folder. */
const STAGING = join('data', 'artifacts', 'staging');
const WRITE_AT_ONCE = 1 << 20;

/**
 * Writes a run of at least `bytes` of log: a row of history with every step, a line of console with
 * every other one, and now and then what the machine was at.
 * @param {string} folder the `wandb` folder
 * @returns {{ folder: string, log: string, bytes: number, rows: number, lines: number }}
 */
export function writeRun(folder, { bytes: wanted }) {
  const made = makeFolder(folder);
  const log = openLog(made.log);
  for (const part of head()) log.record(part);
  let rows = 0;
  let lines = 0;
  for (; log.bytes < wanted; rows++) {
    log.record(record.history(rowOf(rows)));
    if (rows % 2 === 0) log.record(record.output(lineOf(lines++), STARTED + rows * STEP_MS));
    if (rows % 60 === 0) log.record(record.stats(machineAt(rows), STARTED + rows * STEP_MS));
  }
  log.record(record.summary(rowOf(rows - 1)));
  log.record(record.exit(0, Math.round((rows * STEP_MS) / 1000)));
  log.close();
  return { ...made, bytes: log.bytes, rows, lines };
}

/** The same run in another `wandb` folder, where it is another one. Its log is not written again. */
export function sameRun(run, folder) {
  const made = makeFolder(folder);
  linkSync(run.log, made.log);
  return { ...run, ...made };
}

/** With the code that the run logged: without any it would make no job. */
function makeFolder(folder) {
  const runFolder = join(folder, 'run-20250131_120000-bench');
  mkdirSync(runFolder, { recursive: true });
  mkdirSync(join(folder, STAGING), { recursive: true });
  writeFileSync(join(folder, STAGING, 'tmpbench'), CODE);
  return { folder: runFolder, log: join(runFolder, 'run-bench.wandb') };
}

/** A writer of many small pieces. */
function openLog(path) {
  const file = openSync(path, 'w');
  let waiting = [];
  const log = { bytes: 0 };
  let length = 0;
  const flush = () => {
    writeSync(file, Buffer.concat(waiting));
    [waiting, length] = [[], 0];
  };
  const writer = new WandbWriter((piece) => {
    waiting.push(piece);
    length += piece.length;
    log.bytes += piece.length;
    if (length >= WRITE_AT_ONCE) flush();
  });
  log.record = (data) => writer.record(data);
  log.close = () => {
    flush();
    closeSync(file);
  };
  return log;
}

/** What the run says of itself. */
function head() {
  const md5 = createHash('md5').update(CODE).digest('base64');
  const localPath = `/home/someone/wandb/${STAGING}/tmpbench`;
  return [
    record.run({ 1: 'bench', 3: 'bench', 8: 'quick-fox-1' }),
    record.environment({ 2: 'CPython 3.11.7', 6: '/code/main.py', 8: 'main.py' }),
    record.code('source-bench-main.py', [{ 1: 'main.py', 2: md5, 4: CODE.length, 6: localPath }]),
  ];
}

/** Figures with as many digits as Python prints. */
const rowOf = (step) => ({
  'train/loss': 2.5 / (1 + step / 1000) + noise(step),
  'train/accuracy': 1 - 1 / (1 + step / 500) + noise(step + 1) / 10,
  'train/grad_norm': 1 + noise(step + 2),
  'train/lr': 3e-4 * (1 + Math.cos(step / 1e5)),
  epoch: Math.floor(step / 1000),
  _runtime: (step * STEP_MS) / 1000 + noise(step + 3),
  _timestamp: (STARTED + step * STEP_MS) / 1000 + noise(step + 4),
  _step: step,
});

/** From 0 to 1, the same for the same number. */
function noise(seed) {
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const lineOf = (line) =>
  `epoch=${Math.floor(line / 500)} step=${line * 2} loss=${noise(line).toFixed(6)} lr=0.0003 gpu=0 mem=1234MiB ok\n`;

const machineAt = (row) => ({
  cpu: 40 + 20 * noise(row),
  memory_percent: 35 + noise(row + 1),
  'gpu.0.gpu': 90 + 10 * noise(row + 2),
  'gpu.0.temp': 60 + Math.round(10 * noise(row + 3)),
});
