import { PRIORITIES, RUN_STATES } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { NO_ENGINE, OWNER } from '../db/run-rows.ts';
import type { Scope } from '../scope.ts';
import { ListSession } from './list-session.ts';
import { RunList } from './run-list.ts';
import { StoredPages } from './stored-pages.ts';

export interface RunListOptions {
  db: Database;
  clock: Clock;
  /** Ends the lists with it. */
  scope: Scope;
  /** `list-worker.ts`, as it is or built. */
  workerFile: URL;
}

/** Lists of the runs in a database. */
export function openRunList({ db, clock, scope, workerFile }: RunListOptions): RunList {
  const session = new ListSession(workerFile, {
    file: db.file,
    states: RUN_STATES,
    priorities: PRIORITIES,
    owner: OWNER,
    noEngine: NO_ENGINE,
  });
  const list = new RunList({ pages: new StoredPages(db), session, clock });
  scope.onDispose(() => list.close());
  return list;
}
