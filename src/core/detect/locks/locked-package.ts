import { AppError } from '../../../shared/errors.ts';

/** A package as a lock file pins it. */
export interface LockedPackage {
  /** Normalised. */
  name: string;
  version: string;
  /** What stands behind the name in place of `==version`: ` @ git+https://...`; null for an index. */
  address: string | null;
  /** `sha256:...`, one for each file of it. */
  hashes: string[];
  /** The index it comes from; empty for the usual one. */
  index: string;
  /** A folder of the computer: the code runs in its own folder, and nothing of it is installed. */
  local: boolean;
}

/** A dependency of one package on another. */
export interface Edge {
  to: string;
  marker: string;
}

/** The normal form of a project's name (PEP 503). */
export const normalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** The name at the start of a requirement line. */
export const nameOf = (requirement: string): string =>
  normalName(/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? '');

/** Reached whatever the machine is like. */
const ALWAYS = '';
/** Beyond this many ways with different markers a package counts as always needed. */
const WAYS_LIMIT = 24;

/**
 * What is reached from `roots`, with the marker under which it is: the way's markers joined by "and",
 * several ways by "or". Empty for always.
 */
export function reach(
  roots: readonly Edge[],
  edgesOf: (key: string) => readonly Edge[],
): Map<string, string> {
  const ways = new Map<string, Set<string>>();
  const waiting: Edge[] = [...roots];
  for (let edge = waiting.pop(); edge; edge = waiting.pop()) {
    const known = ways.get(edge.to) ?? new Set<string>();
    if (known.has(ALWAYS) || known.has(edge.marker)) continue;
    const marker = known.size >= WAYS_LIMIT ? ALWAYS : edge.marker;
    if (marker === ALWAYS) known.clear();
    ways.set(edge.to, known.add(marker));
    for (const next of edgesOf(edge.to)) {
      waiting.push({ to: next.to, marker: both(marker, next.marker) });
    }
  }
  return new Map([...ways].map(([key, markers]) => [key, anyOf([...markers].toSorted())]));
}

function both(a: string, b: string): string {
  if (a === ALWAYS || a === b) return b;
  if (b === ALWAYS || a.split(AND).includes(`(${b})`)) return a;
  return [...a.split(AND).map(wrapped), wrapped(b)].join(AND);
}

const AND = ' and ';

/** In brackets, unless it is in brackets as a whole. */
const wrapped = (marker: string): string =>
  /^\([^()]*\)$/.test(marker) || !/ (?:and|or) /.test(marker) ? marker : `(${marker})`;

const anyOf = (markers: readonly string[]): string =>
  markers.length === 1
    ? (markers[0] ?? ALWAYS)
    : markers.map((marker) => `(${marker})`).join(' or ');

/** Names and versions go into lines that pip reads: nothing else may come along. */
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const VERSION = /^[\w.!+]+$/;
const WORD = /^[\x21-\x7e]+$/;
const MARKER = /^[\x20-\x7e]*$/;
const HASH = /^sha(?:256|384|512):[0-9a-f]{64,128}$/;

export interface LockedLines {
  requirements: string;
  notes: string[];
}

/** Requirement lines for pip, one per package. Hashes are kept when every line has some, since pip wants all or none. */
export function lockedLines(
  file: string,
  wanted: readonly { from: LockedPackage; marker: string }[],
): LockedLines {
  const installed = wanted.filter(({ from }) => !from.local);
  for (const { from, marker } of installed) check(file, from, marker);
  const hashed = installed.every(({ from }) => from.hashes.length > 0 && !from.address);
  const lines = installed
    .toSorted((a, b) => (a.from.name < b.from.name ? -1 : 1))
    .map(({ from, marker }) => lineOf(from, marker, hashed));
  const indexes = [...new Set(installed.map(({ from }) => from.index).filter(Boolean))];
  const head = indexes.map((index) => `--extra-index-url ${index}`);
  return {
    requirements: [...head, ...lines].map((line) => `${line}\n`).join(''),
    notes: indexes.map((index) => `${file} takes packages from ${index} too.`),
  };
}

function lineOf(from: LockedPackage, marker: string, hashed: boolean): string {
  const what = from.address ? `${from.name} @ ${from.address}` : `${from.name}==${from.version}`;
  const hashes = hashed ? from.hashes.toSorted().map((hash) => ` --hash=${hash}`) : [];
  return `${what}${marker ? ` ; ${marker}` : ''}${hashes.join('')}`;
}

function check(file: string, from: LockedPackage, marker: string): void {
  const fine =
    NAME.test(from.name) &&
    (from.address ? WORD.test(from.address) : VERSION.test(from.version)) &&
    MARKER.test(marker) &&
    (from.index === '' || isPlainAddress(from.index)) &&
    from.hashes.every((hash) => HASH.test(hash));
  if (!fine)
    throw brokenLock(file, `the package ${JSON.stringify(from.name)} is not written as it must be`);
}

/** Credentials must not get into an image. */
const isPlainAddress = (text: string): boolean =>
  WORD.test(text) && /^https?:\/\/[^/@]+(?:\/|$)/.test(text);

export const brokenLock = (file: string, why: string): AppError =>
  new AppError('E_LOCK', `${file} cannot be used: ${why}.`, {
    next: `Make it anew (${file.startsWith('uv') ? 'uv lock' : 'poetry lock'}), or name the packages in a requirements.txt.`,
  });

/** @throws AppError `E_LOCK` when the project names a package that the lock file does not have */
export function checkFresh(
  file: string,
  dependencies: readonly string[],
  locked: ReadonlySet<string>,
): void {
  const missing = dependencies.find((line) => !locked.has(nameOf(line)));
  if (missing !== undefined) {
    throw brokenLock(file, `it is older than pyproject.toml, and does not hold "${missing}"`);
  }
}
