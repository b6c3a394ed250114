import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeTree, type TreeNode } from '../snapshots/tree.ts';
import { CONTROL, dataFolder, DataFolder } from './testing/data-folder.ts';
import {
  fileNode,
  makeArchive,
  makeParts,
  packParts,
  sha256,
  type Draft,
  type Part,
} from './testing/make-archive.ts';

const NOTHING = { chunks: 0, blobs: 0, trees: 0, project: 0, job: 0, job_version: 0, alias: 0 };

function takeIn(data: DataFolder, bytes: Buffer): Promise<unknown> {
  const file = join(data.path, 'archive.slipway');
  writeFileSync(file, bytes);
  return data.transfer.import(file, {}, CONTROL);
}

/** What is refused leaves nothing, so that all of it may meet the same data folder. */
let untouched: DataFolder;

beforeAll(() => {
  untouched = new DataFolder();
});

afterAll(() => untouched.dispose());

async function refused(bytes: Buffer, code: string): Promise<void> {
  await expect(takeIn(untouched, bytes)).rejects.toMatchObject({ code });
  expect(untouched.rows()).toEqual(NOTHING);
}

const entry = (name: string, more: Partial<Part> = {}): Part => ({
  name,
  content: Buffer.from('x'),
  ...more,
});
const empty = { content: Buffer.alloc(0) };
const insert = (at: number, part: Part) => (draft: Draft) => {
  draft.parts = (parts) => parts.toSpliced(at, 0, part);
};
const link = (path: string, content: string): TreeNode => ({
  path,
  kind: 'link',
  size: 0,
  executable: false,
  content,
});
const folder = (path: string): TreeNode => ({ ...link(path, ''), kind: 'directory' });
const CONTENT = 'print(1)\n';
const nodes =
  (...list: TreeNode[]) =>
  (draft: Draft) => {
    draft.nodes = list;
  };

/** Deeper than anything that recurses could go. */
const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

const git = { kind: 'git', remote: 'https://git.example/a.git', ref: null, dirty: null };
const image = {
  kind: 'image',
  reference: 'python:3.11',
  digest: `sha256:${'a'.repeat(64)}`,
  local: false,
  platform: 'linux/amd64',
  command: [],
};
const version = (more: object) => (draft: Draft) => {
  draft.version = { ...more };
};
const source = (more: object) => (draft: Draft) => {
  draft.source = { ...more };
};
const manifest = (more: object) => (draft: Draft) => {
  draft.manifest = { ...more };
};
const build = (more: object) =>
  version({
    build: { context: '', dockerfile: null, args: {}, target: null, baseImage: null, ...more },
  });
const python = (text: string) =>
  version({
    environment: {
      dependencies: null,
      requirements: '',
      locked: false,
      python: { version: text, evidence: '' },
      notes: [],
    },
  });

describe('an archive made by hand', () => {
  it('is taken in when it is as it should be', async () => {
    const data = dataFolder();
    await takeIn(data, await makeArchive());
    expect(data.versions()).toHaveLength(1);
    expect(data.rows()).toMatchObject({ trees: 1, blobs: 1, job_version: 1 });
  });

  it.each<[string, (draft: Draft) => void]>([
    ['a path out of it, first', insert(0, entry('../x'))],
    ['a path out of it, last', insert(3, entry('../x'))],
    ['a full path', insert(1, entry('/etc/passwd'))],
    ['a path out of its part', insert(2, entry('blobs/../../x'))],
    ['a link', insert(1, entry('manifest.json', { type: 'symlink', linkname: '/', ...empty }))],
    ['a hard link', insert(2, entry('blobs/x', { type: 'link', linkname: '/etc/x', ...empty }))],
    ['a device', insert(2, entry('blobs/x', { type: 'character-device', ...empty }))],
    ['a pipe', insert(2, entry('blobs/x', { type: 'fifo', ...empty }))],
    ['a folder', insert(0, entry('blobs/', { type: 'directory', ...empty }))],
    ['something else', insert(2, entry('README.md'))],
    ['content that no tree names', insert(2, entry(`blobs/${sha256('x')}`))],
    ['a tree that is not listed', insert(1, entry(`trees/${sha256('x')}`))],
    ['the manifest twice', (draft) => (draft.parts = (parts) => [parts[0]!, ...parts])],
    ['a tree twice', (draft) => (draft.parts = (parts) => parts.toSpliced(1, 0, parts[1]!))],
    ['content twice', (draft) => (draft.parts = (parts) => [...parts, parts[2]!])],
    ['content before its tree', (draft) => (draft.parts = ([m, t, b]) => [m!, b!, t!])],
    ['a repository in its tree', nodes(folder('.git'), fileNode('.git/config', CONTENT))],
    ['one in capitals', nodes(folder('a'), folder('a/.GIT'), fileNode('a/.GIT/config', CONTENT))],
  ])('is refused with %s', async (_, change) => {
    await refused(await makeArchive(change), 'E_ARCHIVE_ENTRY');
  });

  it.each<[string, (draft: Draft) => void]>([
    ['without content', (draft) => draft.blobs.clear()],
    ['without its tree', (draft) => (draft.parts = (parts) => parts.slice(0, 1))],
    ['with nothing in it', (draft) => (draft.parts = () => [])],
    [
      'whose content is another',
      (draft) => draft.blobs.set(sha256(CONTENT), Buffer.from('print(2)\n')),
    ],
    [
      'whose content is longer',
      (draft) => draft.blobs.set(sha256(CONTENT), Buffer.from('longer than said')),
    ],
    [
      'whose tree is another',
      (draft) =>
        (draft.parts = ([m, t, b]) => [
          m!,
          { ...t!, content: Buffer.from(t!.content).fill('x') },
          b!,
        ]),
    ],
    ['with a tree of no kind', (draft) => (draft.encoded = Buffer.from('not a tree'))],
    ['with a path out of its tree', nodes(fileNode('../main.py', CONTENT))],
    ['with a full path in its tree', nodes(fileNode('/main.py', CONTENT))],
    ['with a path behind a link', nodes(link('a', '/tmp'), fileNode('a/main.py', CONTENT))],
    ['with a path twice', nodes(fileNode('a', CONTENT), fileNode('a', CONTENT))],
    ['with paths out of order', nodes(fileNode('b', CONTENT), fileNode('a', CONTENT))],
    [
      'with a tree that is encoded in another way',
      (draft) => (draft.encoded = overlong(draft.nodes)),
    ],
    [
      'with sizes that contradict',
      nodes(fileNode('a', CONTENT), { ...fileNode('b', CONTENT), size: 3 }),
    ],
    ['of another format', manifest({ format: 'zip' })],
    ['of a newer format', manifest({ formatNumber: 2 })],
    ['with a part nobody knows', manifest({ more: 1 })],
    ['without versions', manifest({ versions: [] })],
    [
      'with a job name that is none',
      manifest({ job: { name: '../x', project: 'lab', description: '' } }),
    ],
    [
      'with a project name that is none',
      manifest({ job: { name: 'x', project: '', description: '' } }),
    ],
    ['with a tree it does not list', source({ tree: 'ab'.repeat(32) })],
    ['with a tree that is no digest', source({ tree: '../../x' })],
    ['with other totals', source({ files: 2 })],
    ['that is too deep', tooDeep],
    ['with a date there is not', version({ createdAt: 1e300 })],
    ['with a negative number', version({ number: -1 })],
    ['with an alias that is none', version({ aliases: ['v7'] })],
    ['with a NUL in its entry point', version({ entryPoint: ['python', 'a\0b'] })],
    ['with a context out of its tree', build({ context: 'a/../../b' })],
    ['with a Dockerfile out of its tree', build({ dockerfile: '/etc/passwd' })],
    ['with a stage that is none', build({ target: 'x\nRUN y' })],
    ['with a schema that is none', version({ inputSchema: { properties: 3 } })],
    ['with an argument that is none', build({ args: { 'A B': 'x' } })],
    ['with a base image that is none', build({ baseImage: 'x\nRUN y' })],
    ['with a Python version that is none', python('3.11\nRUN x')],
    [
      'with a helper program as its remote',
      source({ ...git, commit: 'a'.repeat(40), remote: 'ext::sh -c x' }),
    ],
    [
      'with a token in its remote',
      source({ ...git, commit: 'a'.repeat(40), remote: 'https://u:t@git.example/a.git' }),
    ],
    ['with a commit that is none', source({ ...git, commit: '--upload-pack=x' })],
    ['with an image that is none', (draft) => imageOnly(draft, { reference: 'x y' })],
    ['with an image digest that is none', (draft) => imageOnly(draft, { digest: 'latest' })],
    ['with a platform that is none', (draft) => imageOnly(draft, { platform: '../x' })],
  ])('is refused %s', async (_, change) => {
    await refused(await makeArchive(change), 'E_ARCHIVE');
  });

  it('keeps odd but harmless things as they are', async () => {
    const data = dataFolder();
    const odd = [
      link('away', '/etc/passwd'),
      fileNode('caf\xe9', CONTENT),
      folder('hollow'),
      { ...fileNode('new\nline', CONTENT), executable: true },
    ];
    await takeIn(data, await makeArchive(nodes(...odd)));
    const tree = sha256(encodeTree(odd));
    const entries = await data.snapshots.entries(tree);
    expect(entries.map(({ path }) => path)).toEqual(['away', 'caf\\xe9', 'hollow', 'new\\x0aline']);
  });
});

/** The same tree with the length of its first path in two bytes instead of one. */
function overlong(list: readonly TreeNode[]): Buffer {
  const plain = encodeTree(list);
  const at = 'slipway tree 1\n'.length + 1;
  const length = plain[at]!;
  return Buffer.concat([
    plain.subarray(0, at),
    Buffer.from([length | 0x80, 0]),
    plain.subarray(at + 1),
  ]);
}

function tooDeep(draft: Draft): void {
  draft.parts = ([first, ...others]) => {
    const text = first!.content.toString().replace('"types":null', `"types":{"inputs":${deep}}`);
    return [{ ...first!, content: Buffer.from(text) }, ...others];
  };
}

function imageOnly(draft: Draft, more: object): void {
  draft.manifest = { trees: [] };
  draft.source = { ...image, ...more };
  draft.parts = (parts) => parts.slice(0, 1);
}

describe('a file that is no archive', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('hello\n')],
    ['packed text', gzipSync('hello\n'.repeat(1000))],
    ['packed nothing', gzipSync('')],
    ['packed zeros without end', gzipSync(Buffer.alloc(64 * 1024 * 1024))],
  ])('is refused when it is %s', async (_, bytes) => {
    await refused(bytes, 'E_ARCHIVE');
  });

  it('is refused when it is a pipe, a folder or not there', async () => {
    const data = dataFolder();
    execFileSync('mkfifo', [join(data.path, 'pipe')]);
    mkdirSync(join(data.path, 'folder'));
    const codes = { pipe: 'E_ARCHIVE', folder: 'E_ARCHIVE', absent: 'E_SOURCE_NOT_FOUND' };
    for (const [name, code] of Object.entries(codes)) {
      const taken = data.transfer.import(join(data.path, name), {}, CONTROL);
      await expect(taken).rejects.toMatchObject({ code });
    }
  });

  it('is refused when an entry says it is longer than the whole', async () => {
    const parts = makeParts(() => undefined);
    const whole = gunzipSync(await packParts(parts));
    await refused(gzipSync(whole.subarray(0, whole.length - 2000)), 'E_ARCHIVE');
  });
});

describe('a damaged archive', () => {
  it('is refused wherever it ends, and leaves nothing', async () => {
    const bytes = await makeArchive();
    const data = dataFolder();
    const ends = Array.from({ length: bytes.length }, (_, at) => at);
    for (const end of ends.filter((at) => at % 9 === 0 || at > bytes.length - 12)) {
      const taken = takeIn(data, bytes.subarray(0, end));
      await expect(taken, `cut at ${end}`).rejects.toMatchObject({ code: 'E_ARCHIVE' });
    }
    expect(data.rows()).toEqual(NOTHING);
  });

  it('is refused, or the same, whichever byte is another', async () => {
    const bytes = await makeArchive();
    const data = dataFolder();
    const good = sha256(encodeTree([fileNode('main.py', CONTENT)]));
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 0xff;
      const outcome = await takeIn(data, changed).then(
        () => data.versions().map((taken) => 'tree' in taken.source && taken.source.tree),
        (error: unknown) => (error as { code: string }).code,
      );
      if (typeof outcome === 'string') expect(outcome, `byte ${at}`).toMatch(/^E_ARCHIVE/);
      else expect(outcome, `byte ${at}`).toEqual([good]);
    }
  });
});
