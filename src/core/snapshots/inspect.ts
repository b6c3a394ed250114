import { DEFAULT_BUILD } from '../../shared/domain/job.ts';
import type { Detection } from '../../shared/domain/detection.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError, cancelled, type ErrorCode } from '../../shared/errors.ts';
import { detect } from '../detect/detect.ts';
import { examineCode, type Examination } from '../detect/examine-code.ts';
import type { ReadText } from '../detect/read-text.ts';
import { toFoundTreeEntry } from './preview.ts';
import { scannedReader } from './read-scanned.ts';
import { storedReader } from './read-stored.ts';
import type { FreezeOptions, Inspected, InspectRequest } from './snapshots.ts';
import { resolveRoot } from './source-root.ts';
import type { Store } from './store.ts';
import { toTreeEntry } from './tree.ts';
import { walk } from './walk.ts';
import { walkOptions } from './walk-options.ts';
import type { WorkControl } from './work-control.ts';

/** See `Snapshots.inspectTree`. */
export function inspectTree(
  store: Store,
  digest: string,
  request: InspectRequest,
  control: WorkControl,
): Promise<Inspected> {
  const entries = store.trees.nodes(digest).map(toTreeEntry);
  return look(entries, storedReader(store, digest), request, control);
}

/** See `Snapshots.inspectFolder`. */
export async function inspectFolder(
  store: Store,
  input: { folder: string; options: FreezeOptions; request: InspectRequest },
  control: WorkControl,
): Promise<Inspected> {
  const root = resolveRoot(input.folder, store.dataFolder.path);
  const scan = await walk(root, walkOptions(store, input.options, true), control);
  const entries = scan.entries.map(toFoundTreeEntry);
  return look(entries, scannedReader(scan), input.request, control);
}

async function look(
  entries: readonly TreeEntry[],
  readText: ReadText,
  { context, entryPoint }: InspectRequest,
  control: WorkControl,
): Promise<Inspected> {
  const stop = new AbortController();
  const readWhileWanted: ReadText = async (path) => {
    if (control.isCancelled) stop.abort(cancelled('Looking through the code'));
    await control.breathe();
    return readText(path);
  };
  const detection = await detect(
    entries,
    readWhileWanted,
    { context, ...(entryPoint && { entryPoint }) },
    { signal: stop.signal },
  );
  const words = entryPoint ?? likeliest(detection);
  const build = { ...DEFAULT_BUILD, context };
  const examined = await examineCode(entries, { entryPoint: words, build }, readWhileWanted).catch(
    problemOf,
  );
  if ('problem' in examined) return { detection, environment: null, ...examined, notes: [] };
  return { detection, environment: examined.environment, problem: null, notes: examined.notes };
}

const likeliest = ({ entryPoints }: Detection): string[] | null => entryPoints[0]?.words ?? null;

/** Wrong questions, and the end of the work; all else is a finding about the code. */
const FAILURES: ReadonlySet<ErrorCode> = new Set([
  'E_CANCELLED',
  'E_CONTEXT_NOT_FOUND',
  'E_PATH_OUTSIDE',
]);

/** What stands in the way of a job is a finding here, not a failure. */
function problemOf(error: unknown): { problem: string } | Examination {
  if (!(error instanceof AppError) || FAILURES.has(error.code)) throw error;
  return { problem: error.next ? `${error.message} ${error.next}` : error.message };
}
