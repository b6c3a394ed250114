import { pack } from 'tar-stream';

/** A folder, when it has no bytes, or a plain file. */
export interface TarEntry {
  path: string;
  bytes: Buffer | null;
  mode: number;
  uid: number;
}

/** A tar archive of these entries, in this order. */
export async function tarArchive(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { path, bytes, mode, uid } of entries) {
    const head = { name: path, mode, uid, gid: uid, mtime: new Date() };
    if (bytes === null) archive.entry({ ...head, type: 'directory' });
    else archive.entry({ ...head, type: 'file' }, bytes);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
