import { isRecord } from '../../../shared/is-record.ts';
import { parseToml, tableIn, tablesIn, textIn, type Table } from '../toml.ts';
import {
  brokenLock,
  checkFresh,
  lockedLines,
  normalName,
  reach,
  type Edge,
  type LockedLines,
  type LockedPackage,
} from './locked-package.ts';

export const UV_LOCK = 'uv.lock';
const PYPI = 'https://pypi.org/simple';
const LOCAL = ['virtual', 'editable', 'directory', 'path', 'workspace'];

/**
 * The packages of a `uv.lock` that the project itself needs (no groups, no extras), pinned.
 * `dependencies`: what pyproject.toml names, all of which the lock must hold.
 * @throws AppError `E_LOCK`
 */
export function uvRequirements(text: string, dependencies: readonly string[]): LockedLines {
  const document = parseToml(text, UV_LOCK, 'E_LOCK', 'Make it anew with "uv lock".');
  const packages = tablesIn(document, 'package');
  const byKey = new Map(packages.map((each) => [keyOf(each), each]));
  const project = rootOf(packages);
  if (!project) throw brokenLock(UV_LOCK, 'it does not hold the project itself');
  const edgesOf = (key: string): Edge[] => {
    const [id = '', extra] = key.split('[');
    const from = byKey.get(id);
    if (!from) return [];
    const optional = tableIn(from, 'optional-dependencies');
    const listed = extra ? tablesIn(optional, extra) : tablesIn(from, 'dependencies');
    return listed.flatMap((dependency) => edges(dependency, packages));
  };
  const roots = edgesOf(keyOf(project));
  const reached = reach(roots, edgesOf);
  const names = new Set(roots.map(({ to }) => byKey.get(to)).map((each) => each && nameIn(each)));
  checkFresh(UV_LOCK, dependencies, new Set([...names].filter((name) => name !== undefined)));
  return lockedLines(
    UV_LOCK,
    [...reached].flatMap(([key, marker]) => {
      const from = byKey.get(key);
      return from ? [{ from: lockedPackage(from), marker }] : [];
    }),
  );
}

const nameIn = (table: Table): string => normalName(textIn(table, 'name'));

/** Several versions of a package may be locked for different machines. */
const keyOf = (table: Table): string =>
  `${nameIn(table)} ${textIn(table, 'version')} ${JSON.stringify(table['source'] ?? null)}`;

/** The project stands in its lock file as the package of the folder itself. */
const rootOf = (packages: readonly Table[]): Table | undefined =>
  packages.find((each) => {
    const source = tableIn(each, 'source');
    return ['virtual', 'editable', 'directory'].some((kind) => textIn(source, kind) === '.');
  });

function edges(dependency: Table, packages: readonly Table[]): Edge[] {
  const name = nameIn(dependency);
  const marker = textIn(dependency, 'marker');
  const version = textIn(dependency, 'version');
  const source = dependency['source'];
  const found = packages.filter(
    (each) =>
      nameIn(each) === name &&
      (version === '' || textIn(each, 'version') === version) &&
      (!isRecord(source) || JSON.stringify(each['source']) === JSON.stringify(source)),
  );
  if (found.length === 0) throw brokenLock(UV_LOCK, `the package "${name}" is missing in it`);
  const extras = Array.isArray(dependency['extra']) ? dependency['extra'].map(String) : [];
  return found.flatMap((each) => {
    const key = keyOf(each);
    return [{ to: key, marker }, ...extras.map((extra) => ({ to: `${key}[${extra}`, marker }))];
  });
}

function lockedPackage(table: Table): LockedPackage {
  const source = tableIn(table, 'source');
  const registry = textIn(source, 'registry');
  const files = [tableIn(table, 'sdist'), ...tablesIn(table, 'wheels')];
  return {
    name: nameIn(table),
    version: textIn(table, 'version'),
    address: addressOf(source),
    hashes: files.map((file) => textIn(file, 'hash')).filter(Boolean),
    index: registry.replace(/\/$/, '') === PYPI || !/^https?:/.test(registry) ? '' : registry,
    local: LOCAL.some((kind) => kind in source),
  };
}

/** `https://host/x.git?rev=main&subdirectory=a#<commit>` as uv writes it, in pip's way. */
function addressOf(source: Table): string | null {
  const url = textIn(source, 'url');
  const git = textIn(source, 'git');
  if (git === '') return url === '' ? null : url;
  const [place = '', commit = ''] = git.split('#');
  const [address = '', query = ''] = place.split('?');
  const folder = new URLSearchParams(query).get('subdirectory');
  return `git+${address}@${commit}${folder ? `#subdirectory=${folder}` : ''}`;
}
