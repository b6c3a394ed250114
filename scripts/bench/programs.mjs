/** The rivals' programs, run to their end with their output thrown away. */
import { spawn } from 'node:child_process';

/** @returns {Promise<void>} rejects when it fails */
export function program(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => (complaint += text));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${status}: ${complaint}`));
    });
  });
}

export const docker = (...args) => program('docker', args);
