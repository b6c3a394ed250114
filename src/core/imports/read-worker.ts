import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { createLogStore } from '../logs/create-log-store.ts';
import { SeriesStore } from '../metrics/series-store.ts';
import { readRunFolder } from '../tracked/read-run-folder.ts';
import type { ReadReply, ReadRequest, ReadWorkerData } from './read-session.ts';
import { RunSink } from './run-sink.ts';

/** The entry of the worker thread that reads run folders. */
function serve(port: NonNullable<typeof parentPort>, data: ReadWorkerData): void {
  const stores = {
    series: new SeriesStore(data.metricsFile),
    logs: createLogStore(data.logsFolder),
  };
  const never = new AbortController().signal;
  port.on('message', (request: ReadRequest) => {
    read(stores, request, never).then(
      (reply) => port.postMessage(reply),
      (error: unknown) => port.postMessage({ error: toErrorData(error) } satisfies ReadReply),
    );
  });
}

async function read(
  stores: { series: SeriesStore; logs: ReturnType<typeof createLogStore> },
  { folder, runId, console }: ReadRequest,
  signal: AbortSignal,
): Promise<ReadReply> {
  const sink = await RunSink.open(stores, runId, console);
  try {
    return { run: await readRunFolder(folder, signal, sink) };
  } finally {
    await sink.close();
  }
}

if (parentPort) serve(parentPort, workerData as ReadWorkerData);
