import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError, cancelled } from '../shared/errors.ts';
import { askLine } from './ask-line.ts';

const LIMIT = 64 * 1024;

/**
 * A secret from standard input, or typed at the terminal without being shown; never from the
 * arguments, which every user of the machine can read. One line end after it is not part of it.
 */
export function readSecret(what: string, signal: AbortSignal): Promise<string> {
  return process.stdin.isTTY ? readTyped(what, signal) : readPiped(what, signal);
}

async function readTyped(what: string, signal: AbortSignal): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: nowhere,
    terminal: true,
    historySize: 0,
  });
  process.stderr.write(`${what}: `);
  try {
    return await askLine(lines, '', `Reading the ${what.toLowerCase()}`, signal);
  } finally {
    process.stderr.write('\n');
  }
}

async function readPiped(what: string, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = (): void => void process.stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LIMIT)
        throw new AppError('E_SECRET_FORMAT', `The ${what.toLowerCase()} is too long.`, {
          next: `Give at most ${LIMIT / 1024} KiB.`,
        });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) throw cancelled(`Reading the ${what.toLowerCase()}`);
  return textOf(Buffer.concat(chunks), what).replace(/\r?\n$/, '');
}

/** Bytes that are no text would arrive as other bytes. @throws AppError `E_SECRET_FORMAT` */
function textOf(bytes: Buffer, what: string): string {
  try {
    return new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AppError('E_SECRET_FORMAT', `The ${what.toLowerCase()} is not text in UTF-8.`, {
      next: 'Give bytes in a form of text, such as base64.',
    });
  }
}
