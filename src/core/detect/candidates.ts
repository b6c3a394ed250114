import { parse } from 'smol-toml';
import type { EntryPointCandidate } from '../../shared/domain/detection.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import type { ReadText } from './read-text.ts';

/** Most files looked into, so that a folder of thousands costs no more than a glance. */
const LOOK_LIMIT = 60;
const OFFER_LIMIT = 10;

/** How much a file's name alone says that it is the one to start. */
const PYTHON_NAMES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    'main.py': 0.8,
    'train.py': 0.75,
    'app.py': 0.65,
    'run.py': 0.65,
    '__main__.py': 0.7,
  }),
);
const SHELL_NAMES: ReadonlyMap<string, number> = new Map([
  ['run.sh', 0.7],
  ['train.sh', 0.7],
]);
const GUARD_BONUS = 0.15;
const GUARD_ALONE = 0.5;
const ONLY_SCRIPT = 0.6;
const PACKAGE = 0.6;
const PROJECT_SCRIPT = 0.7;

/** Python files that are about a project and never the job itself. */
const NOT_A_JOB = /^(?:setup|conftest|noxfile|fabfile|test_.*|.*_test|_version)\.py$/;
const GUARD = /^if\s+__name__\s*==\s*(['"])__main__\1/;
const TARGET = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)$/;

/**
 * Commands that may start the code of a folder, likeliest first, each with the line it rests on and
 * a confidence from 0 to 1. Nothing is chosen: two good ones stay two.
 */
export async function entryPointCandidates(
  topLevel: readonly TreeEntry[],
  readText: ReadText,
): Promise<EntryPointCandidate[]> {
  const found = await Promise.all([
    pythonScripts(topLevel, readText),
    packages(topLevel, readText),
    projectScripts(topLevel, readText),
  ]);
  return [...found.flat(), ...shellScripts(topLevel)]
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, OFFER_LIMIT);
}

async function pythonScripts(
  topLevel: readonly TreeEntry[],
  readText: ReadText,
): Promise<EntryPointCandidate[]> {
  const files = topLevel
    .filter(({ kind, path }) => kind === 'file' && path.endsWith('.py') && !NOT_A_JOB.test(path))
    // Well-known names are looked into even when there are too many files for all.
    .toSorted((a, b) => Number(PYTHON_NAMES.has(b.path)) - Number(PYTHON_NAMES.has(a.path)));
  const found = files.slice(0, LOOK_LIMIT).map(async ({ path }) => {
    const text = (await readText(path)) ?? '';
    return pythonScript(path, text, files.length === 1);
  });
  return (await Promise.all(found)).flat();
}

function pythonScript(path: string, text: string, only: boolean): EntryPointCandidate[] {
  const line = text.split(/\r?\n/).findIndex((each) => GUARD.test(each)) + 1;
  const byName = PYTHON_NAMES.get(path) ?? (only ? ONLY_SCRIPT : 0);
  const confidence = line ? Math.max(byName + GUARD_BONUS, GUARD_ALONE) : byName;
  if (confidence === 0) return [];
  const name = PYTHON_NAMES.has(path) ? `${path}: the usual name` : `${path}: the only Python file`;
  const evidence = line ? `${path}:${line} if __name__ == "__main__"` : name;
  const words = ['python', path];
  return [
    { words, evidence, confidence: rounded(confidence), file: path, line: Math.max(1, line) },
  ];
}

const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;

async function packages(
  topLevel: readonly TreeEntry[],
  readText: ReadText,
): Promise<EntryPointCandidate[]> {
  const folders = topLevel.filter(
    ({ kind, path }) => kind === 'directory' && /^[A-Za-z_]\w*$/.test(path),
  );
  const found = folders.slice(0, LOOK_LIMIT).map(async ({ path }) => {
    const main = `${path}/__main__.py`;
    if ((await readText(main)) === null) return [];
    const words = ['python', '-m', path];
    const evidence = `${main} is there`;
    return [{ words, evidence, confidence: PACKAGE, file: main, line: 1 }];
  });
  return (await Promise.all(found)).flat();
}

/** `[project.scripts]`: the project is not installed, so the function itself is called. */
async function projectScripts(
  topLevel: readonly TreeEntry[],
  readText: ReadText,
): Promise<EntryPointCandidate[]> {
  const file = topLevel.find(({ kind, path }) => kind === 'file' && path === 'pyproject.toml');
  const text = file ? await readText(file.path) : null;
  if (text === null) return [];
  const own = new Set(topLevel.map(({ path }) => path.replace(/\.py$/, '')));
  return Object.entries(scriptsOf(text)).flatMap(([name, target]) => {
    const [, module = '', call = ''] = TARGET.exec(String(target)) ?? [];
    if (!own.has(module.split('.')[0] ?? '')) return [];
    const [start = ''] = call.split('.');
    const code = `import sys; from ${module} import ${start}; sys.exit(${call}())`;
    const evidence = `pyproject.toml [project.scripts] ${name} = "${module}:${call}"`;
    const words = ['python', '-c', code];
    const line = lineOf(text, name);
    return [{ words, evidence, confidence: PROJECT_SCRIPT, file: 'pyproject.toml', line }];
  });
}

/** The line, from 1, that starts with a key. */
function lineOf(text: string, key: string): number {
  const line = text.split(/\r?\n/).findIndex((each) => {
    const start = each.trimStart().replace(/^["']/, '');
    return start.startsWith(key) && /^["']?\s*=/.test(start.slice(key.length));
  });
  return Math.max(1, line + 1);
}

function scriptsOf(text: string): object {
  try {
    const { project } = parse(text.replace(/^\uFEFF/, '')) as { project?: { scripts?: unknown } };
    const scripts = project?.scripts;
    return typeof scripts === 'object' && scripts !== null ? scripts : {};
  } catch {
    // A broken file gives no hint here; the environment plan tells what is wrong with it.
    return {};
  }
}

function shellScripts(topLevel: readonly TreeEntry[]): EntryPointCandidate[] {
  return topLevel.flatMap(({ kind, path, executable }) => {
    const confidence = SHELL_NAMES.get(path);
    if (kind !== 'file' || confidence === undefined) return [];
    const words = executable ? [`./${path}`] : ['bash', path];
    const note = executable ? 'and executable' : 'but not executable';
    const evidence = `${path}: the usual name, ${note}`;
    return [{ words, evidence, confidence, file: path, line: 1 }];
  });
}
