import { readArtifact, readEnvironment, readRun, type ArtifactRecord } from './run-records.ts';
import type { EnvironmentRecord, RunRecord } from './run-records.ts';
import { readItem, readTime, type Item } from './wire-parts.ts';
import { Wire } from './wire.ts';

/** The records of a run that are of interest; times are milliseconds since the epoch. */
export type WandbRecord =
  | { kind: 'history'; items: Item[]; step: number | null }
  | { kind: 'summary' | 'config'; update: Item[]; remove: Item[] }
  | { kind: 'output'; stream: 'stdout' | 'stderr'; time: number | null; bytes: Buffer }
  | { kind: 'stats'; items: Item[]; time: number | null }
  | { kind: 'exit'; code: number; runtimeSeconds: number }
  | { kind: 'usedArtifact'; type: string; name: string }
  | RunRecord
  | EnvironmentRecord
  | ArtifactRecord;

const KINDS: Record<number, (wire: Wire) => WandbRecord> = {
  2: readHistory,
  3: (wire) => readValues(wire, 'summary'),
  4: readOutput,
  5: (wire) => readValues(wire, 'config'),
  7: readStats,
  8: readArtifact,
  13: readOutput,
  17: readRun,
  18: readExit,
  25: readUsedArtifact,
  26: readEnvironment,
};

/**
 * Decodes a record: the subset of wandb's `wandb_internal.proto` that a run consists of. Null for
 * records of other kinds. Throws for bytes that are no such message.
 */
export function readRecord(bytes: Buffer): WandbRecord | null {
  const wire = new Wire(bytes);
  let record: WandbRecord | null = null;
  wire.fields((field) => {
    const read = KINDS[field];
    if (!read) return false;
    record = read(wire);
    return true;
  });
  return record;
}

function readHistory(wire: Wire): WandbRecord {
  const items: Item[] = [];
  let step: number | null = null;
  wire.message((field) => {
    if (field === 1) items.push(readItem(wire));
    else if (field === 2) step = readStep(wire);
    else return false;
    return true;
  });
  return { kind: 'history', items, step };
}

function readStep(wire: Wire): number {
  let step = 0;
  wire.message((field) => {
    if (field !== 1) return false;
    step = wire.int64();
    return true;
  });
  return step;
}

function readValues(wire: Wire, kind: 'summary' | 'config'): WandbRecord {
  const update: Item[] = [];
  const remove: Item[] = [];
  wire.message((field) => {
    if (field === 1) update.push(readItem(wire));
    else if (field === 2) remove.push(readItem(wire));
    else return false;
    return true;
  });
  return { kind, update, remove };
}

/** `OutputRecord` of older logs and `OutputRawRecord`: the same fields. */
function readOutput(wire: Wire): WandbRecord {
  let stream: 'stdout' | 'stderr' = 'stderr';
  let time: number | null = null;
  let bytes: Buffer = Buffer.alloc(0);
  wire.message((field) => {
    if (field === 1) stream = wire.int32() === 1 ? 'stdout' : 'stderr';
    else if (field === 2) time = readTime(wire);
    else if (field === 3) bytes = wire.data();
    else return false;
    return true;
  });
  return { kind: 'output', stream, time, bytes };
}

function readStats(wire: Wire): WandbRecord {
  const items: Item[] = [];
  let time: number | null = null;
  wire.message((field) => {
    if (field === 2) time = readTime(wire);
    else if (field === 3) items.push(readItem(wire));
    else return false;
    return true;
  });
  return { kind: 'stats', items, time };
}

function readExit(wire: Wire): WandbRecord {
  const exit = { kind: 'exit' as const, code: 0, runtimeSeconds: 0 };
  wire.message((field) => {
    if (field === 1) exit.code = wire.int32();
    else if (field === 2) exit.runtimeSeconds = wire.int32();
    else return false;
    return true;
  });
  return exit;
}

function readUsedArtifact(wire: Wire): WandbRecord {
  const used = { kind: 'usedArtifact' as const, type: '', name: '' };
  wire.message((field) => {
    if (field === 2) used.type = wire.text();
    else if (field === 3) used.name = wire.text();
    else return false;
    return true;
  });
  return used;
}
