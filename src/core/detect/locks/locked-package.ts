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

/** Markers that must all hold, in order; none for always. */
type Way = readonly string[];

/** Beyond this many ways with different markers a package counts as always needed. */
const WAYS_LIMIT = 24;

/**
 * What is reached from `roots`, with the marker under which it is: those of a way joined by "and",
 * several ways by "or". Empty for always.
 */
export function reach(
  roots: readonly Edge[],
  edgesOf: (key: string) => readonly Edge[],
): Map<string, string> {
  const reached = new Map<string, Way[]>();
  const waiting = roots.map((edge) => ({ edge, before: [] as Way }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { to } = next.edge;
    const known = reached.get(to) ?? [];
    const way = known.length < WAYS_LIMIT ? extended(next.before, next.edge.marker) : [];
    if (known.some((other) => isWithin(other, way))) continue;
    reached.set(to, [...known.filter((other) => !isWithin(way, other)), way]);
    waiting.push(...edgesOf(to).map((edge) => ({ edge, before: way })));
  }
  return new Map([...reached].map(([key, ways]) => [key, markerOf(ways)]));
}

const extended = (way: Way, marker: string): Way =>
  marker === '' || way.includes(marker) ? way : [...way, marker].toSorted();

const isWithin = (inner: Way, outer: Way): boolean =>
  inner.every((marker) => outer.includes(marker));

function markerOf(ways: readonly Way[]): string {
  const texts = ways
    .map((way) => way.map((marker) => (way.length > 1 ? wrapped(marker) : marker)).join(' and '))
    .toSorted();
  return texts.length > 1 ? texts.map(wrapped).join(' or ') : (texts[0] ?? '');
}

const wrapped = (marker: string): string => (/ (?:and|or) /.test(marker) ? `(${marker})` : marker);

/** Names and versions go into lines that pip reads: nothing else may come along. */
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const VERSION = /^[\w.!+]+$/;
const WORD = /^[\x21-\x7e]+$/;
const MARKER = /^(?!.*\s--)[\x20-\x7e]*$/;
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
    .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
    .map(({ from, marker }) => lineOf(from, marker, hashed));
  const indexes = [...new Set(installed.map(({ from }) => from.index).filter(Boolean))];
  const head = indexes.map((index) => `--extra-index-url ${index}`);
  return {
    requirements: [...head, ...lines].map((line) => `${line}\n`).join(''),
    notes: indexes.map((index) => `${file} takes packages from ${index} too.`),
  };
}

const sortKey = ({ from }: { from: LockedPackage }): string => `${from.name} ${from.version}`;

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
