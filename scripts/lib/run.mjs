/** Child processes: argument arrays only, never a shell string. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { inRoot } from './paths.mjs';

/** Environment in which the tools of the checkout come first, its Node among them. */
export function toolEnv(extra = {}) {
  const path = [inRoot('node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

/** The JavaScript file behind a tool's command: it can be run without a shell on every system. */
export function toolFile(packageName, command) {
  const folder = inRoot('node_modules', ...packageName.split('/'));
  const { bin } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return `${folder}/${typeof bin === 'string' ? bin : bin[command]}`;
}

/**
 * Runs a command to its end with the terminal handed through. Signals sent to this process are
 * passed on, and do not end it before the command has ended.
 * @param {NodeJS.Signals[]} [options.passOn] which signals; a terminal gives SIGINT to both by itself
 * @returns {Promise<number>} its exit status as a shell tells it: 128 + n when signal n ended it
 */
export async function runVisibly(command, args, { passOn = passedOn, ...options } = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const handlers = passedOn.map((name) => [name, () => passOn.includes(name) && child.kill(name)]);
  for (const [name, handler] of handlers) process.on(name, handler);
  const status = await ended(child);
  for (const [name, handler] of handlers) process.off(name, handler);
  return status;
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Signals to pass on to a program that counts every SIGINT: the terminal's own reaches it already. */
export const onceEach = () =>
  [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
    ? ['SIGTERM', 'SIGHUP']
    : passedOn;

/**
 * Runs a command with its output in a file; on failure the end of that file goes into the error.
 * @param {string} logFile replaced on every call
 */
export async function runLogged(command, args, logFile, options = {}) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn(command, args, { stdio: ['ignore', log, log], ...options });
  const status = await ended(child).finally(() => closeSync(log));
  if (status === 0) return;
  const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`${command} ${args[0] ?? ''} failed (status ${status}), see ${logFile}\n${tail}`);
}

/**
 * Runs a command and returns what it printed. Never throws for a command that fails or is not there.
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
export async function capture(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text) => (printed[name] += text));
  }
  return { status: await ended(child), ...printed };
}

/** Whether a command is there to be run. */
export async function hasCommand(name) {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  return (await capture(finder, [name])).status === 0;
}

function ended(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
