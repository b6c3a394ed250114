import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecutorLock } from '../../db/executor-lock.ts';
import { openDatabase } from '../../db/open-database.ts';
import { openRepos } from '../../db/open-repos.ts';
import { createLogStore } from '../../logs/create-log-store.ts';
import type { LogStore } from '../../logs/log-store.ts';
import { PointBuffer } from '../../metrics/series-codec.ts';
import { SeriesStore } from '../../metrics/series-store.ts';
import { buildLogId } from '../../runs/build-recorder.ts';
import { Scope } from '../../scope.ts';
import { Remover } from '../remover.ts';

/** The stores of a data folder, and a remover on them; `onLog` is called before a log is removed. */
export function removerParts(dataDir: string, onLog: () => void = () => undefined) {
  const db = openDatabase(join(dataDir, 'slipway.db'));
  const repos = openRepos(db);
  const logs = createLogStore(join(dataDir, 'logs'));
  const series = new SeriesStore(join(dataDir, 'metrics.db'));
  const lock = new ExecutorLock(join(dataDir, 'executors'));
  const scope = new Scope('test');
  const folders = [join(dataDir, 'outputs'), join(dataDir, 'runs')];
  const watched: Pick<LogStore, 'remove'> = {
    remove: (id) => {
      onLog();
      return logs.remove(id);
    },
  };
  const remover = new Remover({ repos, logs: watched, series, lock, folders, scope });
  const close = async () => {
    await scope.dispose();
    lock.release();
    series.close();
    db.close();
  };
  return { db, repos, logs, series, lock, remover, close };
}

type Stores = Pick<ReturnType<typeof removerParts>, 'logs' | 'series'>;

/** What a run leaves behind beside its rows. */
export async function leaveFiles({ logs, series }: Stores, dataDir: string, runId: string) {
  for (const id of [runId, buildLogId(runId)]) {
    const writer = await logs.openWriter(id);
    await writer.append(0, Buffer.from('a line\n'), 1);
    await writer.close();
  }
  const points = new PointBuffer();
  points.add(0, 1, 0.5);
  series.append(runId, new Map([['loss', points]]));
  for (const folder of ['outputs', 'runs']) {
    const inner = join(dataDir, folder, runId, 'sub');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, 'a.txt'), 'a');
  }
}

/** What is left of a run in files and metrics. */
export function leftOf(
  { series }: Pick<Stores, 'series'>,
  dataDir: string,
  runId: string,
): string[] {
  const paths = [
    ...['log', 'idx'].flatMap((end) => [`logs/${runId}.${end}`, `logs/build-${runId}.${end}`]),
    ...['outputs', 'runs'].map((folder) => `${folder}/${runId}`),
  ];
  const metrics = series.read(runId, 2).map(({ name }) => `metric ${name}`);
  return [...paths.filter((path) => existsSync(join(dataDir, path))), ...metrics];
}
