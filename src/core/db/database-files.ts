import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../sync-folder.ts';

/** What SQLite keeps beside a database: both belong to it, and to no other. */
const COMPANIONS = ['-wal', '-shm'] as const;

/** `2026-11-22T12-06-18-123`, as part of a file's name; sorts by time. */
export const fileStamp = (ms: number): string =>
  new Date(ms).toISOString().replaceAll(/[:.]/g, '-').replace('Z', '');

/** The reverse of {@link fileStamp}; null for any other text. */
export function stampTime(stamp: string): number | null {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})$/.exec(stamp);
  if (!parts) return null;
  const ms = Date.parse(`${parts[1]}:${parts[2]}:${parts[3]}.${parts[4]}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Moves a database with its companions, or what there is of them, to a name with the time; nothing is ever
 * deleted. Returns the new path of the database, or null when there was none. Nobody may have it open.
 */
export function setAside(file: string, now: number): string | null {
  const there = ['', ...COMPANIONS].filter((end) => existsSync(file + end));
  const aside = freeName(`${file}.damaged-${fileStamp(now)}`);
  for (const end of there) renameSync(file + end, aside + end);
  if (there.length > 0) syncFolder(dirname(file));
  return there.includes('') ? aside : null;
}

/** Puts a finished file in its place, so that a power cut leaves either the old or the new one. */
export function putInPlace(from: string, to: string): void {
  syncFile(from);
  renameSync(from, to);
  syncFolder(dirname(to));
}

function freeName(wanted: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!existsSync(name)) return name;
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
