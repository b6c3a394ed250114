import { fileSize } from '../shared/units.ts';
import type {
  Comparison,
  FieldChange,
  FileChange,
  FileComparison,
} from '../shared/domain/comparison.ts';
import { plural } from '../shared/format.ts';
import { indent, printLine } from './output.ts';

const MARKS: Record<FileChange['change'], string> = {
  added: '+',
  removed: '-',
  changed: '~',
  renamed: '>',
};

const WHY = {
  binary: 'is not text on both sides',
  'too-large': 'is larger than 1 MB',
  'too-different': 'has too little in common to be compared line by line',
};

/** Prints the asked-for parts; what is the same in both is left out. */
export function printComparison(
  comparison: Comparison,
  parts: readonly ('about' | 'files')[],
): void {
  const { before, after, same, source, entryPoint, build, environment } = comparison;
  printLine(`${before.label} -> ${after.label}${same ? ' (the same content)' : ''}`);
  if (parts.includes('about')) {
    printFieldChanges('source', source);
    printFieldChanges('start', entryPoint ? [entryPoint] : []);
    printFieldChanges('build', build);
    printFieldChanges('environment', environment.fields);
    printLines(environment.requirements);
    printFieldChanges('inputs', comparison.inputs);
    printFieldChanges('outputs', comparison.outputs);
  }
  if (parts.includes('files')) printFiles(comparison.files);
}

function printFieldChanges(title: string, fields: readonly FieldChange[]): void {
  if (fields.length === 0) return;
  printLine(title);
  for (const { name, before, after } of fields) {
    printLine(indent(`${name}: ${before ?? '-'} -> ${after ?? '-'}`));
  }
}

function printLines({ added, removed }: { added: string[]; removed: string[] }): void {
  if (added.length + removed.length === 0) return;
  printLine('requirements');
  for (const line of removed) printLine(indent(`- ${line}`));
  for (const line of added) printLine(indent(`+ ${line}`));
}

function printFiles(files: Comparison['files']): void {
  if (!files) return printLine('files: an image has none that could be compared');
  const { counts, changes } = files;
  const total = counts.added + counts.removed + counts.changed + counts.renamed;
  if (total === 0) return printLine('files: no difference');
  printLine(
    `files: ${counts.added} added, ${counts.removed} removed, ${counts.changed} changed, ${counts.renamed} renamed`,
  );
  for (const change of changes) printLine(indent(describeChange(change)));
  if (changes.length < total) printLine(indent(`… and ${total - changes.length} more`));
}

/** `~ main.py (9 B -> 20 B, now executable)`. */
export function describeChange(change: FileChange): string {
  const path = change.from === null ? change.path : `${change.from} -> ${change.path}`;
  const details = [sizes(change), ...otherThanContent(change)].filter((text) => text !== '');
  return `${MARKS[change.change]} ${path}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

function sizes({ before, after, contentDiffers }: FileChange): string {
  const shown = [before, after].map((side) => (side?.kind === 'file' ? fileSize(side.size) : ''));
  if (!before || !after || shown[0] === shown[1]) return (after ? shown[1] : shown[0]) ?? '';
  return contentDiffers ? shown.filter((text) => text !== '').join(' -> ') : '';
}

function otherThanContent({ before, after }: FileChange): string[] {
  if (!before || !after) return [];
  const notes: string[] = [];
  if (before.kind !== after.kind) notes.push(`${before.kind} -> ${after.kind}`);
  if (before.executable !== after.executable && before.kind === after.kind) {
    notes.push(after.executable ? 'now executable' : 'no longer executable');
  }
  if (before.target !== after.target)
    notes.push(`${before.target ?? '-'} -> ${after.target ?? '-'}`);
  return notes;
}

/** Prints a patch as it is, so that `patch` and `git apply` take it; what has none is told as a comment. */
export function printFileComparison(what: string, comparison: FileComparison): void {
  if (comparison.kind !== 'text') return printLine(`# ${what} ${WHY[comparison.kind]}`);
  const { patch, added, removed } = comparison;
  if (patch === '') return printLine(`# ${what}: the content is the same`);
  printLine(`# ${what}: ${plural(added, 'line')} added, ${removed} removed`);
  // Programs get the bytes of a line's end as they are, terminals nothing that steers them.
  if (process.stdout.isTTY) printLine(patch.replace(/\n$/, ''));
  else process.stdout.write(patch);
}
