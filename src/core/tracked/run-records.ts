import type { CodeEntry, GitState, TrackedEnvironment } from './tracked-run.ts';
import { readItem, readTime, type Item } from './wire-parts.ts';
import type { Wire } from './wire.ts';

/** What a run says of itself; it may say it again, with more. */
export interface RunRecord {
  kind: 'run';
  texts: Partial<Record<RunText, string>>;
  tags: string[];
  config: Item[];
  summary: Item[];
  settings: Item[];
  startedAt: number | null;
  git: GitState;
}

export type RunText =
  'runId' | 'entity' | 'project' | 'group' | 'jobType' | 'displayName' | 'notes' | 'host';

export interface EnvironmentRecord {
  kind: 'environment';
  /** Only what the record holds: a later one carries nothing but hardware. */
  found: Partial<TrackedEnvironment>;
}

export interface ArtifactRecord {
  kind: 'artifact';
  type: string;
  name: string;
  digest: string;
  aliases: string[];
  entries: CodeEntry[];
}

const RUN_TEXTS: Record<number, RunText> = {
  1: 'runId',
  2: 'entity',
  3: 'project',
  6: 'group',
  7: 'jobType',
  8: 'displayName',
  9: 'notes',
  13: 'host',
};

const ENVIRONMENT_TEXTS = {
  1: 'os',
  2: 'python',
  4: 'docker',
  6: 'program',
  7: 'codePath',
  8: 'codePathLocal',
  11: 'root',
  12: 'host',
  13: 'username',
  14: 'executable',
} as const satisfies Record<number, keyof TrackedEnvironment>;

export function readRun(wire: Wire): RunRecord {
  const run: RunRecord = {
    kind: 'run',
    texts: {},
    tags: [],
    config: [],
    summary: [],
    settings: [],
    startedAt: null,
    git: { remote: null, commit: null },
  };
  wire.message((field) => {
    const text = RUN_TEXTS[field];
    if (text) run.texts[text] = wire.text();
    else if (field === 4) readItems(wire, run.config);
    else if (field === 5) readItems(wire, run.summary);
    else if (field === 10) run.tags.push(wire.text());
    else if (field === 11) readItems(wire, run.settings);
    else if (field === 17) run.startedAt = readTime(wire);
    else if (field === 21) run.git = readGit(wire);
    else return false;
    return true;
  });
  return run;
}

/** The items of a config, summary or settings record inside of another. */
function readItems(wire: Wire, items: Item[]): void {
  wire.message((field) => {
    if (field !== 1) return false;
    items.push(readItem(wire));
    return true;
  });
}

function readGit(wire: Wire): GitState {
  const git: GitState = { remote: null, commit: null };
  wire.message((field) => {
    if (field === 1) git.remote = wire.text() || null;
    else if (field === 2) git.commit = wire.text() || null;
    else return false;
    return true;
  });
  return git;
}

export function readEnvironment(wire: Wire): EnvironmentRecord {
  const found: Partial<TrackedEnvironment> = {};
  const args: string[] = [];
  wire.message((field) => {
    if (field in ENVIRONMENT_TEXTS) {
      found[ENVIRONMENT_TEXTS[field as keyof typeof ENVIRONMENT_TEXTS]] = wire.text();
    } else if (field === 3) found.startedAt = readTime(wire);
    else if (field === 5) args.push(wire.text());
    else if (field === 9) found.git = readGit(wire);
    else return false;
    return true;
  });
  return { kind: 'environment', found: args.length > 0 ? { ...found, args } : found };
}

export function readArtifact(wire: Wire): ArtifactRecord {
  const artifact: ArtifactRecord = {
    kind: 'artifact',
    type: '',
    name: '',
    digest: '',
    aliases: [],
    entries: [],
  };
  wire.message((field) => {
    if (field === 4) artifact.type = wire.text();
    else if (field === 5) artifact.name = wire.text();
    else if (field === 6) artifact.digest = wire.text();
    else if (field === 11) artifact.aliases.push(wire.text());
    else if (field === 12) readManifest(wire, artifact.entries);
    else return false;
    return true;
  });
  return artifact;
}

function readManifest(wire: Wire, entries: CodeEntry[]): void {
  wire.message((field) => {
    if (field !== 4) return false;
    entries.push(readEntry(wire));
    return true;
  });
}

function readEntry(wire: Wire): CodeEntry {
  const entry: CodeEntry = { path: '', md5: '', size: 0, localPath: '' };
  wire.message((field) => {
    if (field === 1) entry.path = wire.text();
    else if (field === 2) entry.md5 = wire.text();
    else if (field === 4) entry.size = wire.int64();
    else if (field === 6) entry.localPath = wire.text();
    else return false;
    return true;
  });
  return entry;
}
