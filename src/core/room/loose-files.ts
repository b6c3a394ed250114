import { basename, join } from 'node:path';
import {
  candidate,
  isOld,
  namesIn,
  pathsIn,
  type Candidate,
  type FileParts,
} from './file-parts.ts';

/** What something that was interrupted left behind. Nothing that is young: somebody may be at work on it. */
export function looseFiles(parts: FileParts): Candidate[] {
  const { dataDir, now } = parts;
  const attempts = attemptsOf(parts);
  const left = [
    ...pathsIn(join(dataDir, 'live')).filter((path) => !attempts.held.has(basename(path))),
    ...pathsIn(join(dataDir, 'process', 'attempts')).filter((path) =>
      isLeft(basename(path), attempts, parts.facts.isRestored),
    ),
    ...['outputs', 'runs'].flatMap((part) =>
      pathsIn(join(dataDir, part)).filter((path) => path.endsWith('.part')),
    ),
    ...pathsIn(join(dataDir, 'git')).filter((path) => /\.(?:new|gone)$/.test(basename(path))),
    ...pathsIn(join(dataDir, 'process', 'environments')).filter((path) => path.endsWith('.gone')),
    ...[dataDir, join(dataDir, 'backups')]
      .flatMap(pathsIn)
      .filter((path) => UNFINISHED.test(basename(path))),
  ];
  return left
    .filter((path) => isOld(path, now))
    .map((path) =>
      candidate([path], {
        kind: 'leftovers',
        name: path.slice(dataDir.length + 1),
        because: 'left by something that was interrupted',
        free: true,
      }),
    );
}

/** Half-written copies, and what a look for room left when it was killed. */
const UNFINISHED = /(?:\.part(?:-journal)?|^\.room-\d+)$/;

interface Attempts {
  /** Of runs that wait or go on. */
  held: ReadonlySet<string>;
  known: ReadonlySet<string>;
}

function attemptsOf({ db }: FileParts): Attempts {
  const rows = db
    .prepare(
      `SELECT attempt.id, run.ended_at IS NULL AS isHeld
       FROM attempt JOIN run ON run.id = attempt.run_id`,
    )
    .all() as { id: string; isHeld: 0 | 1 }[];
  return {
    held: new Set(rows.filter(({ isHeld }) => isHeld === 1).map(({ id }) => id)),
    known: new Set(rows.map(({ id }) => id)),
  };
}

/** Of an attempt that has ended; what a lost database may have known is left alone. */
function isLeft(name: string, { held, known }: Attempts, isRestored: boolean): boolean {
  const id = name.replace(/^\.(?:new|gone)-/, '');
  return !held.has(id) && (known.has(id) || !isRestored);
}

/** The database, what beside it holds metrics, and copies: all of it stays. */
export function databaseFiles({ dataDir }: FileParts): Candidate[] {
  const kind = 'database' as const;
  const beside = namesIn(dataDir).filter((name) => name.startsWith('slipway.db'));
  const own = beside.filter((name) => /^slipway\.db(?:-wal|-shm)?$/.test(name));
  const others = beside.filter((name) => !own.includes(name) && !UNFINISHED.test(name));
  const inData = (name: string): string => join(dataDir, name);
  return [
    candidate(own.map(inData), {
      kind,
      name: 'slipway.db',
      because: 'it holds everything else together',
      free: false,
    }),
    ...others.map((name) =>
      candidate([inData(name)], { kind, name, because: 'a copy that was set aside', free: false }),
    ),
    candidate([inData('backups')], {
      kind,
      name: 'backups',
      because: 'the newest daily copies',
      free: false,
    }),
  ];
}

/** Metrics go with their run; the room they had is used for the next ones. */
export function metricFiles({ dataDir }: FileParts): Candidate[] {
  const files = ['', '-wal', '-shm'].map((end) => join(dataDir, `metrics.db${end}`));
  const told = { name: 'metrics.db', because: 'metrics of runs that are there', free: false };
  return [candidate(files, { kind: 'metrics', ...told })];
}
