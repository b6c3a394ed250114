import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExecutorLock } from './executor-lock.ts';
import { testFolder } from './testing.ts';

const HOLDER = `
  const { ExecutorLock } = await import(process.argv[1]);
  const lock = new ExecutorLock(process.argv[2]);
  process.stdout.write(lock.id + '\\n');
  setInterval(() => {}, 1000);
`;

async function holderIn(folder: string) {
  const module = new URL('./executor-lock.ts', import.meta.url).href;
  const args = ['--input-type=module', '-e', HOLDER, module, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, id: line.toString().trim() };
}

describe('ExecutorLock', () => {
  it('tells a living process from one that was killed', async () => {
    const folder = testFolder();
    const mine = new ExecutorLock(folder);
    const { child, id } = await holderIn(folder);
    expect([mine.isAlive(id), mine.isAlive(mine.id)]).toEqual([true, true]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(mine.isAlive(id)).toBe(false);
    mine.sweep();
    expect(readdirSync(folder)).toEqual([`${mine.id}.lock`]);
    mine.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('counts one that ended in order, or never was, as dead', () => {
    const folder = testFolder();
    const mine = new ExecutorLock(folder);
    const other = new ExecutorLock(folder);
    expect(mine.isAlive(other.id)).toBe(true);
    other.release();
    expect(mine.isAlive(other.id)).toBe(false);
    expect(mine.isAlive('00000000-0000-0000-0000-000000000000')).toBe(false);
    mine.release();
  });

  it('counts one whose file cannot be looked at as alive', () => {
    const folder = testFolder();
    const mine = new ExecutorLock(folder);
    const other = '00000000-0000-0000-0000-000000000000';
    mkdirSync(join(folder, `${other}.lock`));
    expect(mine.isAlive(other)).toBe(true);
    mine.sweep();
    expect(mine.isAlive(other)).toBe(true);
    mine.release();
  });
});
