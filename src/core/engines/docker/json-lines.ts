const LINE_LIMIT = 16 * 1024 * 1024;

/**
 * Splits a stream of JSON records, one per line, at any chunk borders. Lines that are not JSON are
 * passed over: an engine or proxy may mix in its own words.
 */
export async function* jsonLines(stream: AsyncIterable<Buffer>): AsyncGenerator {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end));
      yield* parseLine(Buffer.concat(parts));
      parts = [];
      size = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > LINE_LIMIT) throw new Error('The engine sent a record that is too long.');
  }
  yield* parseLine(Buffer.concat(parts));
}

function* parseLine(line: Buffer): Generator {
  const text = line.toString('utf8').trim();
  if (text === '') return;
  try {
    yield JSON.parse(text) as unknown;
  } catch {
    // Not a record.
  }
}
