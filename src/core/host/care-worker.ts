import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { backUp } from '../db/backups.ts';
import { problemsOf } from '../db/check-database.ts';
import { verifyTrees } from '../snapshots/verify-trees.ts';
import type { CareReply, CareTask } from './care-task.ts';

/** The entry of the worker thread that does one task on whole files. */
function perform({ name, input }: CareTask) {
  if (name === 'check') return problemsOf(input.file);
  if (name === 'backUp') return backUp(input.database, input.now);
  return verifyTrees(input.file, input.trees, input.limitMs);
}

function reply(task: CareTask): CareReply {
  try {
    return { output: perform(task) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(reply(workerData as CareTask));
