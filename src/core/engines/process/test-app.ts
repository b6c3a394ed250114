// The "app" that tests kill: creates one attempt on a folder and follows it until it is killed.
import { engineOn, MemorySink, never, noHooks, requestFor } from './test-kit.ts';

const [folder = '', attemptId = '', script = ''] = process.argv.slice(2);
const engine = engineOn(folder, { 'main.js': script });
const ref = await engine.create(requestFor(attemptId, [process.execPath, 'main.js']), never);
const hooks = {
  ...noHooks,
  beforeStart: () => void process.stdout.write('before\n'),
  started: () => void process.stdout.write('started\n'),
};
await engine.follow(ref, new MemorySink(), hooks, never);
