import { existsSync } from 'node:fs';
import type { Database } from '../../db/database.ts';
import type { Care } from '../care-task.ts';
import { plural } from '../../../shared/format.ts';
import { fine, wrong, type Check } from './check.ts';

/** How long stored code is read through. What is left is told as not looked at. */
const LIMIT_MS = 5000;
const MOST_NAMED = 5;

interface Frozen {
  tree: string;
  name: string;
}

/** Can the code of every version be given back as it was? */
export const codeCheck = (db: Database, file: string, care: Care): Check => ({
  id: 'code',
  title: 'Code of versions',
  look: async (signal) => {
    const frozen = frozenTrees(db);
    if (frozen.length === 0) return fine('no version has code of its own');
    const trees = [...new Set(frozen.map(({ tree }) => tree))];
    if (!existsSync(file)) {
      return missing(frozen.map(({ name }) => name));
    }
    const { checked, damaged } = await care('verify', { file, trees, limitMs: LIMIT_MS }, signal);
    const bad = new Set(damaged.map(({ tree }) => tree));
    const names = frozen.filter(({ tree }) => bad.has(tree)).map(({ name }) => name);
    if (names.length > 0) return missing(names);
    const all = checked === trees.length;
    return fine(
      `${all ? 'all of' : `${checked} of`} ${plural(trees.length, 'snapshot')} read through`,
    );
  },
});

function missing(names: readonly string[]) {
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const fix =
    'Launch their jobs from their folders again: the same code makes these versions whole again.';
  return wrong('missing', `the code of ${named} is missing or damaged`, fix);
}

/** Newest first. */
const frozenTrees = (db: Database): Frozen[] =>
  db.all(
    `SELECT json_extract(version.source, '$.tree') AS tree,
       job.name || ' v' || version.number AS name
     FROM job_version AS version JOIN job ON job.id = version.job_id
     WHERE json_extract(version.source, '$.tree') IS NOT NULL
       AND json_extract(version.source, '$.without') IS NULL
     ORDER BY version.created_at DESC, version.rev DESC`,
  ) as Frozen[];
