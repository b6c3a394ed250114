import { basename } from 'node:path';

/** What the name of a run's folder tells: `[offline-]run-<YYYYMMDD_HHMMSS>-<run id>`. */
export interface RunFolderName {
  runId: string;
  /** Milliseconds since the epoch; the name is in the local time of the machine where it ran. */
  startedAt: number | null;
}

const NAME = /^(?:offline-)?run-(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)-(.+)$/;
const LOG_NAME = /^run-(.+)\.wandb$/;

/** Null for a name that is not one of a run's folder. */
export function parseRunFolderName(folder: string): RunFolderName | null {
  const match = NAME.exec(basename(folder));
  if (!match) return null;
  const [year = 0, month = 1, ...rest] = match.slice(1, 7).map(Number);
  const time = new Date(year, month - 1, ...(rest as [number, number, number, number])).getTime();
  return { runId: match[7] ?? '', startedAt: Number.isNaN(time) ? null : time };
}

/** The run's id by the name of its log; null for other files. */
export const runIdOfLog = (file: string): string | null => LOG_NAME.exec(file)?.[1] ?? null;
