import { parseImageReference } from '../build/image-reference.ts';
import { remoteProblem } from './git-remote.ts';
import type { CodeEntry, TrackedRun } from './tracked-run.ts';

/** What a job made from a run would run, and with which arguments the run was started. */
export type RunSource =
  | { kind: 'git'; remote: string; commit: string; patch: Buffer | null; entryPoint: string[] }
  | { kind: 'code'; artifactName: string; entries: CodeEntry[]; entryPoint: string[] }
  | { kind: 'image'; reference: string };

/** Why a run makes no job, in a sentence. */
export interface NoSource {
  kind: 'none';
  why: string;
}

/** A usable source, or why it is none; null when the run recorded nothing of the kind. */
type Found = RunSource | string | null;

const KINDS = {
  repo: gitSource,
  artifact: codeSource,
  image: imageSource,
} as const satisfies Record<string, (run: TrackedRun) => Found>;

const PATH_LIMIT = 1024;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const CONTROL = /[\0-\x1f\x7f\u2028-\u202e\u2066-\u2069]/;

/**
 * The source of the job that a run makes, by W&B's rule (`_get_source_type` of its job builder): what
 * the run's `job_source` says, else the git remote and commit, else the code it logged, else the image
 * it ran in. What was recorded is checked by its grammar; nothing is reached or run. A source that
 * cannot be used gives way to the next. The entry point is `python` and the program; the arguments
 * stay in the run's environment.
 */
export function sourceOf(run: TrackedRun): RunSource | NoSource {
  if (run.fromJob !== null) return none(`The run was started from a job (${run.fromJob}).`);
  const reasons: string[] = [];
  for (const kind of kindsOf(run)) {
    const found = kind(run);
    if (typeof found === 'string') reasons.push(found);
    else if (found) return found;
  }
  return none(reasons.join(' ') || 'The run recorded no git commit, no code and no image.');
}

const none = (why: string): NoSource => ({ kind: 'none', why });

function kindsOf({ jobSource }: TrackedRun): ((run: TrackedRun) => Found)[] {
  const asked = jobSource !== null && Object.hasOwn(KINDS, jobSource);
  return asked ? [KINDS[jobSource as keyof typeof KINDS]] : Object.values(KINDS);
}

function gitSource({ environment, patch, problems }: TrackedRun): Found {
  const { remote, commit } = environment.git;
  if (remote === null || commit === null) return null;
  const problem = remoteProblem(remote);
  if (problem !== null) return `The git remote cannot be used: ${problem}.`;
  if (!COMMIT.test(commit)) return 'The git commit is not a full one.';
  if (problems.some(({ file }) => file === 'files/diff.patch')) {
    return 'The changes that were not committed cannot be read.';
  }
  const program = programOf(environment.codePath);
  if ('why' in program) return program.why;
  return { kind: 'git', remote, commit, patch, entryPoint: program.entryPoint };
}

function codeSource({ environment, code }: TrackedRun): Found {
  if (!code) return null;
  if (code.entries.length === 0) return `The log has no list of the files of "${code.name}".`;
  const program = programOf(environment.codePathLocal ?? environment.codePath);
  if ('why' in program) return program.why;
  const bad = code.entries.find(({ path }) => !isInside(path));
  if (bad) return `The logged code has a file outside of its folder ("${bad.path.slice(0, 200)}").`;
  const { entryPoint } = program;
  return { kind: 'code', artifactName: code.name, entries: code.entries, entryPoint };
}

function imageSource({ environment: { docker } }: TrackedRun): Found {
  if (docker === null) return null;
  try {
    parseImageReference(docker);
    return { kind: 'image', reference: docker };
  } catch {
    return 'The recorded image is no image reference.';
  }
}

/** The words that start the recorded program, or why nothing does. */
function programOf(path: string | null): { entryPoint: string[] } | { why: string } {
  if (path === null) return { why: 'The run did not record the path of its program.' };
  const program = path.replace(/^(?:\.\/)+/, '');
  if (!isInside(program)) return { why: 'The path of the program is not inside of its code.' };
  if (program.startsWith('-')) return { why: 'The path of the program looks like an option.' };
  if (program.endsWith('.ipynb')) return { why: 'The program is a notebook.' };
  return { entryPoint: ['python', program] };
}

/** Whether a recorded path is a relative one that stays where it begins. */
export function isInside(path: string): boolean {
  if (path === '' || path.length > PATH_LIMIT || CONTROL.test(path)) return false;
  if (/^[A-Za-z]:/.test(path) || path.includes('\\')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
