import { Copy, GitCompareArrows, Square, Star, Tags, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { isEnabled, type Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount } from '../../lib/format.ts';
import { clearSelection, useRunSelection } from '../../stores/run-selection.ts';
import { CommandButton, IconButton } from '../../ui/button.tsx';
import styles from './selection-bar.module.css';

const ACTIONS: readonly [keyof typeof COMMANDS, string, ReactNode][] = [
  ['compareSelected', 'Compare', <GitCompareArrows key="icon" />],
  ['starSelected', 'Star', <Star key="icon" />],
  ['tagSelected', 'Tags…', <Tags key="icon" />],
  ['stopSelected', 'Stop', <Square key="icon" />],
  ['copySelected', 'Copy ids', <Copy key="icon" />],
  ['binSelected', 'Move to bin', <Trash2 key="icon" />],
];

/** What can be done with several runs, while they are selected. */
export function SelectionBar({ inspector }: { inspector: boolean }) {
  const { size } = useRunSelection((selection) => selection.runs);
  // One alone is what the inspector is about.
  if (size === 0 || (size === 1 && inspector)) return null;
  return (
    <div role="toolbar" aria-label="Selected runs" className={styles.bar}>
      <span role="status" className={styles.count}>
        {formatCount(size)} selected
      </span>
      {ACTIONS.map(([id, words, icon]) => {
        const command: Command = COMMANDS[id];
        return (
          <CommandButton
            key={id}
            command={command}
            look="quiet"
            icon={icon}
            aria-label={words}
            disabled={!isEnabled(command)}
          >
            <span className={styles.words}>{words}</span>
          </CommandButton>
        );
      })}
      <IconButton label="Select none" icon={<X />} onClick={clearSelection} />
    </div>
  );
}
