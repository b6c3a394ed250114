import { create } from 'zustand';
import type { ErrorData } from '../../shared/errors.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { SortBy } from '../ui/grid-model.ts';
import { isText, keep, readKeptValues, textsOf } from './kept.ts';
import { goBack, goForward, goTo, HOME, readRoute } from './route.ts';
import type { History, NewJobRoute, Route } from './route.ts';

/** What the launch form is open for. */
export interface LaunchRequest {
  jobId: string;
  /** A version to start with; without it, the folder as it is now (or the newest version). */
  versionId?: string;
  /** A run whose inputs the form starts with. */
  fromRunId?: string;
  /** Why the launch that was just tried did not start. */
  error?: ErrorData;
}

/** A message in the corner: a failure of an action that has no place of its own, or good news. */
export interface Notice {
  id: number;
  text: string;
  error: ErrorData | null;
  /** What is under way: shown with its progress and a cancel until it is dismissed. */
  operationId?: string;
  /** Takes back what was done. */
  undo?: () => void;
}

export interface Ui {
  history: History;
  projectId: string | null;
  sidebar: boolean;
  wrapLog: boolean;
  /** What narrows the list of jobs, and the jobs chosen in it. */
  jobFilter: string;
  chosenJobs: readonly string[];
  jobSort: readonly SortBy[];
  /** What stands over the page, besides the launch form. */
  overlay: 'palette' | 'shortcuts' | null;
  launch: LaunchRequest | null;
  /** The row to make a project in is open. */
  newProject: boolean;
  /** What was dropped together with what is on the screen and waits for its turn. */
  waiting: readonly NewJobRoute[];
  notices: readonly Notice[];
}

const KEY = 'ui';

/** What a window that is read again comes back with. */
type Kept = Pick<
  Ui,
  'history' | 'projectId' | 'sidebar' | 'wrapLog' | 'jobFilter' | 'chosenJobs' | 'jobSort'
>;

function readStored(): Kept {
  const stored = readKeptValues(KEY);
  const list = (value: unknown): Route[] =>
    Array.isArray(value) ? value.map(readRoute).filter((route) => route !== null) : [];
  return {
    history: {
      back: list(stored['back']),
      at: readRoute(stored['at']) ?? HOME,
      forward: list(stored['forward']),
    },
    projectId: isText(stored['projectId']) ? stored['projectId'] : null,
    sidebar: stored['sidebar'] !== false,
    wrapLog: stored['wrapLog'] === true,
    jobFilter: isText(stored['jobFilter']) ? stored['jobFilter'] : '',
    chosenJobs: textsOf(stored['chosenJobs']),
    jobSort: Array.isArray(stored['jobSort']) ? stored['jobSort'].filter(isSort) : [],
  };
}

const isSort = (value: unknown): value is SortBy =>
  isRecord(value) && isText(value['id']) && typeof value['descending'] === 'boolean';

export const useUi = create<Ui>(() => ({
  ...readStored(),
  overlay: null,
  launch: null,
  newProject: false,
  waiting: [],
  notices: [],
}));

/** Writes down where the window is, so that a reload comes back to the same place. */
export function rememberUi(): () => void {
  let written = '';
  return useUi.subscribe((ui) => {
    const { projectId, sidebar, wrapLog, jobFilter, chosenJobs, jobSort } = ui;
    const kept = { ...ui.history, projectId, sidebar, wrapLog, jobFilter, chosenJobs, jobSort };
    const text = JSON.stringify(kept);
    if (text !== written) keep(KEY, kept);
    written = text;
  });
}

const move = (step: (history: History) => History): void =>
  useUi.setState((ui) => ({ history: step(ui.history) }));

export const navigate = (route: Route): void => move((history) => goTo(history, route));
export const back = (): void => move(goBack);
export const forward = (): void => move(goForward);

/** Goes to a place instead of the present one, which "back" then skips. */
export const replaceRoute = (route: Route): void => move((history) => ({ ...history, at: route }));

export const chooseProject = (projectId: string): void =>
  useUi.setState((ui) => {
    const listPage = ui.history.at.page === 'jobs' || ui.history.at.page === 'runs';
    return { projectId, ...(!listPage && { history: goTo(ui.history, HOME) }) };
  });

export const toggleSidebar = (): void => useUi.setState((ui) => ({ sidebar: !ui.sidebar }));
export const toggleWrap = (): void => useUi.setState((ui) => ({ wrapLog: !ui.wrapLog }));
export const openOverlay = (overlay: Ui['overlay']): void => useUi.setState({ overlay });
export const openLaunch = (launch: LaunchRequest | null): void => useUi.setState({ launch });
export const startProject = (newProject: boolean): void => useUi.setState({ newProject });
export const filterJobs = (jobFilter: string): void => useUi.setState({ jobFilter });
export const sortJobs = (jobSort: readonly SortBy[]): void => useUi.setState({ jobSort });
export const chooseJobs = (chosenJobs: readonly string[]): void => useUi.setState({ chosenJobs });

/** Opens the new-job page for the first of what was dropped; the others wait, until that page is left. */
export function openNewJobs(routes: readonly NewJobRoute[]): void {
  const [first, ...rest] = routes;
  if (!first) return;
  useUi.setState(({ waiting, history: { at } }) => ({
    waiting: at.page === 'new-job' ? [...waiting, ...rest] : rest,
  }));
  navigate(first);
}

export const openFolders = (folders: readonly string[]): void =>
  openNewJobs(folders.map((folder) => ({ page: 'new-job', source: 'folder', folder })));

/** Leaves the new-job page for what waits next, or else for `route`. */
export function nextFolderOr(route: Route): void {
  const [next, ...rest] = useUi.getState().waiting;
  useUi.setState({ waiting: rest });
  replaceRoute(next ?? route);
}

let lastNotice = 0;

/** Notices on top of each other; what is under way is not pushed out by what came later. */
const NOTICES_LIMIT = 3;

function addNotice(notice: Omit<Notice, 'id'>): void {
  lastNotice += 1;
  const id = lastNotice;
  useUi.setState(({ notices }) => {
    const short = notices.filter(({ operationId }) => operationId === undefined);
    const kept = new Set(short.slice(1 - NOTICES_LIMIT));
    const before = notices.filter((each) => each.operationId !== undefined || kept.has(each));
    return { notices: [...before, { id, ...notice }] };
  });
}

export const notify = (text: string, error: ErrorData | null = null): void =>
  addNotice({ text, error });

/** Tells what was done, with a button that takes it back. */
export const notifyUndo = (text: string, undo: () => void): void =>
  addNotice({ text, error: null, undo });

/** Shows an operation that has no place of its own. Returns the end of it. */
export function notifyOperation(text: string, operationId: string): () => void {
  lastNotice += 1;
  const id = lastNotice;
  useUi.setState((ui) => ({ notices: [...ui.notices, { id, text, error: null, operationId }] }));
  return () => dismissNotice(id);
}

export const dismissNotice = (id: number): void =>
  useUi.setState((ui) => ({ notices: ui.notices.filter((notice) => notice.id !== id) }));
