import { isRecord } from '../../../shared/is-record.ts';
import { parseToml, tableIn, tablesIn, textIn, type Table } from '../toml.ts';
import {
  brokenLock,
  checkFresh,
  lockedLines,
  nameOf,
  normalName,
  reach,
  type Edge,
  type LockedLines,
  type LockedPackage,
} from './locked-package.ts';

export const POETRY_LOCK = 'poetry.lock';
const MAIN = 'main';

/**
 * The packages of a `poetry.lock` that belong to the main group, pinned. Lock files of Poetry 2 say
 * so themselves; in those of Poetry 1 what `dependencies` (names or requirement lines) leads to.
 * @throws AppError `E_LOCK`
 */
export function poetryRequirements(text: string, dependencies: readonly string[]): LockedLines {
  const document = parseToml(text, POETRY_LOCK, 'E_LOCK', 'Make it anew with "poetry lock".');
  const packages = tablesIn(document, 'package');
  checkFresh(POETRY_LOCK, dependencies, new Set(packages.map(nameIn)));
  const grouped = packages.some((each) => Array.isArray(each['groups']));
  const wanted = grouped ? ofMainGroup(packages) : reached(packages, dependencies);
  return lockedLines(POETRY_LOCK, wanted);
}

interface Wanted {
  from: LockedPackage;
  marker: string;
}

const nameIn = (table: Table): string => normalName(textIn(table, 'name'));

const ofMainGroup = (packages: readonly Table[]): Wanted[] =>
  packages
    .filter(({ groups, optional }) => Array.isArray(groups) && groups.includes(MAIN) && !optional)
    .map((each) => ({ from: lockedPackage(each), marker: mainMarker(each['markers']) }));

/** One marker for all groups, or one for each. */
function mainMarker(markers: unknown): string {
  if (typeof markers === 'string') return markers;
  return isRecord(markers) ? textIn(markers, MAIN) : '';
}

function reached(packages: readonly Table[], dependencies: readonly string[]): Wanted[] {
  const byName = new Map(packages.map((each) => [nameIn(each), each]));
  const edgesOf = (name: string): Edge[] => {
    const from = byName.get(name);
    if (!from) return [];
    return Object.entries(tableIn(from, 'dependencies')).flatMap(([to, how]) => edge(to, how));
  };
  const roots = dependencies.map((line) => ({ to: nameOf(line), marker: markerOf(line) }));
  return [...reach(roots, edgesOf)].flatMap(([name, marker]) => {
    const from = byName.get(name);
    if (!from) throw brokenLock(POETRY_LOCK, `the package "${name}" is missing in it`);
    return [{ from: lockedPackage(from), marker }];
  });
}

const markerOf = (line: string): string => /;\s*(.+)$/.exec(line)?.[1]?.trim() ?? '';

/** A version, a table of it, or several such tables; optional ones belong to extras. */
function edge(name: string, how: unknown): Edge[] {
  const all = Array.isArray(how) ? how : [how];
  return all.flatMap((each) => {
    if (isRecord(each) && each['optional'] === true) return [];
    return [{ to: normalName(name), marker: isRecord(each) ? textIn(each, 'markers') : '' }];
  });
}

function lockedPackage(table: Table): LockedPackage {
  const source = tableIn(table, 'source');
  const type = textIn(source, 'type');
  return {
    name: nameIn(table),
    version: textIn(table, 'version'),
    address: addressOf(type, source),
    hashes: tablesIn(table, 'files')
      .map((file) => textIn(file, 'hash'))
      .filter(Boolean),
    index: type === 'legacy' ? textIn(source, 'url') : '',
    local: type === 'directory' || type === 'file',
  };
}

function addressOf(type: string, source: Table): string | null {
  const url = textIn(source, 'url');
  if (type === 'url') return url;
  if (type !== 'git') return null;
  const folder = textIn(source, 'subdirectory');
  return `git+${url}@${textIn(source, 'resolved_reference')}${folder ? `#subdirectory=${folder}` : ''}`;
}
