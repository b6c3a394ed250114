import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { encodeTree, treeDigest, type TreeNode } from '../../snapshots/tree.ts';

export const sha256 = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex');

export const fileNode = (path: string, content: string): TreeNode => ({
  path,
  kind: 'file',
  size: Buffer.byteLength(content),
  executable: false,
  content: sha256(content),
});

/** One entry of an archive that is made by hand. */
export interface Part {
  name: string;
  content: Buffer;
  type?: Header['type'];
  linkname?: string;
}

/** Everything of an archive, to be changed before it is packed. */
export interface Draft {
  manifest: Record<string, unknown>;
  version: Record<string, unknown>;
  source: Record<string, unknown>;
  nodes: TreeNode[];
  /** Instead of the encoding of `nodes`. */
  encoded: Buffer | null;
  blobs: Map<string, Buffer>;
  /** The last look at the entries, in order. */
  parts: (parts: Part[]) => Part[];
}

/** A good archive with one version of one file; `change` makes of it what it is to be. */
export function makeParts(change: (draft: Draft) => void): Part[] {
  const content = 'print(1)\n';
  const draft: Draft = {
    manifest: {},
    version: {},
    source: {},
    nodes: [fileNode('main.py', content)],
    encoded: null,
    blobs: new Map([[sha256(content), Buffer.from(content)]]),
    parts: (parts) => parts,
  };
  change(draft);
  const encoded = draft.encoded ?? encodeTree(draft.nodes);
  const tree = treeDigest(encoded);
  const files = draft.nodes.filter(({ kind }) => kind === 'file');
  const source = {
    kind: 'code',
    tree,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    folder: null,
    includedSecrets: [],
    ...draft.source,
  };
  const manifest = {
    format: 'slipway-versions',
    formatNumber: 1,
    writtenBy: 'a test',
    job: { name: 'train', project: 'lab', description: '' },
    trees: [{ digest: tree, size: encoded.length }],
    versions: [{ ...VERSION, source, ...draft.version }],
    ...draft.manifest,
  };
  return draft.parts([
    { name: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) },
    { name: `trees/${tree}`, content: encoded },
    ...[...draft.blobs].map(([sha, bytes]) => ({ name: `blobs/${sha}`, content: bytes })),
  ]);
}

const VERSION = {
  number: 0,
  aliases: ['latest'],
  entryPoint: ['python', 'main.py'],
  environment: { dependencies: null, requirements: '', locked: false, python: null, notes: [] },
  build: { context: '', dockerfile: null, args: {}, target: null, baseImage: null },
  types: null,
  createdAt: 1,
};

/** The bytes of an archive. */
export async function packParts(parts: readonly Part[]): Promise<Buffer> {
  const out = pack();
  for (const { name, content, type = 'file', linkname } of parts) {
    out.entry({ name, type, ...(linkname !== undefined && { linkname }) }, content);
  }
  out.finalize();
  return gzipSync(await buffer(out));
}

export const makeArchive = (change: (draft: Draft) => void = () => undefined): Promise<Buffer> =>
  packParts(makeParts(change));
