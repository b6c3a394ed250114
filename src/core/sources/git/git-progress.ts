import type { Progress } from '../../snapshots/snapshots.ts';

const UNITS: Record<string, number> = { bytes: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
const LINE =
  /^(?:remote: )?([A-Z][\w -]+?): +(?:\d+% \((\d+)\/(\d+)\)|(\d+))(?:, ([\d.]+) (bytes|[KMG]iB))?/;

/** What git says of how far it is, and the bytes received so far if it says so. */
export interface GitProgress extends Progress {
  bytes: number | null;
}

/** Reads one line of git's `--progress`; null for any other text. */
export function readProgress(line: string): GitProgress | null {
  const match = LINE.exec(line);
  if (!match) return null;
  const [, text = '', done, total, count, size, unit] = match;
  return {
    text,
    done: Number(done ?? count),
    total: total === undefined ? null : Number(total),
    bytes: size === undefined ? null : Math.round(Number(size) * (UNITS[unit ?? ''] ?? 1)),
  };
}
