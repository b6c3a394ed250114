import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** Fields of a message: texts, whole numbers, messages, or several of one kind. */
type Field = string | number | Uint8Array | Field[];

/** Encodes a message by its field numbers. */
export function message(fields: Record<number, Field>): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, value] of Object.entries(fields)) writeField(writer, Number(field), value);
  return writer.finish();
}

function writeField(writer: BinaryWriter, field: number, value: Field): void {
  if (Array.isArray(value)) for (const item of value) writeField(writer, field, item);
  else if (typeof value === 'number') writer.tag(field, 0).int64(value);
  else if (typeof value === 'string') writer.tag(field, 2).string(value);
  else writer.tag(field, 2).bytes(value);
}

/** An item: a path of one name is its `key` in older logs, and `nested_key` in newer ones. */
export const item = (path: string | string[], json: string): Uint8Array =>
  message(typeof path === 'string' ? { 1: path, 16: json } : { 2: path, 16: json });

const items = (values: Record<string, unknown>): Uint8Array[] =>
  Object.entries(values).map(([name, value]) => item([name], JSON.stringify(value)));

/** A moment in milliseconds as a `Timestamp`. */
const timestamp = (time: number): Uint8Array =>
  message({ 1: Math.floor(time / 1000), 2: Math.round((time % 1000) * 1e6) });

/** Whole records of a `.wandb` file, by the field numbers of wandb's `wandb_internal.proto`. */
export const record = {
  history: (values: Record<string, unknown>) => message({ 2: message({ 1: items(values) }) }),
  historyItems: (list: Uint8Array[]) => message({ 2: message({ 1: list }) }),
  summary: (values: Record<string, unknown>) => message({ 3: message({ 1: items(values) }) }),
  config: (list: Uint8Array[], removed: Uint8Array[] = []) =>
    message({ 5: message({ 1: list, 2: removed }) }),
  output: (text: string, time: number, stream: 'stdout' | 'stderr' = 'stdout') =>
    message({
      13: message({ 1: stream === 'stdout' ? 1 : 0, 2: timestamp(time), 3: text }),
    }),
  stats: (values: Record<string, unknown>, time: number) =>
    message({ 7: message({ 2: timestamp(time), 3: items(values) }) }),
  run: (fields: Record<number, Field>) => message({ 17: message(fields) }),
  exit: (code: number, runtimeSeconds: number) =>
    message({ 18: message({ 1: code, 2: runtimeSeconds }) }),
  usedArtifact: (type: string, name: string) => message({ 25: message({ 2: type, 3: name }) }),
  environment: (fields: Record<number, Field>) => message({ 26: message(fields) }),
  code: (name: string, entries: Record<number, Field>[]) =>
    message({
      8: message({ 4: 'code', 5: name, 6: 'd1', 12: message({ 4: entries.map(message) }) }),
    }),
};
