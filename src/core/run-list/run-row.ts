/** What of a run lists are made of. Times are ms since 1970. */
export interface RunRow {
  /** Counts the runs: those made later have a higher one. */
  seq: number;
  projectId: string;
  jobId: string;
  version: number;
  sweepId: string | null;
  name: string;
  state: string;
  reason: string | null;
  engine: string | null;
  queueId: string | null;
  /** Null for a run of no queue. */
  priority: string | null;
  creator: string;
  starred: boolean;
  tags: unknown;
  notes: string;
  binned: boolean;
  createdAt: number;
  startedAt: number | null;
  /** How long it ran; null while it goes. */
  durationMs: number | null;
  config: Record<string, unknown> | null;
  summary: Record<string, unknown> | null;
}

export interface QueueRow {
  id: string;
  name: string;
}

export interface JobRow {
  id: string;
  name: string;
  binned: boolean;
  /** For good: its runs are on their way out. */
  removed: boolean;
}
