import { posix } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { ReadText } from './read-text.ts';
import { isRequirementLine } from './requirement-syntax.ts';

const INCLUDE = /^(?:-r|--requirement)(?:\s*=\s*|\s+|(?<=-r))(.+)$/;
const CONSTRAINT = /^(?:-c|--constraint)(?:[\s=]|(?<=-c)\S)/;
const EDITABLE = /^(?:-e|--editable)(?:\s*=\s*|\s+|(?<=-e))(.+)$/;
const FIND_LINKS = /^(?:-f|--find-links)(?:\s*=\s*|\s+|(?<=-f))(.+)$/;
const REMOTE = /^(?:[a-z]+\+)?(?:https?|ssh|git):\/\//i;
const LOCAL_PATH = /^(?:\.{1,2}(?:[\\/[]|$)|[/~\\]|[a-z]:[\\/])/i;
const LOCAL_URL = /(?:^|[@\s+])file:/i;

/**
 * The requirement lines of a file with its includes put in place, as pip would read them. A file
 * that is included twice counts once. Refuses what reaches outside the code or is not there when
 * the environment is made, which has the lines alone and not the code.
 */
export async function inlineRequirements(path: string, readText: ReadText): Promise<string> {
  const done = new Set<string>();

  const inline = async (
    file: string,
    from: string,
    chain: readonly string[],
  ): Promise<string[]> => {
    if (chain.includes(file))
      throw refused(from, `includes ${file}, which includes it again`, LOOP);
    if (done.has(file)) return [];
    const text = await readText(file);
    if (text === null) throw refused(from, `includes ${file}, which is not there`, THERE);
    checkText(text, file);
    const lines: string[] = [];
    for (const { text: line, number } of logicalLines(text)) {
      const where = `${file}:${number}`;
      const target = includeOf(line, file, where);
      if (target === null) lines.push(checkLine(line, where));
      else lines.push(...(await inline(target, where, [...chain, file])));
    }
    done.add(file);
    return lines;
  };

  return (await inline(path, path, [])).join('\n');
}

const SHOWN = 100;
const WRITE = 'Write a name and, if you like, versions, such as "numpy>=1.26".';
const LOOP = 'Remove one of the two includes.';
const THERE = 'Check the name, and that no rule leaves the file out of the snapshot.';
const OUTSIDE = 'Copy the file into the folder, or write its lines here.';
const CODE_IS_THERE =
  'Leave the line out: the code runs in its own folder and can be imported from there. Name what it needs in lines of their own, or give an https address.';

function refused(where: string, what: string, next: string): AppError {
  return new AppError('E_REQUIREMENTS', `${where} ${what}.`, { next });
}

function checkText(text: string, file: string): void {
  const nul = text.indexOf('\0');
  // The marks of UTF-16 are no UTF-8, and read as replacement characters.
  if (nul < 0 && !text.startsWith('\uFFFD\uFFFD')) return;
  const line = text.slice(0, Math.max(nul, 0)).split('\n').length;
  throw refused(`${file}:${line}`, 'is not plain text (UTF-8)', 'Save the file as UTF-8.');
}

/** Lines as pip joins them: a backslash at the end continues, except in a comment. */
function logicalLines(text: string): { text: string; number: number }[] {
  const lines: { text: string; number: number }[] = [];
  let open: { text: string; number: number } | null = null;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line: { text: string; number: number } = open ?? { text: '', number: index + 1 };
    const continues = raw.endsWith('\\') && !/^\s*#/.test(raw);
    line.text += continues ? raw.slice(0, -1) : raw;
    open = continues ? line : null;
    if (!continues) lines.push(line);
  }
  return open ? [...lines, open] : lines;
}

/** What of a line counts for pip: without its comment. */
const meaning = (line: string): string => line.replace(/(?:^|\s)#.*$/, '').trim();

/** The file a line includes, from the root; null when it includes none. */
function includeOf(line: string, file: string, where: string): string | null {
  const found = INCLUDE.exec(meaning(line))?.[1];
  if (found === undefined) return null;
  const name = found.trim().replace(/^(['"])(.*)\1$/, '$2');
  const target = posix.normalize(posix.join(posix.dirname(file), name));
  const outside = name.startsWith('/') || target.startsWith('../') || /^[a-z]+:/i.test(name);
  if (outside) throw refused(where, `includes ${name}, which is outside the folder`, OUTSIDE);
  return target;
}

function checkLine(line: string, where: string): string {
  const text = meaning(line);
  if (CONSTRAINT.test(text)) {
    throw refused(
      where,
      'names a file of constraints',
      'Write the versions into the lines themselves.',
    );
  }
  refuseLocal(text, where);
  if (!isRequirementLine(text)) {
    throw refused(where, `is no requirement: ${text.slice(0, SHOWN)}`, WRITE);
  }
  return line;
}

/** Refuses a requirement that is a file or folder of the computer. `where` names its line. */
export function refuseLocal(requirement: string, where: string): void {
  const editable = EDITABLE.exec(requirement)?.[1];
  const links = FIND_LINKS.exec(requirement)?.[1];
  const local =
    editable !== undefined || links !== undefined
      ? !REMOTE.test(editable ?? links ?? '')
      : !requirement.startsWith('-') && isLocal(requirement);
  if (local)
    throw refused(where, `installs from a local path: ${requirement.trim()}`, CODE_IS_THERE);
}

function isLocal(requirement: string): boolean {
  const text = requirement.split(/\s*;|\s+--/)[0]?.trim() ?? '';
  if (LOCAL_PATH.test(text) || LOCAL_URL.test(text)) return true;
  if (text.includes('@') || REMOTE.test(text)) return false;
  // A name holds no slash, and pip takes a bare archive name for a file.
  return /[\\/]/.test(text) || /\.(?:whl|zip|tar\.(?:gz|bz2|xz)|tgz)$/i.test(text);
}
