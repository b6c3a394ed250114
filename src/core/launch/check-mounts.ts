import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import { isAbsolute, posix, relative } from 'node:path';
import type { LaunchProblem, Mount } from '../../shared/domain/launch-spec.ts';
import { CODE_FOLDER, HOME_FOLDER } from '../build/dockerfile.ts';
import { Findings } from '../delivery/findings.ts';

export interface MountRules {
  /** Folders that the person allowed runs to use, with all that is in them. */
  granted: readonly string[];
  /** What no run may reach, whatever is granted. */
  forbidden: readonly Forbidden[];
}

export interface Forbidden {
  path: string;
  /** How to call it: "the home folder". */
  name: string;
  /** Whether what is in it is forbidden as well. */
  inside: boolean;
}

/** What a container gets from Slipway or its engine, and what it could not start without. */
const OWN_TARGETS = ['/proc', '/sys', '/dev', '/run/slipway'];

/** What would be hidden as a whole; a mount somewhere within is fine. */
const HIDING_TARGETS: Readonly<Record<string, string>> = {
  '/etc/': 'it belongs to the system',
  [`${HOME_FOLDER}/`]: 'the code is in it',
  [`${CODE_FOLDER}/`]: 'the code is there',
};

/**
 * What is wrong with mounts as the disk is now: so it is asked when a launch is planned, and again
 * right before a container is made. Paths are compared with links followed, and by device and inode.
 */
export function checkMounts(mounts: readonly Mount[], rules: MountRules): LaunchProblem[] {
  const findings = new Findings();
  const taken = new Set<string>();
  mounts.forEach(({ source, target }, index) => {
    const path = `settings.mounts.${index}`;
    const wrong = targetFault(target, taken) ?? sourceFault(source, rules);
    if (wrong !== null) findings.problem('E_MOUNT', path, wrong.message, wrong.next);
    taken.add(posix.normalize(`${target}/`));
  });
  return findings.problems;
}

interface Fault {
  message: string;
  next: string;
}

// oxlint-disable-next-line no-control-regex -- what no path of a person holds
const ODD = /[\x00-\x1f]/;

function targetFault(target: string, taken: ReadonlySet<string>): Fault | null {
  const plain = posix.normalize(`${target}/`);
  const next = 'Give an absolute path of the container, such as /data.';
  const say = (what: string): Fault => ({
    message: `Nothing can be mounted at ${JSON.stringify(target)}: ${what}.`,
    next,
  });
  if (!target.startsWith('/') || ODD.test(target) || !target.isWellFormed())
    return say('it is no absolute path');
  if (target.split('/').includes('..')) return say('it holds ".."');
  if (plain === '/') return say('it is the whole container');
  if (OWN_TARGETS.some((own) => plain.startsWith(`${own}/`)))
    return say('it belongs to the system');
  const hidden = HIDING_TARGETS[plain];
  if (hidden !== undefined) return say(hidden);
  return taken.has(plain) ? say('something else is mounted there') : null;
}

function sourceFault(source: string, rules: MountRules): Fault | null {
  const refuse = (what: string, next: string): Fault => ({
    message: `${JSON.stringify(source)} cannot be mounted: ${what}.`,
    next,
  });
  if (/\$\{\w+\}/.test(source))
    return refuse('macros are not replaced in it', 'Write the folder out.');
  if (!isAbsolute(source) || ODD.test(source)) {
    return refuse('it is no absolute path', 'Give the whole path of a folder of this machine.');
  }
  const found = look(source);
  if (!found) return refuse('it is not there', 'Check the path.');
  if (!found.stats.isDirectory() && !found.stats.isFile()) {
    return refuse('it is neither a folder nor a file', 'Mount a folder.');
  }
  const hidden = rules.forbidden.find((each) => exposes(found, each));
  if (hidden)
    return refuse(
      `a program in it would reach ${hidden.name}`,
      'Mount a folder that holds only what the run needs.',
    );
  if (rules.granted.some((folder) => isWithin(found.path, look(folder)?.path))) return null;
  return refuse('it is in no folder that runs may use', 'Allow runs to use it first.');
}

interface Found {
  /** With links followed. */
  path: string;
  stats: BigIntStats;
}

function look(path: string): Found | null {
  try {
    const real = realpathSync(path);
    return { path: real, stats: statSync(real, { bigint: true }) };
  } catch {
    return null;
  }
}

const isWithin = (path: string, folder: string | undefined): boolean => {
  if (folder === undefined) return false;
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
};

/** Whether it is what is forbidden (also by another path), holds it, or is in it. */
function exposes(found: Found, forbidden: Forbidden): boolean {
  const other = look(forbidden.path);
  if (!other) return false;
  if (forbidden.inside && isWithin(found.path, other.path)) return true;
  const { dev, ino } = found.stats;
  return (dev === other.stats.dev && ino === other.stats.ino) || isWithin(other.path, found.path);
}
