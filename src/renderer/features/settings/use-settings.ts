import { useEffect, useState } from 'react';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { changeSettings } from './change-settings.ts';

type Errors = Partial<Record<keyof Settings, ErrorData>>;

export interface SettingsState {
  /** As they are kept; null until they are read. */
  settings: Settings | null;
  /** Why they could not be read. */
  error: ErrorData | null;
  /** What was refused, by the setting it was given to. */
  errors: Errors;
  /** Number of changes saved since the page was opened. */
  saved: number;
  /** Keeps what was typed; it stays in its field when it is refused. */
  change<K extends keyof Settings>(name: K, value: Settings[K]): void;
  /** Keeps what was chosen, which is shown at once and taken back when it is refused. */
  choose<K extends keyof Settings>(name: K, value: Settings[K]): void;
}

/** The settings, each saved as soon as it is changed. */
export function useSettings(): SettingsState {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const [errors, setErrors] = useState<Errors>({});
  const [saved, setSaved] = useState(0);
  useEffect(() => {
    void call('getSettings', {}).then((result) =>
      result.ok ? setSettings(result.value) : setError(result.error),
    );
  }, []);

  const change = async <K extends keyof Settings>(
    name: K,
    value: Settings[K],
  ): Promise<boolean> => {
    const result = await changeSettings(() => ({ [name]: value }));
    setErrors((have) => {
      const others = Object.entries(have).filter(([other]) => other !== name);
      return Object.fromEntries(result.ok ? others : [...others, [name, result.error]]);
    });
    if (!result.ok) return false;
    setSettings(result.value);
    setSaved((count) => count + 1);
    return true;
  };
  const choose = async <K extends keyof Settings>(name: K, value: Settings[K]): Promise<void> => {
    if (!settings) return;
    setSettings({ ...settings, [name]: value });
    const kept = await change(name, value);
    if (!kept) setSettings((now) => now && { ...now, [name]: settings[name] });
  };
  return {
    settings,
    error,
    errors,
    saved,
    change: (name, value) => void change(name, value),
    choose: (name, value) => void choose(name, value),
  };
}
