import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemorySink } from './testing/memory-sink.ts';
import { never, noHooks, Workbench } from './testing/workbench.ts';

const bench = new Workbench();
const { engine } = bench;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collect-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(() => bench.dispose());

async function ran(code: string): Promise<string> {
  const ref = await bench.create(['python', '-c', code]);
  const sink = new MemorySink();
  await engine.follow(ref, sink, noHooks, never);
  expect(sink.all(2).toString()).toBe('');
  return ref;
}

const LEAVES = `
import os
def put(path, text):
    os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
    open(path, 'w').write(text)
put('out/model/a.bin', 'a' * 1000)
put('out/\\u00fc name\\n.txt', 'b')
os.makedirs('out/empty'); os.makedirs('nothing')
os.symlink('/etc/passwd', 'out/link'); os.mkfifo('out/pipe'); os.symlink('out', 'linked')
put('report.json', '{}')
put('/tmp/data/x', 'abs')
put('/home/launch/beside', 'beside')
`;

describe('outputs of a container', () => {
  it('are copied, plain files and folders alone, and each path is told of', async () => {
    const ref = await ran(LEAVES);
    const paths = [
      ...['out', 'report.json', '/tmp/data', '../beside', 'nothing', 'missing', 'linked', '/'],
      'linked/model',
    ];
    const collected = await engine.collectOutputs(ref, paths, folder, never);
    expect(collected).toEqual([
      { path: 'out', files: 2, bytes: 1001, problem: expect.stringMatching(/^2 of/) as string },
      { path: 'report.json', files: 1, bytes: 2, problem: null },
      { path: '/tmp/data', files: 1, bytes: 3, problem: null },
      { path: '../beside', files: 1, bytes: 6, problem: null },
      { path: 'nothing', files: 0, bytes: 0, problem: null },
      { path: 'missing', files: 0, bytes: 0, problem: expect.stringMatching(/no such/) as string },
      { path: 'linked', files: 0, bytes: 0, problem: expect.stringMatching(/is a link/) as string },
      { path: '/', files: 0, bytes: 0, problem: expect.stringMatching(/container/) as string },
      { path: 'linked/model', files: 1, bytes: 1000, problem: null },
    ]);
    expect((await readdir(folder)).toSorted()).toEqual([
      ...['linked', 'nothing', 'out', 'report.json', 'root'],
    ]);
    expect((await readdir(join(folder, 'out'))).toSorted()).toEqual([
      'empty',
      'model',
      'ü name\n.txt',
    ]);
    expect(await readFile(join(folder, 'root/tmp/data/x'), 'utf8')).toBe('abs');
    expect(await readFile(join(folder, 'root/home/launch/beside'), 'utf8')).toBe('beside');
  });

  it('that are the whole of the code lie where they are asked for', async () => {
    const ref = await ran("open('a', 'w').write('1')");
    const place = join(folder, 'all');
    expect(await engine.collectOutputs(ref, ['.'], place, never)).toMatchObject([
      { path: '.', files: 2, problem: null },
    ]);
    expect((await readdir(place)).toSorted()).toEqual(['a', 'empty.txt']);
  });

  it('end with a cancellation', async () => {
    const ref = await ran("open('a', 'w').write('x' * 200_000_000)");
    const controller = new AbortController();
    const collecting = engine.collectOutputs(ref, ['a'], folder, controller.signal);
    setTimeout(() => controller.abort(), 30);
    await expect(collecting).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});

describe('run folders of the W&B SDK', () => {
  it('are copied when there are some', async () => {
    const place = join(folder, 'wandb');
    const none = await ran('pass');
    expect(await engine.collect(none, place, never)).toBe(false);
    const file = await ran("open('/tmp/wandb', 'w').write('x')");
    expect(await engine.collect(file, place, never)).toBe(false);
    const some = await ran(
      "import os; os.makedirs('/tmp/wandb/run-1'); open('/tmp/wandb/run-1/a', 'w').write('x')",
    );
    expect(await engine.collect(some, place, never)).toBe(true);
    expect(await readFile(join(place, 'run-1/a'), 'utf8')).toBe('x');
  });
});
