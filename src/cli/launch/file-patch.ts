import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { JobVersion } from '../../shared/domain/job.ts';
import { fileTextOf } from '../../core/jobs/file-text.ts';
import type { Snapshots } from '../../core/snapshots/snapshots.ts';

const CONTEXT_LINES = 3;
/** Longest that one comparison may take, in milliseconds. */
const TIMEOUT_MS = 1000;

/** How a launch changes a file of the code, as a unified patch; the whole text where that is too much. */
export async function filePatch(
  snapshots: Snapshots,
  version: JobVersion,
  { path, text }: { path: string; text: string },
): Promise<string> {
  const before = await textBefore(snapshots, version, path);
  const names = [before === null ? '/dev/null' : `a/${path}`, `b/${path}`] as const;
  const patch = structuredPatch(...names, before ?? '', text, undefined, undefined, {
    context: CONTEXT_LINES,
    timeout: TIMEOUT_MS,
  });
  return patch ? formatPatch(patch, FILE_HEADERS_ONLY) : text;
}

/** Null for a file that the code does not have. */
async function textBefore(
  snapshots: Snapshots,
  { source, build }: JobVersion,
  path: string,
): Promise<string | null> {
  if (source.kind === 'image') return null;
  const inTree = build.context === '' ? path : `${build.context}/${path}`;
  return fileTextOf(snapshots, source.tree, inTree).then(
    ({ text }) => text,
    () => null,
  );
}
