import { buildLogId } from '../../../core/runs/build-recorder.ts';
import { saveLog } from '../../../core/logs/save-log.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';
import { askWhereTo } from '../native-dialogs.ts';

const FILE_TYPES = [
  { name: 'Log', extensions: ['log', 'txt'] },
  { name: 'All files', extensions: ['*'] },
];

export const logHandlers = ({
  core: { logs, runs },
  operations,
}: HandlerParts): Pick<Handlers, 'saveLog'> => ({
  saveLog: async ({ operationId, runId, kind, ...choice }) => {
    const { name } = runs.get(runId);
    const isRun = kind === 'run';
    const file = await askWhereTo('Save the log', fileName(name, isRun), FILE_TYPES);
    if (file === null) return null;
    const log = { store: logs, id: isRun ? runId : buildLogId(runId) };
    return operations.run(operationId, (control) => saveLog(log, choice, file, control));
  },
});

/** Names of runs are people's own: what no file can be called is left out. */
const fileName = (run: string, isRun: boolean): string =>
  `${run.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-').slice(0, 100)}${isRun ? '' : '-build'}.log`;
