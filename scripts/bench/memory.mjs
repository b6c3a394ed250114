/** Memory of an app with all its processes, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Bytes of a process and all that came from it: what is theirs alone, and their share of what they have
 * in common (PSS). Processes that end meanwhile count nothing.
 * @param {number} pid
 */
export function memoryOf(pid) {
  const parents = new Map(processes().map((each) => [each, parentOf(each)]));
  const isOurs = (each) => each === pid || (each > 1 && isOurs(parents.get(each) ?? 0));
  return [...parents.keys()].filter(isOurs).reduce((sum, each) => sum + pssOf(each), 0);
}

const processes = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** The fourth field; the second is a name in brackets that may hold anything. */
const parentOf = (pid) =>
  Number(read(`/proc/${pid}/stat`).split(')').at(-1).trim().split(' ')[1] ?? 0);

const pssOf = (pid) =>
  1024 * Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
