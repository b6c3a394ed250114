import type { EntryPointCandidate } from '../../../shared/domain/detection.ts';
import { formatCommand } from '../../lib/command-line.ts';
import type { Choice } from '../../ui/choice-list.tsx';

/** Entry points that were found, each with the line it rests on. */
export const entryChoices = (
  candidates: readonly (Omit<EntryPointCandidate, 'file' | 'line'> &
    Partial<EntryPointCandidate>)[],
): Choice[] =>
  candidates.map(({ words, evidence, file, line }) => ({
    value: formatCommand(words),
    title: <span className="mono">{formatCommand(words)}</span>,
    text: file === undefined ? evidence : `${file}:${line}  ${evidence}`,
  }));
