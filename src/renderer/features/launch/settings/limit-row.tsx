import { useId } from 'react';
import type { RunSettings } from '../../../../shared/domain/launch-spec.ts';
import { cx } from '../../../lib/cx.ts';
import ui from '../../../ui/field.module.css';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setSettings, setText } from '../launch-store.ts';
import { SettingRow } from './setting-row.tsx';
import type { Read } from './units.ts';

type LimitKey = 'cpus' | 'memoryBytes' | 'shmBytes' | 'pids' | 'gpus' | 'timeLimitSeconds';

export interface Limit {
  key: LimitKey;
  label: string;
  placeholder: string;
  help: string;
  read: (text: string) => Read<number | 'all'>;
  write: (value: number) => string;
  /** What was understood, where the same may be written in several ways. */
  told?: (value: number) => string;
}

const shown = (limit: Limit, value: RunSettings[LimitKey], typed: string | undefined): string => {
  const read = typed === undefined ? null : limit.read(typed);
  if (typed !== undefined && read && ('problem' in read || read.value === value)) return typed;
  if (value === null) return '';
  return typeof value === 'number' ? limit.write(value) : value;
};

/** What is typed as it was understood, unless those are the words: `512 MB` is 512 MiB. */
function understood({ told }: Limit, value: RunSettings[LimitKey], text: string): string | null {
  if (!told || typeof value !== 'number') return null;
  const words = told(value);
  return words.replaceAll(' ', '') === text.replaceAll(' ', '') ? null : `That is ${words}`;
}

/** A limit of the run as words: `4 GiB`, `90 min`, `all`. Empty for none. */
export function LimitRow({ limit }: { limit: Limit }) {
  const store = useLaunchStore();
  const id = useId();
  const place = `settings.${limit.key}`;
  const value = useLaunch(({ spec }) => spec.settings[limit.key]);
  const typed = useLaunch(({ texts }) => texts[place]);
  const wrong = useLaunch(({ unread, problems }) => Boolean(unread[place] ?? problems[place]));
  const type = (text: string): void => {
    const read = text.trim() === '' ? { value: null } : limit.read(text);
    setText(store, place, text, 'problem' in read ? read.problem : null);
    // What cannot be read asks for nothing, and holds up the launch.
    setSettings(store, { [limit.key]: 'problem' in read ? null : read.value });
  };
  const text = shown(limit, value, typed === '' ? undefined : typed);
  const help = [understood(limit, value, text), limit.help].filter(Boolean).join('. ');
  return (
    <SettingRow
      {...{ id, place, label: limit.label, help }}
      changed={text !== ''}
      onReset={() => type('')}
    >
      <input
        id={id}
        type="text"
        value={text}
        placeholder={limit.placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={wrong || undefined}
        className={cx(ui.input, 'mono')}
        onChange={(event) => type(event.target.value)}
      />
    </SettingRow>
  );
}
