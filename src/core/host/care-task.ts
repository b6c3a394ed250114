import { Worker } from 'node:worker_threads';
import { AppError, cancelled, fromErrorData, type ErrorData } from '../../shared/errors.ts';
import type { Backup } from '../db/backups.ts';
import type { FileRoom, FileRoomInput } from '../room/file-room.ts';
import type { RoomFacts } from '../room/room-facts.ts';
import type { VerifiedTrees } from '../snapshots/verify-trees.ts';

/** Work on whole files, which would hold up everything else. */
export interface CareTasks {
  /** See `problemsOf`. */
  check: { input: { file: string }; output: string[] };
  /** See `backUp`. */
  backUp: { input: { database: string; now: number }; output: Backup };
  /** See `core/room/file-room.ts`. */
  roomFacts: { input: { dataDir: string }; output: RoomFacts };
  measureFiles: { input: FileRoomInput; output: FileRoom };
  freeFiles: { input: FileRoomInput & { keys: string[] }; output: string[] };
  /** See `verifyTrees`. */
  verify: { input: { file: string; trees: string[]; limitMs: number }; output: VerifiedTrees };
}

export type CareTask = {
  [Name in keyof CareTasks]: { name: Name; input: CareTasks[Name]['input'] };
}[keyof CareTasks];

export type CareReply = { output: CareTasks[keyof CareTasks]['output'] } | { error: ErrorData };

export type Care = <Name extends keyof CareTasks>(
  name: Name,
  input: CareTasks[Name]['input'],
  signal: AbortSignal,
) => Promise<CareTasks[Name]['output']>;

/** Does each task on a thread of its own, which ends with it. The signal ends it at once. */
export const careOn =
  (workerFile: URL): Care =>
  async (name, input, signal) => {
    if (signal.aborted) throw cancelled('The check');
    // Flags of the process (such as `--input-type`) need not make sense for a worker.
    const worker = new Worker(workerFile, { workerData: { name, input }, execArgv: [] });
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const reply = await answerOf(worker, signal);
      if ('error' in reply) throw fromErrorData(reply.error);
      return reply.output;
    } finally {
      signal.removeEventListener('abort', stop);
      await worker.terminate();
    }
  };

function answerOf(worker: Worker, signal: AbortSignal): Promise<CareReply> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => reject(stopped(error)));
    worker.once('exit', () => reject(signal.aborted ? cancelled('The check') : stopped(null)));
  });
}

const stopped = (cause: unknown): AppError =>
  new AppError('E_INTERNAL', 'A check of this machine stopped unexpectedly.', {
    next: 'Try again: nothing that was stored is lost.',
    ...(cause instanceof Error && { detail: cause.message, cause }),
  });
