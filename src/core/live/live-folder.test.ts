import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveFolder } from './live-folder.ts';

function testLive() {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const live = new LiveFolder(folder);
  const lines: string[] = [];
  return {
    file: (name: string) => join(folder, name),
    look: async () => {
      const isAll = await live.look((text) => lines.push(text));
      return { isAll, lines: lines.splice(0) };
    },
  };
}

describe('LiveFolder', () => {
  it('hands on whole lines, once, as they come', async () => {
    const { file, look } = testLive();
    writeFileSync(file('metrics-1.jsonl'), 'a\nb\nhal');
    expect(await look()).toEqual({ isAll: true, lines: ['a', 'b'] });
    expect((await look()).lines).toEqual([]);
    appendFileSync(file('metrics-1.jsonl'), 'f\n');
    writeFileSync(file('metrics-2.jsonl'), 'other\n');
    expect((await look()).lines).toEqual(['half', 'other']);
  });

  it('leaves out links, pipes, folders and files of other names', async () => {
    const { file, look } = testLive();
    writeFileSync(file('secret'), 'secret\n');
    symlinkSync(file('secret'), file('metrics-1.jsonl'));
    execFileSync('mkfifo', [file('metrics-2.jsonl')]);
    execFileSync('mkdir', [file('metrics-3.jsonl')]);
    expect(await look()).toEqual({ isAll: true, lines: [] });
  });

  it('skips a line that is too long, and no other', async () => {
    const { file, look } = testLive();
    writeFileSync(file('metrics-1.jsonl'), `a\n${'x'.repeat(3 << 20)}\nb\n`);
    expect((await look()).lines).toEqual(['a', 'b']);
  });

  it('reads much in several looks, and no more than the hook writes', async () => {
    const { file, look } = testLive();
    const line = `${'x'.repeat(99_999)}\n`;
    writeFileSync(file('metrics-1.jsonl'), line.repeat(1000));
    let [count, looks] = [0, 0];
    for (let isAll = false; !isAll; looks++) {
      const found = await look();
      count += found.lines.length;
      isAll = found.isAll;
    }
    expect(count).toBe(Math.floor((80 << 20) / line.length));
    expect(looks).toBeGreaterThan(5);
  });

  it('finds nothing in a folder that is not there', async () => {
    const live = new LiveFolder('/nonexistent/live');
    expect(await live.look(() => undefined)).toBe(true);
  });

  it('looks at no more files than a program has processes', async () => {
    const { file, look } = testLive();
    for (let i = 0; i < 300; i++) writeFileSync(file(`metrics-${i}.jsonl`), 'x\n');
    expect((await look()).lines).toHaveLength(256);
  });
});
