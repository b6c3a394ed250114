import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeze } from './freeze.ts';
import { preview } from './preview.ts';
import type { FrozenTree } from './snapshots.ts';
import { openSnapshotStore, type Store } from './store.ts';
import { Bench } from './testing.ts';
import { toTreeEntry } from './tree.ts';
import { WorkControl } from './work-control.ts';

const NOBODY = 65_534;
const NO_SECRETS = { includeSecrets: [] };

/** Calls back at every step of the work, where another program might interfere. */
class Interference extends WorkControl {
  readonly #act: (step: string) => void;

  constructor(act: (step: string) => void) {
    super(new Int32Array(1), 'The test', () => {});
    this.#act = act;
  }

  override progress(text: string): void {
    this.#act(text);
  }

  override breathe(): Promise<void> {
    this.#act('between two pieces');
    return super.breathe();
  }
}

let bench: Bench;
let store: Store;

beforeEach(() => {
  bench = new Bench();
  store = openSnapshotStore(bench.file);
  // Enough files for a step between the walk and the last read.
  for (let n = 0; n < 40; n++) bench.write(`src/${String(n).padStart(2, '0')}.py`, `print(${n})`);
});

afterEach(async () => {
  store.db.close();
  await bench.dispose();
});

/** Freezes while `act` is called before the first files of each try are read. */
const freezeWhile = (act: (attempt: number) => void): Promise<FrozenTree> => {
  let walking = true;
  let attempt = 0;
  const control = new Interference((step) => {
    if (step === 'between two pieces') return;
    const reads = step === 'Reading files';
    if (reads && walking) act(++attempt);
    walking = !reads;
  });
  return freeze(store, bench.folder, NO_SECRETS, control);
};

const pathsOf = ({ digest }: FrozenTree): string[] =>
  store.trees.nodes(digest).map((node) => toTreeEntry(node).path);

const undisturbed = new Interference(() => {});

describe('a folder that changes while it is read', () => {
  it('is read again when a file comes, goes or changes', async () => {
    const frozen = await freezeWhile((attempt) => {
      if (attempt === 1) rmSync(bench.path('src/39.py'));
      if (attempt === 1) bench.write('src/new.py', 'new');
      if (attempt === 2) bench.write('src/30.py', 'changed, longer than before');
    });
    expect(pathsOf(frozen)).toContain('src/new.py');
    expect(pathsOf(frozen)).not.toContain('src/39.py');
    expect(frozen.digest).toBe((await freeze(store, bench.folder, NO_SECRETS, undisturbed)).digest);
  });

  it('is given up after three tries, naming the file', async () => {
    const freezing = freezeWhile((attempt) => {
      bench.write('src/30.py', 'x'.repeat(attempt * 10));
    });
    await expect(freezing).rejects.toMatchObject({
      code: 'E_SOURCE_CHANGED',
      message: expect.stringContaining('src/30.py'),
    });
    expect(store.db.prepare('SELECT count(*) AS n FROM trees').get()).toEqual({ n: 0 });
  });

  it('never shows files from elsewhere when a folder is swapped for a link', async () => {
    for (let n = 0; n < 40; n++)
      bench.write(`../outside/${String(n).padStart(2, '0')}.py`, 'stolen!');
    const frozen = await freezeWhile((attempt) => {
      if (attempt > 1) return;
      renameSync(bench.path('src'), bench.path('../moved'));
      symlinkSync('../outside', bench.path('src'));
    });
    expect(pathsOf(frozen)).toEqual(['src']);
    expect(store.trees.nodes(frozen.digest)[0]).toMatchObject({
      kind: 'link',
      content: '../outside',
    });
  });

  it('is given up when it is swapped again and again', async () => {
    bench.write('../outside/file', 'x');
    for (let n = 0; n < 40; n++) bench.write(`other/${n}.py`, '');
    const freezing = freezeWhile((attempt) => {
      renameSync(bench.path('src'), bench.path(`../was${attempt}`));
      if (attempt % 2 === 1) symlinkSync('../outside', bench.path('src'));
      else for (let n = 0; n < 40; n++) bench.write(`src/${n}.py`, '');
    });
    await expect(freezing).rejects.toMatchObject({ code: 'E_SOURCE_CHANGED' });
  });
});

describe('a file that another program keeps writing', () => {
  it('is named, and what was read of it is not kept', async () => {
    bench.write('src/grows.log', Buffer.alloc(3_000_000, 'log '));
    const growing = new Interference(() => appendFileSync(bench.path('src/grows.log'), 'more'));
    await expect(freeze(store, bench.folder, NO_SECRETS, growing)).rejects.toMatchObject({
      code: 'E_SOURCE_CHANGED',
      message: expect.stringContaining('src/grows.log'),
    });
    const { files } = await freeze(store, bench.folder, NO_SECRETS, undisturbed);
    expect(files).toBe(41);
    const orphans = `SELECT count(*) AS n FROM chunks WHERE id NOT IN (SELECT chunk FROM blobs)`;
    expect(store.db.prepare(orphans).get()).toEqual({ n: 0 });
  });
});

describe('what may not be read', () => {
  const asNobody = async <T>(action: () => Promise<T>): Promise<T> => {
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(NOBODY);
    try {
      return await action();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  };

  beforeEach(() => {
    chmodSync(bench.path('..'), 0o755);
    bench.write('closed.bin', 'x');
    chmodSync(bench.path('closed.bin'), 0);
    mkdirSync(bench.path('vault'));
    writeFileSync(bench.path('vault/inside'), 'x');
    chmodSync(bench.path('vault'), 0);
  });

  afterEach(() => chmodSync(bench.path('vault'), 0o755));

  it('stops a snapshot, naming it and how to leave it out', async () => {
    const walkFails = asNobody(() => freeze(store, bench.folder, NO_SECRETS, undisturbed));
    await expect(walkFails).rejects.toMatchObject({
      code: 'E_SOURCE_UNREADABLE',
      message: expect.stringContaining('vault'),
      next: expect.stringContaining('.slipwayignore'),
    });
    bench.write('.slipwayignore', '/vault\n');
    const readFails = asNobody(() => freeze(store, bench.folder, NO_SECRETS, undisturbed));
    await expect(readFails).rejects.toMatchObject({
      code: 'E_SOURCE_UNREADABLE',
      message: expect.stringContaining('closed.bin'),
    });
    bench.write('.slipwayignore', '/vault\n/closed.bin\n');
    const { files } = await asNobody(() => freeze(store, bench.folder, NO_SECRETS, undisturbed));
    expect(files).toBe(41);
  });

  it('is listed in a preview', async () => {
    const { leftOut } = await asNobody(() => preview(store, bench.folder, NO_SECRETS, undisturbed));
    expect(leftOut).toMatchObject([
      { path: 'closed.bin', kind: 'file', reason: 'unreadable' },
      { path: 'vault', kind: 'directory', reason: 'unreadable' },
    ]);
  });
});
