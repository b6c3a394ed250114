import { parse, TomlError } from 'smol-toml';
import type { EnvironmentPlan } from '../../shared/domain/job.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError } from '../../shared/errors.ts';
import type { ReadText } from './read-text.ts';
import { inlineRequirements, refuseLocal } from './requirements.ts';

const REQUIREMENTS = 'requirements.txt';
const PYPROJECT = 'pyproject.toml';

/**
 * Where the dependencies come from: `requirements.txt` at the root, else the dependencies of
 * `pyproject.toml`, else nowhere. The plan holds the text that is installed, includes put in.
 */
export async function planEnvironment(
  entries: readonly TreeEntry[],
  readText: ReadText,
): Promise<EnvironmentPlan> {
  const has = (path: string) => entries.find((entry) => entry.path === path && isReadable(entry));
  if (has(REQUIREMENTS)) {
    const requirements = await inlineRequirements(REQUIREMENTS, wholeReader(entries, readText));
    return { ...NOTHING, dependencies: { kind: 'requirements', path: REQUIREMENTS }, requirements };
  }
  const text = has(PYPROJECT) ? await wholeReader(entries, readText)(PYPROJECT) : null;
  const listed = text === null ? null : projectDependencies(text);
  if (!listed) return NOTHING;
  return {
    ...NOTHING,
    dependencies: { kind: 'pyproject', path: PYPROJECT },
    requirements: listed.map((line) => `${line}\n`).join(''),
  };
}

const NOTHING: EnvironmentPlan = {
  dependencies: null,
  requirements: '',
  locked: false,
  python: null,
  notes: [],
};

const isReadable = (entry: TreeEntry): boolean => entry.kind !== 'directory';

/** Readers stop at a limit; half a list of dependencies must not pass for a whole one. */
function wholeReader(entries: readonly TreeEntry[], readText: ReadText): ReadText {
  const sizes = new Map(entries.map((entry) => [entry.path, entry.size]));
  return async (path) => {
    const text = await readText(path);
    if (text === null || Buffer.byteLength(text) >= (sizes.get(path) ?? 0)) return text;
    throw new AppError('E_REQUIREMENTS', `${path} is too long to be read as a whole.`, {
      next: 'List the direct dependencies only.',
    });
  };
}

/** `[project].dependencies`, or null when the project names none. */
function projectDependencies(text: string): string[] | null {
  const document = parseToml(text);
  const { project } = document;
  if (!isTable(project)) return null;
  const { dependencies, dynamic } = project;
  if (dependencies === undefined) {
    if (Array.isArray(dynamic) && dynamic.includes('dependencies')) throw dynamicDependencies();
    return null;
  }
  if (!Array.isArray(dependencies)) throw notAList();
  return dependencies.map((line, index) => {
    if (typeof line !== 'string' || /[\n\r\0]/.test(line) || /^\s*-/.test(line)) throw notAList();
    refuseLocal(line, `${PYPROJECT} (dependency ${index + 1})`);
    return line.trim();
  });
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseToml(text: string): Record<string, unknown> {
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const where = `line ${error.line}, column ${error.column}`;
    throw new AppError('E_PYPROJECT', `${PYPROJECT} is not valid TOML at ${where}.`, {
      next: 'Mend that line, or name the dependencies in a requirements.txt.',
      detail: error.message,
      cause: error,
    });
  }
}

const notAList = (): AppError =>
  new AppError('E_PYPROJECT', `[project].dependencies of ${PYPROJECT} is not a list of names.`, {
    next: 'Write each dependency as one string, such as "numpy>=1.26".',
  });

const dynamicDependencies = (): AppError =>
  new AppError('E_PYPROJECT', `${PYPROJECT} leaves its dependencies to the build ("dynamic").`, {
    next: 'Name them in a requirements.txt at the top of the folder.',
  });
