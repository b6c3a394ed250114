import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The docker command line, as a second witness. Returns what it printed, trimmed. */
export async function docker(args: string[], host?: string): Promise<string> {
  const where = host ? ['-H', host] : [];
  const { stdout } = await run('docker', [...where, ...args], { maxBuffer: 2 ** 28 });
  return stdout.trim();
}

/** Copies an image from the machine's engine to another one. */
export async function copyImage(image: string, host: string): Promise<void> {
  const save = spawn('docker', ['save', image], { stdio: ['ignore', 'pipe', 'inherit'] });
  const load = spawn('docker', ['-H', host, 'load'], { stdio: ['pipe', 'ignore', 'inherit'] });
  save.stdout.pipe(load.stdin);
  const code = await new Promise((resolve) => load.once('exit', resolve));
  if (code !== 0) throw new Error(`The image ${image} could not be copied.`);
}
