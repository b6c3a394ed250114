import { satisfies as versionSatisfies, validRange } from '@renovatebot/pep440';
import type { EnvironmentPlan } from '../../shared/domain/job.ts';
import { tableIn, textIn, type Table } from './toml.ts';

type Python = NonNullable<EnvironmentPlan['python']>;

/** Minor versions of Python that images are published for, newest first. */
export const KNOWN_PYTHONS: readonly string[] = [
  '3.14',
  '3.13',
  '3.12',
  '3.11',
  '3.10',
  '3.9',
  '3.8',
];

/** Taken from a range that holds it, as nearly every package has wheels for it; it is that of the usual base image. */
const PREFERRED = '3.11';

/** No Python had more patch releases than this. */
const PATCHES = Array.from({ length: 30 }, (_, patch) => patch);

/** Whether any release of a minor version (`3.11`) lies in a PEP 440 range. False for a range that is none. */
export const satisfies = (minor: string, range: string): boolean =>
  PATCHES.some((patch) => versionSatisfies(`${minor}.${patch}`, range));

export interface FoundPython {
  python: Python | null;
  notes: string[];
}

/** The texts that may name a version; null for what is not there. */
export interface PythonSources {
  runtime: string | null;
  pythonVersion: string | null;
  pyproject: { document: Table; text: string } | null;
}

/**
 * The Python version that the code asks for: `runtime.txt` (`python-3.11.2` or `3.11`), else
 * `.python-version`, else `requires-python`, else Poetry's `python`. The first that names one holds.
 */
export function findPythonVersion(sources: PythonSources): FoundPython {
  const notes: string[] = [];
  const files = [
    ['runtime.txt', sources.runtime],
    ['.python-version', sources.pythonVersion],
  ] as const;
  for (const [file, text] of files) {
    const line = text === null ? null : firstLine(text);
    if (!line) continue;
    const version = minorOf(line.text);
    const where = `${file}:${line.number}`;
    if (version) return { python: { version, evidence: `${where} ${line.text}` }, notes };
    notes.push(
      `${where} "${line.text.slice(0, 80)}" names no Python 3 version, and is passed over.`,
    );
  }
  const ranged = sources.pyproject && fromPyproject(sources.pyproject);
  return { python: ranged?.python ?? null, notes: [...notes, ...(ranged?.notes ?? [])] };
}

function firstLine(text: string): { text: string; number: number } | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const index = lines.findIndex((line) => /^\s*[^#\s]/.test(line));
  return index < 0 ? null : { text: (lines[index] ?? '').trim(), number: index + 1 };
}

/** `3.11` of `python-3.11.2`, `CPython 3.11`, `3.11.2` and the like. */
const minorOf = (text: string): string | null =>
  /^(?:c?python[- ])?(3\.\d{1,2})(?:\.\d+)?(?:-dev)?$/i.exec(text)?.[1] ?? null;

function fromPyproject({ document, text }: { document: Table; text: string }): FoundPython {
  const poetry = tableIn(tableIn(tableIn(document, 'tool'), 'poetry'), 'dependencies');
  const [key, written] = textIn(tableIn(document, 'project'), 'requires-python')
    ? ['requires-python', textIn(tableIn(document, 'project'), 'requires-python')]
    : ['python', textIn(poetry, 'python')];
  if (!written) return { python: null, notes: [] };
  const where = `pyproject.toml:${lineOf(text, key)}`;
  const requires = key === 'python' ? fromPoetry(written) : written;
  const version = chooseFrom(requires);
  const evidence = `${where} ${key} = "${written}"`;
  if (version) return { python: { version, evidence, requires }, notes: [] };
  return {
    python: null,
    notes: [`${evidence} holds none of Python ${KNOWN_PYTHONS.at(-1)} to ${KNOWN_PYTHONS[0]}.`],
  };
}

function chooseFrom(range: string): string | null {
  if (!validRange(range)) return null;
  const fitting = KNOWN_PYTHONS.filter((version) => satisfies(version, range));
  return fitting.find((version) => version === PREFERRED) ?? fitting[0] ?? null;
}

const lineOf = (text: string, key: string): number =>
  text.split('\n').findIndex((line) => new RegExp(`^\\s*["']?${key}["']?\\s*=`).test(line)) + 1;

/** Poetry's `^3.10` and `~3.10` in PEP 440's words; others are the same in both. */
const fromPoetry = (range: string): string =>
  range
    .split(',')
    .map((part) => part.trim())
    .map((part) => {
      const [, sign, major = '3', minor = '0'] = /^([~^])\s*(\d+)(?:\.(\d+))?/.exec(part) ?? [];
      if (sign === undefined || part.startsWith('~=')) return /^\d/.test(part) ? `==${part}` : part;
      const from = part.replace(/^[~^]\s*/, '>=');
      return sign === '^'
        ? `${from},<${Number(major) + 1}`
        : `${from},<${major}.${Number(minor) + 1}`;
    })
    .join(',');
