import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { HealthCheck } from '../../shared/domain/engine.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { backUp } from '../db/backups.ts';
import { openDatabase } from '../db/open-database.ts';
import { testFolder } from '../db/testing.ts';
import { doctorAlone } from './doctor-alone.ts';

const from = (path: string) => new URL(`../${path}`, import.meta.url);

/** What is found of a data folder that was refused, by the check. */
async function found(dataDir: string, refusal: AppError): Promise<Record<string, HealthCheck>> {
  const doctor = doctorAlone(refusal, {
    dataDir,
    workers: { snapshots: from('snapshots/worker.ts'), care: from('host/care-worker.ts') },
    resources: fileURLToPath(new URL('../../../resources', import.meta.url)),
    dockerHost: 'unix:///nowhere.sock',
  });
  const { checks } = await doctor.examine(new AbortController().signal);
  return Object.fromEntries(checks.map((check) => [check.id, check]));
}

/** How a data folder is refused. */
function refusalOf(dataDir: string): AppError {
  try {
    openDatabase(join(dataDir, 'slipway.db')).close();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the doctor of a database that cannot be opened', () => {
  it('tells how to restore a damaged one, and what else there is', async () => {
    const dataDir = testFolder();
    const file = join(dataDir, 'slipway.db');
    openDatabase(file).close();
    backUp(file, Date.UTC(2026, 0, 2, 3, 4));
    for (const name of ['slipway.db', 'metrics.db']) {
      writeFileSync(join(dataDir, name), 'garbage '.repeat(900));
    }
    const checks = await found(dataDir, refusalOf(dataDir));
    expect(checks).toMatchObject({
      database: { status: 'missing', fix: expect.stringContaining('slipway doctor --restore') },
      backups: { status: 'ok', text: '1 kept, the newest of 2026-01-02 03:04 UTC' },
      metrics: { status: 'missing', fix: 'First see to the database.', mend: null },
      snapshots: { status: 'ok' },
      'engine-docker': { text: expect.stringContaining('/nowhere.sock') },
      'data-folder': { status: 'ok' },
      'disk-space': {},
      'open-files': {},
    });
  });

  it.each<[ErrorCode, string, string]>([
    ['E_DB_DAMAGED', 'database', 'slipway doctor --empty'],
    ['E_DB_BUSY', 'database', 'Close what has it open'],
    ['E_DB_NEWER', 'database', 'the next step'],
    ['E_DATA_DIR', 'data-folder', 'the next step'],
  ])('refused with %s tells it as its %s', async (code, id, fix) => {
    const refusal = new AppError(code, 'It is refused.', { next: 'the next step' });
    const checks = await found(testFolder(), refusal);
    const told = { status: 'missing', text: 'It is refused', fix: expect.stringContaining(fix) };
    expect(checks[id]).toMatchObject(told);
    const others = Object.values(checks).filter((check) => check.text === 'It is refused');
    expect(others).toHaveLength(1);
  });
});
