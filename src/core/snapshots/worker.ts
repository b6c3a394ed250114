import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { sqliteError } from '../db/sqlite.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';
import { SnapshotService } from './service.ts';

/** The entry of the worker thread: passes requests to the service and its answers back. */
function serve(port: NonNullable<typeof parentPort>, { file }: WorkerData): void {
  const send = (message: FromWorker): void => port.postMessage(message);
  const service = new SnapshotService(file, send);
  port.on('message', (message: ToWorker) => {
    if (message.type === 'took') return service.took(message.id);
    if (message.type === 'cancel') return service.wake(message.id);
    if (message.type === 'close') return void service.close().then(() => port.close());
    const { id, request, flag } = message;
    service.run(id, request, flag).then(
      (output) => send({ type: 'done', id, output }),
      (error: unknown) =>
        send({ type: 'failed', id, error: toErrorData(sqliteError(error, file)) }),
    );
  });
}

if (parentPort) serve(parentPort, workerData as WorkerData);
