/** Deletes a job, and kills itself before the log of that number is removed: `[data folder, job id, number]`. */
import { removerParts } from './parts.ts';

const [dataDir, jobId, at] = process.argv.slice(2);
let count = 0;
const { remover } = removerParts(dataDir!, () => {
  if (count++ === Number(at)) process.kill(process.pid, 'SIGKILL');
});
await remover.deleteJobs([jobId!]);
