const HEAD = /^([A-Za-z0-9][\w.-]*)\s*(?:\[([\w.,\s-]*)\])?\s*/;
const VERSION = /^(?:===|[~=!<>]=|[<>])\s*[\w.*+!-]+$/;
const VARIABLE = String.raw`(?:python_(?:full_)?version|python_implementation|os[._]name|sys[._]platform|platform[._]\w+|implementation_(?:name|version)|extras?|dependency_groups)`;
const OPERATOR = String.raw`\s*(?:===|[~=!<>]=|[<>]|\bnot\s+in\b|\bin\b)\s*`;
const QUOTED = String.raw`(?:"[^"]*"|'[^']*')`;
const COMPARISON = new RegExp(
  `(?:${VARIABLE}${OPERATOR}${QUOTED}|${QUOTED}${OPERATOR}(?:${VARIABLE}))`,
  'g',
);
const ADDRESS = /^(?:[a-z+]+:\/\/|(?:git|hg|svn|bzr)\+)\S/i;

/**
 * Whether a text can be a requirement: a name with extras, versions or an address, and a marker
 * (https://packaging.python.org/en/latest/specifications/dependency-specifiers/). Whether the
 * versions exist or make sense is left to pip.
 */
export function isRequirement(text: string): boolean {
  const head = HEAD.exec(text);
  if (!head || /[._-]$/.test(head[1] ?? '')) return false;
  const rest = text.slice(head[0].length);
  if (rest.startsWith('@')) return isAddress(rest.slice(1).trim());
  const end = rest.indexOf(';');
  const versions = end < 0 ? rest : rest.slice(0, end);
  return areVersions(versions) && (end < 0 || isMarker(rest.slice(end + 1)));
}

/** Whether a line of a requirements file, without its comment, can be one that pip takes. */
export function isRequirementLine(line: string): boolean {
  if (line === '' || line.startsWith('-') || ADDRESS.test(line)) return true;
  // What pip takes from the environment is not known here.
  if (/\$\{[A-Z0-9_]+\}/.test(line)) return true;
  return isRequirement(line.replace(/\s--?[A-Za-z].*$/s, '').trim());
}

/** An address ends at a blank; what follows may only be a marker. */
function isAddress(text: string): boolean {
  const [, address = '', rest = ''] = /^(\S+)(.*)$/s.exec(text) ?? [];
  const marker = rest.trim();
  return address !== '' && (marker === '' || (marker.startsWith(';') && isMarker(marker.slice(1))));
}

function areVersions(text: string): boolean {
  const trimmed = text.trim();
  const bare = trimmed.startsWith('(') && trimmed.endsWith(')') ? trimmed.slice(1, -1) : trimmed;
  const parts = bare.split(',').map((part) => part.trim());
  // A comma at the end is let through, as pip does.
  if (parts.at(-1) === '') parts.pop();
  return parts.every((part) => VERSION.test(part));
}

/** Comparisons joined by `and` and `or`. */
const isMarker = (text: string): boolean => {
  const joined = text.replace(COMPARISON, '\u0001').replace(/[()]/g, ' ').trim();
  return /^\u0001(?:\s*(?:and|or)\s*\u0001)*$/.test(joined);
};
