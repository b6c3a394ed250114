import { posix } from 'node:path';
import type { Detection, EntryPointCandidate } from '../../shared/domain/detection.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { entryPointCandidates } from './candidates.ts';
import { findJobFolders, topLevelOf } from './job-folders.ts';
import { finish } from './parameters/finish.ts';
import { findPresets } from './presets.ts';
import { readScript, type ScriptFindings } from './read-script.ts';
import type { ReadText } from './read-text.ts';
import { scriptOf } from './runners.ts';
import { Workspace, type DetectControl } from './workspace.ts';

export interface DetectOptions {
  /** The sub-folder that is the build context and working folder; the root when left out. */
  context?: string;
  /** The entry point whose script is looked into; the likeliest ones when left out. */
  entryPoint?: readonly string[];
}

/** Candidates that are looked into when no entry point is given, until one takes parameters. */
const SCRIPTS = 3;

/**
 * What can be told of code without running it: entry points, parameters, presets, outputs, and jobs
 * in sub-folders, each with file, line and confidence. Paths of evidence start at the root of the tree.
 * Broken and hostile code gives notes, never an error; a fired signal is thrown as it was fired.
 */
export async function detect(
  entries: readonly TreeEntry[],
  readText: ReadText,
  options: DetectOptions = {},
  control: DetectControl = {},
): Promise<Detection> {
  const root = posix.normalize(options.context ?? '.').replace(/(?<=.)\/$/, '');
  const workspace = new Workspace(entries, readText, control);
  const entryPoints = await candidatesIn(entries, workspace, root);
  const notes = new Set<string>();
  const found = await findings(workspace, root, wordsOf(options, entryPoints), notes);
  for (const note of found?.notes ?? []) notes.add(note);
  const presets = await findPresets(workspace, root);
  const jobs = root === '.' ? await findJobFolders(entries, workspace) : [];
  if (performance.now() > workspace.until) notes.add('The code was too much to be read wholly.');
  return {
    entryPoints,
    ...finish(found?.drafts ?? []),
    presets,
    outputs: found?.outputs ?? [],
    notes: [...notes],
    jobs,
  };
}

async function candidatesIn(
  entries: readonly TreeEntry[],
  workspace: Workspace,
  root: string,
): Promise<EntryPointCandidate[]> {
  const candidates = await entryPointCandidates(topLevelOf(entries, root), (path) =>
    workspace.readText(posix.join(root, path)),
  );
  return candidates.map((each) => ({ ...each, file: posix.join(root, each.file) }));
}

const wordsOf = (
  { entryPoint }: DetectOptions,
  candidates: readonly EntryPointCandidate[],
): (readonly string[])[] =>
  entryPoint ? [entryPoint] : candidates.slice(0, SCRIPTS).map(({ words }) => words);

/** Of the first script that takes parameters, else of the first that could be read. */
async function findings(
  workspace: Workspace,
  root: string,
  all: readonly (readonly string[])[],
  notes: Set<string>,
): Promise<ScriptFindings | null> {
  let first: ScriptFindings | null = null;
  for (const words of all) {
    const path = scriptPath(workspace, root, words);
    const found = path === null ? null : await read(workspace, path, root, notes);
    if (found && found.drafts.length > 0) return found;
    first ??= found;
  }
  return first;
}

async function read(
  workspace: Workspace,
  path: string,
  root: string,
  notes: Set<string>,
): Promise<ScriptFindings | null> {
  try {
    return await readScript(workspace, path, root);
  } catch {
    workspace.check();
    notes.add(`${path} could not be read: its parameters are not known.`);
    return null;
  }
}

const CALLED = /\bfrom ([\w.]+) import /;

/** The Python file that words start, from the root of the tree; null when there is none. */
export function scriptPath(
  workspace: Pick<Workspace, 'has'>,
  root: string,
  words: readonly string[],
): string | null {
  const script = scriptOf(words);
  const module = script?.kind === 'module' ? script.name : CALLED.exec(words.join(' '))?.[1];
  const accepted = script && script.kind !== 'module' ? script.accepts(script.path) : [];
  const path = module?.replaceAll('.', '/') ?? '';
  const modules = module
    ? ['', 'src/'].flatMap((folder) =>
        [`${path}.py`, `${path}/__main__.py`, `${path}/__init__.py`].map((each) => folder + each),
      )
    : [];
  const found = [...accepted, ...modules].map((each) => posix.join(root, each));
  return found.find((each) => each.endsWith('.py') && workspace.has(each)) ?? null;
}
