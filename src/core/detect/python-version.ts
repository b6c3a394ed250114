import { satisfies as versionSatisfies } from '@renovatebot/pep440';

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

/** No Python had more patch releases than this. */
const PATCHES = Array.from({ length: 30 }, (_, patch) => patch);

/** Whether any release of a minor version (`3.11`) lies in a PEP 440 range. False for a range that is none. */
export const satisfies = (minor: string, range: string): boolean =>
  PATCHES.some((patch) => versionSatisfies(`${minor}.${patch}`, range));
