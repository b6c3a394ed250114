import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../db/sqlite.ts';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { untilState } from './testing/wait.ts';

/** As the main process of the window has it: it never waits for others. */
const NO_WAIT_MS = 5;
const LOCKED_MS = 700;

describe('while another program keeps the database locked', () => {
  it.each(['queued', 'preparing', 'building', 'starting', 'running'])(
    'a run that is %s loses nothing, and goes on afterwards',
    async (state) => {
      const folder = testFolder();
      const app = testApp(folder, new FakeEngine(), undefined, NO_WAIT_MS);
      const other = openSqlite(join(folder, 'slipway.db'));
      // In the moment at which this state is told, before anything else is written.
      const locked = new Promise<void>((resolve) => {
        const forget = app.db.onWrite(() => {
          const [run] = app.repos.runs.list({ limit: 1 });
          if (run?.state !== state) return;
          forget();
          other.exec('BEGIN EXCLUSIVE');
          resolve();
        });
      });
      const id = await app.launch();
      await locked;
      expect(app.db.isLocked()).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, LOCKED_MS));
      // Reading goes on all the while.
      expect(app.runs.get(id).state).toBe(state);
      other.exec('ROLLBACK');
      other.close();
      await app.runs.attended(id);
      await untilState(app, id, 'finished');
      const states = app.repos.runs.events(id).flatMap((event) => event.state ?? []);
      expect(states.join(' ')).toBe('queued preparing building starting running finished');
      expect(app.repos.steps.of(id).map((step) => step.state)).toEqual(['done']);
      await app.close();
    },
  );
});
