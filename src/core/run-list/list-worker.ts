import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { openSqlite, sqliteError } from '../db/sqlite.ts';
import { ListEngine } from './list-engine.ts';
import type { Answer, ListWorkerData, Question, Reply } from './protocol.ts';

/** The entry of the worker thread that keeps all runs as columns. */
function serve(port: NonNullable<typeof parentPort>, data: ListWorkerData): void {
  const db = openSqlite(data.file, { readonly: true });
  // Rows are read once, one after the other: what was read is not read again.
  db.pragma('cache_size = -512');
  const engine = new ListEngine(db, data);
  port.on('message', (question: Question) => {
    const { id } = question;
    answer(engine, question).then(
      (found) => port.postMessage({ id, answer: found } satisfies Reply),
      (error: unknown) => {
        const told = toErrorData(sqliteError(error, data.file));
        port.postMessage({ id, error: told } satisfies Reply);
      },
    );
  });
}

async function answer(engine: ListEngine, { name, request }: Question): Promise<Answer> {
  if (name === 'query') return engine.query(request.query, request.now);
  if (name === 'columns') return engine.columns(request);
  await engine.warm();
  return null;
}

if (parentPort) serve(parentPort, workerData as ListWorkerData);
