const MAX_BYTES = 1024;
const FIRST_LINE = 'version https://git-lfs.github.com/spec/v1\n';

/** Whether the whole content of a file is that of a git LFS pointer. */
export const looksLikePointer = (content: Buffer): boolean =>
  content.length <= MAX_BYTES && readPointer(content) !== null;

/** What a pointer stands for (git-lfs, docs/spec.md); null when it is none. */
export function readPointer(content: Buffer): { oid: string; size: number } | null {
  const text = content.toString('latin1', 0, MAX_BYTES);
  if (!text.startsWith(FIRST_LINE)) return null;
  const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = /^size (\d{1,15})$/m.exec(text)?.[1];
  return oid !== undefined && size !== undefined ? { oid, size: Number(size) } : null;
}
