export const JOB_TABS = ['runs', 'sweeps', 'details', 'versions'] as const;
export const RUN_TABS = [
  'overview',
  'log',
  'metrics',
  'inputs',
  'values',
  'outputs',
  'environment',
  'build',
] as const;
export const SETTINGS_SECTIONS = [
  'general',
  'engine',
  'notifications',
  'mounts',
  'logins',
  'watched',
  'room',
  'keyboard',
  'about',
] as const;
export const NEW_JOB_SOURCES = ['folder', 'git', 'image', 'tracked'] as const;
export type JobTab = (typeof JOB_TABS)[number];
export type NewJobSource = (typeof NEW_JOB_SOURCES)[number];
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];
export type RunTab = (typeof RUN_TABS)[number];

/** Every place of the window. */
export type Route =
  | { page: 'jobs' }
  | NewJobRoute
  | { page: 'job'; jobId: string; tab: JobTab; versionId?: string }
  | { page: 'runs' }
  /** `line`: one of its log, from 0, to be shown. */
  | { page: 'run'; runId: string; tab: RunTab; line?: number }
  | { page: 'compare'; runIds: readonly string[] }
  | { page: 'sweep'; sweepId: string }
  /** One queue, with what waits in it; and all of them. */
  | { page: 'queue'; queueId: string }
  | { page: 'queues' }
  /** What takes room on the disk. */
  | { page: 'room' }
  | { page: 'projects' }
  | { page: 'bin' }
  /** What a newcomer sees first. */
  | { page: 'start' }
  | { page: 'engine' }
  /** `section`: the one to be shown. */
  | { page: 'settings'; section?: SettingsSection };

/** Where a job is made. */
export interface NewJobRoute {
  page: 'new-job';
  source: NewJobSource;
  /** One that was chosen or dropped; of `tracked`, one with runs in it. */
  folder?: string;
  /** Of a repository. */
  address?: string;
  /** The job that is to get a new version. */
  jobId?: string;
  /** Tracked runs that the folder holds beside code. */
  runs?: number;
}

export const HOME: Route = { page: 'jobs' };

const HISTORY_LIMIT = 50;

/** Where the window was, is, and would go forward to. */
export interface History {
  back: readonly Route[];
  at: Route;
  forward: readonly Route[];
}

const sameSubject = (a: Route, b: Route): boolean =>
  a.page === b.page &&
  (a.page !== 'job' || a.jobId === (b as typeof a).jobId) &&
  (a.page !== 'run' || a.runId === (b as typeof a).runId) &&
  (a.page !== 'compare' || a.runIds.join() === (b as typeof a).runIds.join()) &&
  (a.page !== 'sweep' || a.sweepId === (b as typeof a).sweepId) &&
  (a.page !== 'queue' || a.queueId === (b as typeof a).queueId);

/** Goes to a place. Another tab of the same subject replaces the entry: "back" leaves the subject. */
export function goTo(history: History, route: Route): History {
  if (sameSubject(history.at, route)) return { ...history, at: route };
  const back = [...history.back, history.at].slice(-HISTORY_LIMIT);
  return { back, at: route, forward: [] };
}

export function goBack(history: History): History {
  const at = history.back.at(-1);
  if (!at) return history;
  return { back: history.back.slice(0, -1), at, forward: [history.at, ...history.forward] };
}

export function goForward(history: History): History {
  const [at, ...forward] = history.forward;
  if (!at) return history;
  return { back: [...history.back, history.at], at, forward };
}

const PLAIN_PAGES = ['jobs', 'runs', 'queues', 'projects', 'bin', 'start', 'engine'] as const;

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;

/** Reads a route that was stored; null when it is none (any more). */
export function readRoute(value: unknown): Route | null {
  if (typeof value !== 'object' || value === null) return null;
  const stored = value as Record<string, unknown>;
  const { page, jobId, runId, runIds, sweepId, queueId, tab, line, versionId } = stored;
  const plain = PLAIN_PAGES.find((known) => known === page);
  if (plain) return { page: plain };
  if (page === 'new-job') return readNewJob(stored);
  if (page === 'settings') {
    const section = SETTINGS_SECTIONS.find((name) => name === stored['section']);
    return { page, ...(section && { section }) };
  }
  if (page === 'job' && isText(jobId)) {
    const known = JOB_TABS.find((name) => name === tab) ?? 'runs';
    return { page, jobId, tab: known, ...(isText(versionId) && { versionId }) };
  }
  if (page === 'run' && isText(runId)) {
    const known = RUN_TABS.find((name) => name === tab) ?? 'log';
    return { page, runId, tab: known, ...(typeof line === 'number' && { line }) };
  }
  if (page === 'compare' && Array.isArray(runIds) && runIds.every(isText)) return { page, runIds };
  if (page === 'sweep' && isText(sweepId)) return { page, sweepId };
  if (page === 'queue' && isText(queueId)) return { page, queueId };
  return null;
}

function readNewJob({ source, folder, address, jobId, runs }: Record<string, unknown>): Route {
  return {
    page: 'new-job',
    source: NEW_JOB_SOURCES.find((name) => name === source) ?? 'folder',
    ...(isText(folder) && { folder }),
    ...(isText(address) && { address }),
    ...(isText(jobId) && { jobId }),
    ...(typeof runs === 'number' && { runs }),
  };
}
