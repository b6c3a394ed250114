import type { Readable } from 'node:stream';

/** The stream as it is, until nothing has come for `ms`: then it is closed and fails with `asleep`. */
export async function* whileAwake(
  stream: Readable,
  ms: number,
  asleep: Error,
): AsyncGenerator<Buffer> {
  let timer: NodeJS.Timeout | undefined;
  const wake = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stream.destroy(asleep), ms);
  };
  try {
    wake();
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      yield chunk;
      wake();
    }
  } finally {
    clearTimeout(timer);
  }
}
