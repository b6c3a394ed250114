import { useState, type KeyboardEvent } from 'react';
import { bind, holderOf } from '../../commands/bindings.ts';
import type { Command } from '../../commands/command.ts';
import { isPlainKey, shortcutOf, shortcutText } from '../../commands/keys.ts';
import styles from './settings.module.css';

/** Why a pressed shortcut cannot be taken; null when it can. */
function refusal(shortcut: string, id: string): string | null {
  if (isPlainKey(shortcut)) return 'Hold Ctrl or Alt with it: the key alone is text.';
  const holder = holderOf(shortcut, id);
  return holder ? `${shortcutText(shortcut)} is for “${holder.title}”.` : null;
}

/** A command and its shortcut, which a click waits for anew. */
export function ShortcutRow({ id, command }: { id: string; command: Command }) {
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = (): void => {
    setWaiting(false);
    setProblem(null);
  };
  const take = (shortcut: string): void => {
    const refused = refusal(shortcut, id);
    if (refused) return setProblem(refused);
    bind(id, shortcut);
    stop();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!waiting || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return stop();
    if (event.key === 'Backspace' || event.key === 'Delete') {
      bind(id, null);
      return stop();
    }
    const shortcut = shortcutOf(event.nativeEvent);
    if (shortcut) take(shortcut);
  };
  const title = command.title.replace('…', '');
  const words = command.shortcut ? shortcutText(command.shortcut) : 'None';
  return (
    <li className={styles.shortcut}>
      <span className="ellipsis">{title}</span>
      {problem && (
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
      <button
        type="button"
        className={styles.keys}
        aria-label={waiting ? `Press the keys for ${title}` : `Shortcut of ${title}: ${words}`}
        aria-pressed={waiting}
        onClick={() => setWaiting(true)}
        onKeyDown={onKeyDown}
        onBlur={stop}
      >
        {waiting ? 'Press keys' : words}
      </button>
    </li>
  );
}
