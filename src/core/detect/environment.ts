import { NO_ENVIRONMENT, type EnvironmentPlan } from '../../shared/domain/job.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError } from '../../shared/errors.ts';
import { frozenRequirements } from './frozen.ts';
import { POETRY_LOCK, poetryRequirements } from './locks/poetry-lock.ts';
import { UV_LOCK, uvRequirements } from './locks/uv-lock.ts';
import { parsePyproject, poetryDependencies, projectDependencies, PYPROJECT } from './pyproject.ts';
import { findPythonVersion } from './python-version.ts';
import type { ReadText } from './read-text.ts';
import { inlineRequirements } from './requirements.ts';
import type { Table } from './toml.ts';

const REQUIREMENTS = 'requirements.txt';
const FROZEN = 'requirements.frozen.txt';
const CONDA = ['environment.yml', 'environment.yaml', 'conda.yaml', 'conda.yml'];

type Dependencies = Omit<EnvironmentPlan, 'python'>;

/** Reads a whole file, or null when it is not there. */
type Reader = ReadText;

/**
 * How the environment of code is made; all paths are from the root of the build context. Dependencies
 * come from `requirements.txt`, else from `pyproject.toml` (pinned by `uv.lock`, else `poetry.lock`,
 * where there is one), else from `frozen`, the list of the run the code comes from, else nowhere. The
 * plan holds the text that is installed, includes put in.
 * @throws AppError `E_REQUIREMENTS`, `E_PYPROJECT`, `E_LOCK`, `E_CONDA`
 */
export async function planEnvironment(
  entries: readonly TreeEntry[],
  readText: ReadText,
  frozen: string | null = null,
): Promise<EnvironmentPlan> {
  const read = wholeReader(entries, readText);
  const conda = CONDA.find((path) => isThere(entries, path));
  const found = (await fromRequirements(read)) ?? (await fromPyproject(read)) ?? null;
  const plan = found?.dependencies ? found : (fromFrozen(frozen, found) ?? found);
  if (!plan && conda) throw noConda(conda);
  const { python, notes } = await pythonOf(read);
  const more = conda ? [`${conda} is not used: Conda environments are not supported.`] : [];
  const { notes: own, ...rest } = plan ?? NO_ENVIRONMENT;
  return { ...rest, python, notes: [...own, ...more, ...notes] };
}

async function fromRequirements(read: Reader): Promise<Dependencies | null> {
  if ((await read(REQUIREMENTS)) === null) return null;
  const requirements = await inlineRequirements(REQUIREMENTS, read);
  const dependencies = { kind: 'requirements', path: REQUIREMENTS } as const;
  return { dependencies, requirements, locked: false, notes: risksOf(requirements) };
}

/** Lines that take code from elsewhere than the package index, once each. */
function risksOf(requirements: string): string[] {
  const found = requirements.split(/\r?\n/).flatMap((line) => {
    const text = line.replace(/(?:^|\s)#.*$/, '').trim();
    if (/:\/\/[^/\s@]+:[^/\s@]+@/.test(text)) {
      return [
        `${REQUIREMENTS} has an address with a user name or password, which the image keeps.`,
      ];
    }
    const index = /^(?:--extra-index-url|--index-url|-i)[\s=]+(\S+)/.exec(text)?.[1];
    if (index !== undefined) return [`${REQUIREMENTS} takes packages from ${index}.`];
    const code = /^(?:-e\s+|--editable[\s=]+)?(?:[^;]*@\s*)?((?:git|hg|svn|bzr)\+\S+)/.exec(
      text,
    )?.[1];
    return code === undefined ? [] : [`${REQUIREMENTS} installs the code of ${code}.`];
  });
  return [...new Set(found)];
}

async function fromPyproject(read: Reader): Promise<Dependencies | null> {
  const text = await read(PYPROJECT);
  if (text === null) return null;
  const document = parsePyproject(text);
  const locked = await fromLock(read, document);
  if (locked) return locked;
  const listed = projectDependencies(document);
  if (!listed) return { ...NO_ENVIRONMENT, notes: [nothingNamed(document)] };
  return {
    dependencies: { kind: 'pyproject', path: PYPROJECT },
    requirements: listed.map((line) => `${line}\n`).join(''),
    locked: false,
    notes: [],
  };
}

const nothingNamed = (document: Table): string =>
  poetryDependencies(document).length > 0
    ? `${PYPROJECT} lists its dependencies for Poetry alone, and there is no ${POETRY_LOCK}: nothing of it is installed.`
    : `${PYPROJECT} names no dependencies.`;

async function fromLock(read: Reader, document: Table): Promise<Dependencies | null> {
  const uv = await read(UV_LOCK);
  const poetry = await read(POETRY_LOCK);
  if (uv !== null) {
    const lines = uvRequirements(uv, projectDependencies(document) ?? []);
    const both = poetry === null ? [] : [`${UV_LOCK} is used, and ${POETRY_LOCK} is not.`];
    return locked({ kind: 'uv-lock', path: UV_LOCK }, lines, both);
  }
  if (poetry === null) return null;
  const named = projectDependencies(document) ?? poetryDependencies(document);
  return locked({ kind: 'poetry-lock', path: POETRY_LOCK }, poetryRequirements(poetry, named), []);
}

const locked = (
  dependencies: NonNullable<EnvironmentPlan['dependencies']>,
  lines: { requirements: string; notes: string[] },
  notes: string[],
): Dependencies => ({
  dependencies,
  requirements: lines.requirements,
  locked: true,
  notes: [...lines.notes, ...notes],
});

function fromFrozen(frozen: string | null, found: Dependencies | null): Dependencies | null {
  if (frozen === null) return null;
  const { requirements, notes } = frozenRequirements(frozen);
  return {
    dependencies: { kind: 'frozen', path: FROZEN },
    requirements,
    // What was installed in the run is all there was.
    locked: true,
    notes: [...(found?.notes ?? []), ...notes],
  };
}

async function pythonOf(read: Reader) {
  const text = await read(PYPROJECT);
  return findPythonVersion({
    runtime: await read('runtime.txt'),
    pythonVersion: await read('.python-version'),
    pyproject: text === null ? null : { document: lenient(text), text },
  });
}

/** Beside a requirements.txt a broken pyproject.toml is not looked at: it does not name the dependencies. */
function lenient(text: string): Table {
  try {
    return parsePyproject(text);
  } catch {
    return {};
  }
}

const isThere = (entries: readonly TreeEntry[], path: string): boolean =>
  entries.some((entry) => entry.path === path && entry.kind !== 'directory');

/** Readers stop at a limit; half a list of dependencies must not pass for a whole one. */
function wholeReader(entries: readonly TreeEntry[], readText: ReadText): Reader {
  const sizes = new Map(entries.map((entry) => [entry.path, entry]));
  return async (path) => {
    const entry = sizes.get(path);
    if (!entry || entry.kind === 'directory') return null;
    const text = await readText(path);
    if (text === null && entry.kind === 'link') throw aLink(path);
    if (text === null || Buffer.byteLength(text) >= entry.size) return text;
    throw new AppError('E_REQUIREMENTS', `${path} is too long to be read as a whole.`, {
      next: 'List the direct dependencies only.',
    });
  };
}

const aLink = (path: string): AppError =>
  new AppError('E_REQUIREMENTS', `${path} is a link, which is not followed.`, {
    next: 'Put the file itself in its place.',
  });

const noConda = (file: string): AppError =>
  new AppError('E_CONDA', `${file} is for Conda, which is not supported.`, {
    next: 'Name the packages in a requirements.txt, build with a Dockerfile of your own (--dockerfile), or run an image (--docker-image).',
  });
