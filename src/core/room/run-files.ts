import { join } from 'node:path';
import type { RoomKind } from '../../shared/domain/room.ts';
import { candidate, namesIn, type Candidate, type FileParts } from './file-parts.ts';

interface Owner {
  jobId: string;
  name: string;
  usedAt: number;
}

const LOST = 'its run is not in this database, which stands in for another one';
const DELETED = 'its run was deleted';

/** The runs by their id. Asked for after the files were listed: those that came since are not looked at. */
function ownersOf({ db }: FileParts): Map<string, Owner> {
  const rows = db
    .prepare('SELECT id, job_id AS jobId, name, coalesce(ended_at, created_at) AS usedAt FROM run')
    .all() as (Owner & { id: string })[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** What belongs to a run each, by the id of the run. Some of it may be of a run that was deleted. */
function byRun(
  parts: FileParts,
  kind: RoomKind,
  title: string,
  files: ReadonlyMap<string, string[]>,
): Candidate[] {
  const owners = ownersOf(parts);
  return [...files].map(([runId, paths]) => {
    const owner = owners.get(runId);
    if (!owner) {
      const { isRestored } = parts.facts;
      const because = isRestored ? LOST : DELETED;
      return candidate(paths, { kind, name: `${title} of ${runId}`, because, free: !isRestored });
    }
    const { jobId, name, usedAt } = owner;
    return candidate(paths, {
      ...{ kind, jobId, runId, usedAt, free: false },
      name: `${title} of ${name}`,
      because: 'its run is there',
    });
  });
}

/** Logs of runs and of the builds they waited for. */
export function logFiles(parts: FileParts): Candidate[] {
  const folder = join(parts.dataDir, 'logs');
  const files = new Map<string, string[]>();
  for (const name of namesIn(folder)) {
    const id = /^(?:build-)?([0-9a-z-]+)\.(?:log|idx)$/.exec(name)?.[1];
    if (id === undefined) continue;
    files.set(id, [...(files.get(id) ?? []), join(folder, name)]);
  }
  return byRun(parts, 'logs', 'log', files);
}

/** What runs left behind, and what they tracked. */
export function outputFiles(parts: FileParts): Candidate[] {
  const files = new Map<string, string[]>();
  for (const part of ['outputs', 'runs']) {
    const folder = join(parts.dataDir, part);
    for (const name of namesIn(folder)) {
      if (!/^[\w-]+$/.test(name)) continue;
      files.set(name, [...(files.get(name) ?? []), join(folder, name)]);
    }
  }
  return byRun(parts, 'outputs', 'files', files);
}
