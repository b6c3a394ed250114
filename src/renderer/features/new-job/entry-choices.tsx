import type { EntryPointCandidate } from '../../../shared/domain/detection.ts';
import { formatCommand } from '../../lib/command-line.ts';
import type { Choice } from '../../ui/choice-list.tsx';

type Candidate = Pick<EntryPointCandidate, 'words' | 'evidence'>;

/** Entry points that were found, each with what it rests on. */
export const entryChoices = (candidates: readonly Candidate[]): Choice[] =>
  candidates.map(({ words, evidence }) => ({
    value: formatCommand(words),
    title: <span className="mono">{formatCommand(words)}</span>,
    text: evidence,
  }));
