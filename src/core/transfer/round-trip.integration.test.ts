import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CONTROL, dataFolder } from './testing/data-folder.ts';

/** Names as bytes: what a file system takes but for `/` and NUL, and what snapshots leave out. */
const name = fc
  .uint8Array({ minLength: 1, maxLength: 12 })
  .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x5f : byte))))
  .filter((bytes) => !/^\.|^wandb$/.test(bytes.toString('latin1')));

const content = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  // Larger than a chunk of the store.
  fc
    .record({ size: fc.integer({ min: 500_000, max: 1_200_000 }), seed: fc.string() })
    .map(({ size, seed }) => Buffer.alloc(size, `${seed}.`)),
);

const file = fc.record({
  kind: fc.constant('file' as const),
  name,
  content,
  executable: fc.boolean(),
});
const link = fc.record({ kind: fc.constant('link' as const), name, target: name });

type Leaf =
  | { kind: 'file'; name: Buffer; content: Buffer; executable: boolean }
  | { kind: 'link'; name: Buffer; target: Buffer };

interface Folder {
  kind: 'folder';
  name: Buffer;
  entries: (Leaf | Folder)[];
}

const { folder } = fc.letrec<{ entry: Leaf | Folder; folder: Folder }>((tie) => ({
  entry: fc.oneof({ depthSize: 'small', withCrossShrink: true }, file, link, tie('folder')),
  folder: fc.record({
    kind: fc.constant('folder' as const),
    name,
    entries: fc.uniqueArray(tie('entry'), {
      maxLength: 6,
      selector: (entry) => entry.name.toString('latin1'),
    }),
  }),
}));

function make(at: Buffer, { entries }: Folder): void {
  mkdirSync(at, { recursive: true });
  for (const entry of entries) {
    const path = Buffer.concat([at, Buffer.from('/'), entry.name]);
    if (entry.kind === 'folder') make(path, entry);
    else if (entry.kind === 'link') symlinkSync(entry.target, path);
    else {
      writeFileSync(path, entry.content);
      if (entry.executable) chmodSync(path, 0o755);
    }
  }
}

it('gives the same trees and digests on another data folder, whatever the files are', async () => {
  const [here, there] = [dataFolder(), dataFolder()];
  let count = 0;
  await fc.assert(
    fc.asyncProperty(folder, async (root) => {
      const source = here.source(`tree-${count++}`);
      make(Buffer.from(source), root);
      writeFileSync(join(source, 'main.py'), 'print(1)\n');
      const version = here.addVersion(await here.freeze(source));
      const archive = join(here.path, 'one.slipway');
      await here.transfer.export([version], archive, { force: true }, CONTROL);
      const { versions } = await there.transfer.import(archive, {}, CONTROL);
      const taken = versions[0]!.version;
      expect(taken.digest).toBe(version.digest);
      const tree = version.source.kind === 'code' ? version.source.tree : '';
      const entries = await there.snapshots.entries(tree);
      expect(entries).toEqual(await here.snapshots.entries(tree));
      // Not a byte of it is another: the folder written from it is the same snapshot.
      const back = join(there.path, 'back', `${count}`);
      await there.snapshots.writeTo(tree, back, CONTROL);
      expect((await there.freeze(back)).tree).toBe(tree);
    }),
    { numRuns: 30 },
  );
});
