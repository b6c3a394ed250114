import type { Readable } from 'node:stream';
import { awakeTimer } from './awake-timer.ts';

/** The stream as it is, until nothing has come for `ms`: then it is closed and fails with `asleep`. */
export async function* whileAwake(
  stream: Readable,
  ms: number,
  asleep: Error,
): AsyncGenerator<Buffer> {
  const wait = (): (() => void) => awakeTimer(ms, () => stream.destroy(asleep));
  let callOff = wait();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      callOff();
      yield chunk;
      callOff = wait();
    }
  } finally {
    callOff();
  }
}
