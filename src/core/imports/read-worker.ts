import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { createLogStore } from '../logs/create-log-store.ts';
import { valueMasker } from '../logs/mask-values.ts';
import { SeriesStore } from '../metrics/series-store.ts';
import { readRunFolder } from '../tracked/read-run-folder.ts';
import type { TrackedRun } from '../tracked/tracked-run.ts';
import type { Answer, Question, ReadReply, ReadRequest, ReadWorkerData } from './read-session.ts';
import { RunSink } from './run-sink.ts';

/** The entry of the worker thread that reads run folders and stored metrics. */
function serve(port: NonNullable<typeof parentPort>, data: ReadWorkerData): void {
  const stores = {
    series: new SeriesStore(data.metricsFile),
    logs: createLogStore(data.logsFolder),
  };
  port.on('message', (question: Question) => {
    answer(stores, question).then(
      (found) => port.postMessage({ answer: found } satisfies ReadReply),
      (error: unknown) => port.postMessage({ error: toErrorData(error) } satisfies ReadReply),
    );
  });
}

interface Stores {
  series: SeriesStore;
  logs: ReturnType<typeof createLogStore>;
}

const never = new AbortController().signal;

async function answer(stores: Stores, { name, request }: Question): Promise<Answer> {
  if (name === 'run') return readRun(stores, request);
  const { runId, limit } = request;
  if (name === 'series') return stores.series.read(runId, limit);
  return stores.series.readSince(runId, limit, request.have);
}

async function readRun(
  stores: Stores,
  { folder, runId, console, masks = [] }: ReadRequest,
): Promise<TrackedRun> {
  const sink = await RunSink.open(
    stores,
    runId,
    console,
    valueMasker(masks.map((each) => Buffer.from(each))),
  );
  try {
    const run = await readRunFolder(folder, never, sink);
    sink.settle(run);
    return run;
  } finally {
    await sink.close();
  }
}

if (parentPort) serve(parentPort, workerData as ReadWorkerData);
