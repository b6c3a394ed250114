import { CaseSensitive, ChevronDown, ChevronUp, ListFilter, Regex, Search } from 'lucide-react';
import type { RefObject } from 'react';
import { useStore } from 'zustand';
import { commandHint } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { CommandButton } from '../../ui/button.tsx';
import { placeOf, type Found } from './log-search.ts';
import type { LogSession } from './log-session.ts';
import styles from './find.module.css';

const CONTEXT = [0, 1, 2, 3, 4, 5] as const;

/** "3 of 1,204", "1,204 lines", "None". */
export function countText(found: Found, match: number | null): string {
  const { lines, done, capped } = found;
  const count = `${formatCount(lines.length)}${capped ? '+' : ''}`;
  if (match !== null) return `${formatCount(placeOf(lines, match) + 1)} of ${count}`;
  if (lines.length === 0) return done ? 'None' : '';
  return lines.length === 1 && !capped ? '1 line' : `${count} lines`;
}

interface Props {
  session: LogSession;
  input: RefObject<HTMLInputElement | null>;
  /** Gives the focus back to the log. */
  onLeave: () => void;
}

interface ToggleProps {
  label: string;
  on: boolean;
  icon: React.ReactNode;
  onToggle: () => void;
}

function Toggle({ label, on, icon, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-pressed={on}
      className={styles.toggle}
      onClick={onToggle}
    >
      {icon}
    </button>
  );
}

/** How far the search is, how many lines match, and which of them the reader is at. */
function Count({ session }: { session: LogSession }) {
  const { query, found, match } = useStore(session.state);
  if (query.pattern === '') return null;
  const { lines } = session.feed.head();
  const share = Math.min(100, Math.floor((found.searched / Math.max(1, lines)) * 100));
  return (
    <>
      <span className={styles.count} title={`${plural(found.lines.length, 'line')} match`}>
        {found.error === null && countText(found, match)}
      </span>
      {!found.done && (
        <span
          role="progressbar"
          aria-label="Searching"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={share}
          className={styles.progress}
          style={{ '--share': share / 100 } as React.CSSProperties}
        />
      )}
    </>
  );
}

/** Only the lines that match are shown: with how many around each. */
function Context({ session }: { session: LogSession }) {
  const context = useStore(session.state, (log) => log.context);
  if (context === null) return null;
  return (
    <select
      aria-label="Lines around each match"
      title="Lines around each match"
      className={styles.context}
      value={context}
      onChange={(event) => session.state.setState({ context: Number(event.target.value) })}
    >
      {CONTEXT.map((lines) => (
        <option key={lines} value={lines}>
          ±{lines}
        </option>
      ))}
    </select>
  );
}

/** Looks for text in all of the log. */
export function LogFind({ session, input, onLeave }: Props) {
  const { query, found, context } = useStore(session.state);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'Enter') session.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      session.look({ pattern: '' });
      onLeave();
    } else return;
    event.preventDefault();
  };
  const none = found.lines.length === 0;
  return (
    <div role="search" className={styles.find}>
      <div className={styles.field} data-invalid={found.error !== null || undefined}>
        <Search size={14} aria-hidden="true" className={styles.icon} />
        <input
          ref={input}
          type="search"
          aria-label="Find in log"
          aria-invalid={found.error !== null}
          aria-describedby="log-find-error"
          placeholder="Find in log"
          title={commandHint(COMMANDS.findInLog)}
          spellCheck={false}
          value={query.pattern}
          onChange={(event) => session.look({ pattern: event.target.value.slice(0, 1000) })}
          onKeyDown={onKeyDown}
        />
        <Toggle
          label="Match case"
          on={query.matchCase}
          icon={<CaseSensitive size={14} />}
          onToggle={() => session.look({ matchCase: !query.matchCase })}
        />
        <Toggle
          label="Regular expression"
          on={query.regex}
          icon={<Regex size={14} />}
          onToggle={() => session.look({ regex: !query.regex })}
        />
        {found.error !== null && (
          <span id="log-find-error" role="alert" className={styles.error}>
            {found.error}
          </span>
        )}
      </div>
      <div className={styles.status}>
        <Count session={session} />
      </div>
      <CommandButton
        command={COMMANDS.findPrevious}
        look="quiet"
        icon={<ChevronUp />}
        disabled={none}
      />
      <CommandButton
        command={COMMANDS.findNext}
        look="quiet"
        icon={<ChevronDown />}
        disabled={none}
      />
      <CommandButton
        command={COMMANDS.onlyMatches}
        look="quiet"
        icon={<ListFilter />}
        aria-pressed={context !== null}
        disabled={none && context === null}
      />
      <Context session={session} />
    </div>
  );
}
