import { posix } from 'node:path';
import type { JobFolder } from '../../shared/domain/detection.ts';
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

/** Sub-folders that are jobs of their own: an entry script and a Dockerfile or list of dependencies. */
export async function findJobFolders(
  entries: readonly TreeEntry[],
  workspace: Workspace,
): Promise<JobFolder[]> {
  const folders = [...workspace.folders()]
    .filter((each) => each !== '.' && each.split('/').length <= DEPTH && !NOT_JOBS.test(each))
    .filter((each) => OWN.some((name) => workspace.has(`${each}/${name}`)))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const found: JobFolder[] = [];
  for (const folder of folders.slice(0, LIMIT)) {
    workspace.check();
    const job = await jobFolder(entries, workspace, folder);
    if (job) found.push(job);
  }
  return found;
}

async function jobFolder(
  entries: readonly TreeEntry[],
  workspace: Workspace,
  folder: string,
): Promise<JobFolder | null> {
  const candidates = await entryPointCandidates(topLevelOf(entries, folder), (path) =>
    workspace.readText(`${folder}/${path}`),
  );
  const entryPoints = candidates.map((each) => ({ ...each, file: `${folder}/${each.file}` }));
  if (entryPoints.length === 0) return null;
  const own = OWN.find((name) => workspace.has(`${folder}/${name}`)) ?? '';
  const dockerfile = own.startsWith('Dockerfile') ? posix.join(folder, own) : null;
  return { folder, entryPoints, dockerfile, evidence: { file: posix.join(folder, own), line: 1 } };
}

/** The entries directly in a folder (`.` for the root), with paths from it. */
export function topLevelOf(entries: readonly TreeEntry[], folder: string): TreeEntry[] {
  const prefix = folder === '.' ? '' : `${folder}/`;
  return entries
    .filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
    .map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }))
    .filter(({ path }) => path !== '');
}
