import { closeSync, openSync, readSync } from 'node:fs';

/** Longer than any of the files that are read: they hold some lines. */
const buffer = Buffer.alloc(8192);

/**
 * The text of a small file below `/proc`; empty when it is gone, or may not be read. It does not wait: these
 * files are memory of the kernel, and to hand each to another thread takes ten times as long.
 */
export function readProcFile(file: string): string {
  try {
    const handle = openSync(file, 'r');
    try {
      return buffer.toString('latin1', 0, readSync(handle, buffer));
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}
