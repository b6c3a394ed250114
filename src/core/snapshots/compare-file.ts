import { FILE_HEADERS_ONLY, formatPatch, structuredPatch, type StructuredPatch } from 'diff';
import type { FileComparison } from '../../shared/domain/comparison.ts';
import { AppError } from '../../shared/errors.ts';
import { parseShown, showBytes } from './path-bytes.ts';
import type { FilePair } from './snapshots.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';

/** Largest file that is compared line by line, in bytes. */
const LIMIT_BYTES = 1 << 20;
/** Longest that a comparison may hold up the snapshots, and most it may find: both cost time. */
const TIMEOUT_MS = 1000;
const MOST_EDITS = 5000;
const CONTEXT_LINES = 3;
const NOWHERE = '/dev/null';
const SAME: FileComparison = { kind: 'text', patch: '', added: 0, removed: 0 };

/**
 * How one path differs between two trees, as a unified patch. A link is compared by its target.
 * @throws AppError `E_NOT_FOUND` when neither has it
 */
export function compareFile(
  store: Pick<Store, 'trees' | 'blobs'>,
  { before, after, path, from = path }: FilePair,
): FileComparison {
  const old = find(store, before, from);
  const now = find(store, after, path);
  if (!old && !now) {
    throw new AppError('E_NOT_FOUND', `There is no file ${path} in either version.`, {
      next: 'See the list of files that differ.',
    });
  }
  if (old?.kind === now?.kind && old?.content === now?.content) return SAME;
  if ([old, now].some((node) => node && node.size > LIMIT_BYTES)) return { kind: 'too-large' };
  const texts = [textOf(store, old), textOf(store, now)] as const;
  if (texts[0] === null || texts[1] === null) return { kind: 'binary' };
  const names = [old ? `a/${from}` : NOWHERE, now ? `b/${path}` : NOWHERE] as const;
  return patchOf(names, [texts[0], texts[1]]);
}

function find({ trees }: Pick<Store, 'trees'>, digest: string, shown: string): TreeNode | null {
  const path = parseShown(shown);
  const node = trees.nodes(digest).find((candidate) => candidate.path === path);
  return node && node.kind !== 'directory' ? node : null;
}

/** Null for what is no text; nothing has no lines. */
function textOf({ blobs }: Pick<Store, 'blobs'>, node: TreeNode | null): string | null {
  if (!node) return '';
  if (node.kind === 'link') return showBytes(node.content);
  const bytes = blobs.head(node.content, node.size, LIMIT_BYTES);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function patchOf(
  names: readonly [string, string],
  [old, now]: readonly [string, string],
): FileComparison {
  const patch =
    old === '' || now === ''
      ? oneSided(names, old, now)
      : structuredPatch(...names, old, now, undefined, undefined, {
          context: CONTEXT_LINES,
          timeout: TIMEOUT_MS,
          maxEditLength: MOST_EDITS,
        });
  if (!patch) return { kind: 'too-different' };
  if (patch.hunks.length === 0) return SAME;
  return {
    kind: 'text',
    patch: formatPatch(patch, FILE_HEADERS_ONLY),
    added: count(patch, '+'),
    removed: count(patch, '-'),
  };
}

/** All lines of a file that came or went: nothing to look for, however many they are. */
function oneSided(
  [oldFileName, newFileName]: readonly [string, string],
  old: string,
  now: string,
): StructuredPatch {
  const names = { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined };
  const text = old || now;
  if (text === '') return { ...names, hunks: [] };
  const mark = old === '' ? '+' : '-';
  const lines = text.split('\n').map((line) => mark + line);
  const length = text.endsWith('\n') ? lines.length - 1 : lines.length;
  if (text.endsWith('\n')) lines.pop();
  else lines.push('\\ No newline at end of file');
  const [oldLines, newLines] = old === '' ? [0, length] : [length, 0];
  // A side of no lines starts at 1 here: the library writes it as 0.
  return { ...names, hunks: [{ oldStart: 1, oldLines, newStart: 1, newLines, lines }] };
}

const count = ({ hunks }: StructuredPatch, mark: string): number =>
  hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith(mark)).length;
