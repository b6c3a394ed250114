/** A process that executes the queues of the data folder it is told, until it is killed. */
import { openTestCore } from './open-test-core.ts';

const core = openTestCore(process.argv[2]!);
process.stdout.write(`${core.executorId}\n`);
await core.execute(new AbortController().signal);
