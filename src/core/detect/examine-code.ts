import { posix } from 'node:path';
import { NO_ENVIRONMENT, type BuildPlan, type EnvironmentPlan } from '../../shared/domain/job.ts';
import type { EntryPointCandidate } from '../../shared/domain/detection.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError } from '../../shared/errors.ts';
import { entryPointCandidates } from './candidates.ts';
import { chooseBuild } from './choose-build.ts';
import { checkEntryPoint, formatEntryPoint } from './entry-point.ts';
import { planEnvironment } from './environment.ts';
import { findJobFolders } from './job-folders.ts';
import { linkNotes } from './link-notes.ts';
import type { ReadText } from './read-text.ts';
import { Workspace } from './workspace.ts';

export interface ExamineRequest {
  /** Null when none was given: a Dockerfile may name its own. */
  entryPoint: string[] | null;
  build: BuildPlan;
  /** The packages of the run the code comes from (`requirements.frozen.txt`), for code that names none. */
  frozen?: string | null;
}

export interface Examination {
  environment: EnvironmentPlan;
  /** With paths that were found, and a Dockerfile that was found beside the entry file. */
  build: BuildPlan;
  /** Empty: what the image starts by itself. */
  entryPoint: string[];
  /** What a person should know, beyond the notes of the environment. */
  notes: string[];
}

/** Everything about code that is decided when a version is made of it. See `Snapshots.examine`. */
export async function examineCode(
  entries: readonly TreeEntry[],
  request: ExamineRequest,
  readText: ReadText,
): Promise<Examination> {
  const { build, entryPoint, notes: own } = await chooseBuild(entries, readText, request);
  const { context } = build;
  const inside = below(entries, context);
  const notes = [...own, ...linkNotes(inside, context)];
  const read: ReadText = (path) => readText(posix.join(context, path));
  if (build.dockerfile !== null) {
    const more = entryPoint ? missingNote(entryPoint, inside) : [];
    const environment = NO_ENVIRONMENT;
    return { environment, build, entryPoint: entryPoint ?? [], notes: [...notes, ...more] };
  }
  if (!entryPoint) throw await noEntryPoint(inside, context, read);
  checkEntryPoint(entryPoint, inside);
  const environment = await planEnvironment(inside, read, request.frozen ?? null);
  return { environment, build, entryPoint, notes };
}

function below(entries: readonly TreeEntry[], context: string): readonly TreeEntry[] {
  if (context === '') return entries;
  return entries
    .filter(({ path }) => path.startsWith(`${context}/`))
    .map((entry) => ({ ...entry, path: entry.path.slice(context.length + 1) }));
}

/** A Dockerfile may put the code anywhere, so that a script that is not in the context is no error. */
function missingNote(words: string[], entries: readonly TreeEntry[]): string[] {
  try {
    checkEntryPoint(words, entries);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [`${error.message} The image must bring it.`];
  }
}

/** Jobs in sub-folders that are named when nothing at the top can be started. */
const FOLDERS = 3;

async function noEntryPoint(
  entries: readonly TreeEntry[],
  context: string,
  read: ReadText,
): Promise<AppError> {
  const topLevel = entries.filter(({ path }) => !path.includes('/'));
  const [best] = await entryPointCandidates(topLevel, read);
  const next = best
    ? `Did you mean: ${entryOption(best)}`
    : ((await offerFolders(entries, context, read)) ??
      'Say it with --entry-point, such as "python main.py".');
  return new AppError('E_NO_ENTRYPOINT', 'It is not said how the code is started.', { next });
}

const entryOption = ({ words }: EntryPointCandidate): string =>
  `--entry-point ${JSON.stringify(formatEntryPoint(words))}`;

async function offerFolders(
  entries: readonly TreeEntry[],
  context: string,
  read: ReadText,
): Promise<string | null> {
  const jobs = await findJobFolders(entries, new Workspace(entries, read, {}));
  const offers = jobs.slice(0, FOLDERS).flatMap(({ folder, entryPoints: [best] }) => {
    const path = JSON.stringify(posix.join(context, folder));
    return best ? [`--build-context ${path} ${entryOption(best)}`] : [];
  });
  return offers.length > 0 ? `Did you mean: ${offers.join(', or ')}` : null;
}
