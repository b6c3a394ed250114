import type { ReactNode } from 'react';
import { RUN_STATES } from '../../../shared/domain/run.ts';
import { engineName } from '../../stores/engines.ts';
import { STATE_LOOKS } from '../../stores/run-states.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { columnTitle } from './run-columns.tsx';
import { valueText } from './flat-values.ts';

function wordsOf(column: string, value: unknown): string {
  if (column === 'starred') return value === true ? 'Starred' : 'Not starred';
  if (value === null || value === '') return `No ${columnTitle(column).toLowerCase()}`;
  if (column === 'engine') return engineName(value === 'process' ? 'process' : 'docker');
  if (column === 'version') return `v${valueText(value)}`;
  return valueText(value);
}

/** What the title of a group says: as its cells would, and as words alone. */
export function groupName(column: string, value: unknown): { title: ReactNode; name: string } {
  const state = column === 'state' && RUN_STATES.find((known) => known === value);
  if (state) return { title: <StateMark state={state} />, name: STATE_LOOKS[state].word };
  const words = wordsOf(column, value);
  const name = /^(config|summary) /.test(column) ? `${columnTitle(column)}: ${words}` : words;
  return { title: name, name };
}
