import { posix } from 'node:path';
import type { EntryPointCandidate, JobFolder } from '../../shared/domain/detection.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { entryPointCandidates } from './candidates.ts';
import type { Workspace } from './workspace.ts';

/** What makes a folder one that is built by itself, the most telling first. */
const OWN = [
  'Dockerfile.wandb',
  'Dockerfile',
  'requirements.txt',
  'pyproject.toml',
  'environment.yml',
];
const LIMIT = 40;
const DEPTH = 3;
/** Folders of things that are about the code, not jobs. */
const NOT_JOBS =
  /(?:^|\/)(?:docs?|tests?|\.[^/]+|node_modules|site-packages|third_party|vendor)(?:\/|$)/;

/** Folders without one of these that are looked into, and how much surer the others are. */
const BARE_LIMIT = 20;
const BARE_SHARE = 0.7;
/** The libraries a script reads its command line with. */
const COMMAND_LINE = /^\s*(?:import|from)\s+(?:argparse|click|typer|fire|absl|hydra|tyro)\b/m;

/**
 * Sub-folders that are jobs of their own: an entry script and a Dockerfile or list of dependencies.
 * After them, with less confidence, folders of a script that is made to be started: one with a
 * `__main__` guard, or of a usual name and with a command line.
 */
export async function findJobFolders(
  entries: readonly TreeEntry[],
  workspace: Workspace,
): Promise<JobFolder[]> {
  const folders = [...workspace.folders()]
    .filter((each) => each !== '.' && each.split('/').length <= DEPTH && !NOT_JOBS.test(each))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const isOwn = (folder: string): boolean => OWN.some((name) => workspace.has(`${folder}/${name}`));
  const own = folders.filter(isOwn).slice(0, LIMIT);
  const bare = folders
    .filter((each) => !isOwn(each) && hasScript(workspace, each))
    .slice(0, Math.min(BARE_LIMIT, LIMIT - own.length));
  const found: JobFolder[] = [];
  for (const folder of [...own, ...bare]) {
    workspace.check();
    const job = await jobFolder(entries, workspace, folder);
    if (job) found.push(job);
  }
  return found;
}

/** A folder that is a package is imported by others: it is no job by itself. */
const hasScript = (workspace: Workspace, folder: string): boolean =>
  !workspace.has(`${folder}/__init__.py`) &&
  workspace.filesIn(folder).some((path) => path.endsWith('.py'));

async function jobFolder(
  entries: readonly TreeEntry[],
  workspace: Workspace,
  folder: string,
): Promise<JobFolder | null> {
  const candidates = await entryPointCandidates(topLevelOf(entries, folder), (path) =>
    workspace.readText(`${folder}/${path}`),
  );
  const entryPoints = candidates.map((each) => ({ ...each, file: `${folder}/${each.file}` }));
  const own = OWN.find((name) => workspace.has(`${folder}/${name}`));
  if (own === undefined) return bareFolder(workspace, folder, entryPoints);
  if (entryPoints.length === 0) return null;
  const dockerfile = own.startsWith('Dockerfile') ? posix.join(folder, own) : null;
  return { folder, entryPoints, dockerfile, evidence: { file: posix.join(folder, own), line: 1 } };
}

async function bareFolder(
  workspace: Workspace,
  folder: string,
  candidates: readonly EntryPointCandidate[],
): Promise<JobFolder | null> {
  const entryPoints: EntryPointCandidate[] = [];
  for (const each of candidates) {
    if (!(await isStarted(workspace, each))) continue;
    const confidence = Math.round(each.confidence * BARE_SHARE * 100) / 100;
    entryPoints.push({ ...each, confidence });
  }
  const [best] = entryPoints;
  if (!best) return null;
  return { folder, entryPoints, dockerfile: null, evidence: { file: best.file, line: best.line } };
}

async function isStarted(
  workspace: Workspace,
  { file, evidence }: EntryPointCandidate,
): Promise<boolean> {
  if (evidence.includes('__main__')) return true;
  return file.endsWith('.py') && COMMAND_LINE.test((await workspace.readText(file)) ?? '');
}

/** The entries directly in a folder (`.` for the root), with paths from it. */
export function topLevelOf(entries: readonly TreeEntry[], folder: string): TreeEntry[] {
  const prefix = folder === '.' ? '' : `${folder}/`;
  return entries
    .filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
    .map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }))
    .filter(({ path }) => path !== '');
}
