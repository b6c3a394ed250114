import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A service that does not answer in this time is taken as missing, in ms. */
const LIMIT_MS = 2000;

/** A method without arguments, or with arguments that are strings. */
export interface BusCall {
  service: string;
  path: string;
  method: string;
  words?: readonly string[];
}

/**
 * The answer of a service on the session's D-Bus as its tools print it; null when there is no bus, no such
 * service, or no answer in time. Empty when this system has no tool to ask with. Electron asks such
 * services itself, but in the main process, and waits for as long as they take.
 */
export async function askSessionBus(call: BusCall): Promise<string | null> {
  if (!hasSessionBus()) return null;
  for (const [program, args] of tools(call)) {
    try {
      const { stdout } = await execute(program, args, { timeout: LIMIT_MS + 1000 });
      return stdout;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return null;
    }
  }
  return '';
}

/** Without one the tools would start a bus of their own. */
function hasSessionBus(): boolean {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder } = process.env;
  return Boolean(address) || (folder !== undefined && existsSync(join(folder, 'bus')));
}

function tools({ service, path, method, words = [] }: BusCall): [string, string[]][] {
  const gdbus = ['call', '--session', '--timeout', String(LIMIT_MS / 1000)];
  const send = ['--session', '--print-reply', `--reply-timeout=${LIMIT_MS}`, `--dest=${service}`];
  return [
    ['gdbus', [...gdbus, '--dest', service, '--object-path', path, '--method', method, ...words]],
    ['dbus-send', [...send, path, method, ...words.map((word) => `string:${word}`)]],
  ];
}
