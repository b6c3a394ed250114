const REQUIREMENT = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*([^;]*)(;.*)?$/;
const EXACT = /^={2,3}\s*([^\s,*]+)$/;
/** pip's own options (`--hash=...`) behind a requirement, and comments. */
const BEHIND = /\s+(?:--?[A-Za-z]|#).*$/;

/**
 * Versions by package from the lines of a requirements file: `numpy==2.0` is `2.0`, `torch>=2` is `>=2`, and
 * a package without a version is "any". Names are as PEP 503 writes them. Other lines (addresses, options)
 * stand for themselves.
 */
export function packagesOf(requirements: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const each of requirements.split(/\r?\n/)) {
    const line = each
      .trim()
      .replace(BEHIND, '')
      .replace(/\s*\\$/, '');
    if (line === '' || line.startsWith('#') || line.startsWith('--hash')) continue;
    const [name, version] = packageOf(line);
    const have = found.get(name);
    found.set(name, have === undefined || have === version ? version : `${have}, ${version}`);
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function packageOf(line: string): [string, string] {
  const [, name, versions, marker = ''] = REQUIREMENT.exec(line) ?? [];
  if (name === undefined || (line.includes('://') && !line.includes('@'))) return [line, 'listed'];
  const version = versions?.trim() ?? '';
  const exact = EXACT.exec(version)?.[1];
  const shown = exact ?? (version === '' ? 'any' : version);
  return [
    name.toLowerCase().replaceAll(/[-_.]+/g, '-'),
    marker === '' ? shown : `${shown} ${marker}`,
  ];
}
