import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { backUp } from '../db/backups.ts';
import { problemsOf } from '../db/check-database.ts';
import { freeFiles, measureFiles, readFacts } from '../room/file-room.ts';
import { verifyTrees } from '../snapshots/verify-trees.ts';
import type { CareReply, CareTask, CareTasks } from './care-task.ts';

type Tasks = {
  [Name in keyof CareTasks]: (
    input: CareTasks[Name]['input'],
  ) => CareTasks[Name]['output'] | Promise<CareTasks[Name]['output']>;
};

const TASKS: Tasks = {
  check: ({ file }) => problemsOf(file),
  backUp: ({ database, now }) => backUp(database, now),
  verify: ({ file, trees, limitMs }) => verifyTrees(file, trees, limitMs),
  roomFacts: ({ dataDir }) => readFacts(dataDir),
  measureFiles,
  freeFiles,
};

/** The entry of the worker thread that does one task on whole files. */
async function reply<Name extends keyof CareTasks>(
  name: Name,
  input: CareTasks[Name]['input'],
): Promise<CareReply> {
  try {
    return { output: await TASKS[name](input) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

const { name, input } = workerData as CareTask;
void reply(name, input).then((answer) => parentPort?.postMessage(answer));
