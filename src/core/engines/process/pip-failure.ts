import { AppError } from '../../../shared/errors.ts';

/** Ways pip names the requirement it stumbled over; the first group is a name or requirement. */
const CULPRITS = [
  /No matching distribution found for ([^\s(]+)/,
  /Could not find a version that satisfies the requirement ([^\s(]+)/,
  /Invalid requirement: ['"]([^'"]+)['"]/,
  /Failed (?:building wheel for|to build) ([\w.-]+)/,
  /Cannot install (?:-r \S+ \(line \d+\) and )?([\w.-]+)/,
];
const LINE = /\(from (?:-r )?(?:line (\d+) of )?\S+(?: \(line (\d+)\))?\)/;

const UNREACHABLE =
  /NewConnectionError|ConnectTimeout|ReadTimeout|Name or service not known|name resolution|Connection refused|ProxyError|SSLError/;

const nameOf = (requirement: string): string =>
  (/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? '').toLowerCase().replace(/[-_.]+/g, '-');

/** The line of `requirements` (from 1) that pip's output complains about, if it can be told. */
export function failedLine(output: string, requirements: string): number | null {
  const lines = requirements.split(/\r?\n/);
  for (const complaint of output.split('\n')) {
    const culprit = CULPRITS.map((pattern) => pattern.exec(complaint)?.[1]).find(Boolean);
    const name = nameOf(culprit ?? '');
    const index = name ? lines.findIndex((line) => nameOf(line) === name) : -1;
    if (index >= 0) return index + 1;
  }
  const told = LINE.exec(output);
  const number = Number(told?.[1] ?? told?.[2]);
  return number >= 1 && number <= lines.length ? number : null;
}

/** Puts a failed installation into words. `output` is the end of what pip said. */
export function pipFailure(output: string, requirements: string): AppError {
  // Which line it was says nothing: another one would have met it as well.
  if (saysFull(output)) return noRoom(output);
  const number = failedLine(output, requirements);
  const line = number === null ? null : requirements.split(/\r?\n/)[number - 1]?.trim();
  return new AppError(
    'E_BUILD',
    line
      ? `Line ${number} of the requirements could not be installed: ${line}`
      : 'The requirements could not be installed.',
    { next: adviceFor(output), detail: output.trim() },
  );
}

/** Whether a tool says that it found no room. */
export const saysFull = (output: string): boolean =>
  /No space left on device|Disk quota exceeded|\[Errno 28\]/i.test(output);

/** There was no room for a virtual environment. `output` is the end of what a tool said. */
export const noRoom = (output: string): AppError =>
  new AppError('E_DISK_FULL', 'The disk is full: there is no room for the virtual environment.', {
    next: 'Free some space and launch again.',
    detail: output.trim(),
  });

function adviceFor(text: string): string {
  if (UNREACHABLE.test(text)) {
    return 'The package index could not be reached: check the network, or set another index in the settings.';
  }
  if (/No matching distribution|Could not find a version/.test(text)) {
    return 'Check the name and version, and that the package index of the settings has it for this Python.';
  }
  return 'Read the output of the step "Install requirements", mend the line, and launch again.';
}
