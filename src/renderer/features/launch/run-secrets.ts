import { useEffect } from 'react';
import { create } from 'zustand';
import type { SecretList } from '../../../shared/domain/secret.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';

const PREFIX = 'run:';

/** The secrets that are kept for runs, by name; asked for once, however many fields show them. */
const useSecrets = create<{ list: SecretList | null }>(() => ({ list: null }));

export async function loadRunSecrets(): Promise<void> {
  const answer = await call('listSecrets', {});
  if (answer.ok) useSecrets.setState({ list: answer.value });
}

/** The names as a spec has them (`run:HF_TOKEN`), and why none can be kept. */
export function useRunSecrets(): { names: string[]; problem: string | null } {
  const list = useSecrets((state) => state.list);
  useEffect(() => {
    if (!useSecrets.getState().list) void loadRunSecrets();
  }, []);
  const names = (list?.names ?? []).filter((name) => name.startsWith(PREFIX));
  return { names, problem: list?.problem ?? null };
}

export const secretLabel = (name: string): string =>
  name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;

/** A name for a secret as environment variables have it: `hub.token` becomes `HUB_TOKEN`. */
export const secretNameOf = (name: string): string =>
  name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_');

/** Keeps a secret for runs; resolves to the name a spec calls it by, or why it could not be kept. */
export async function keepSecret(
  name: string,
  value: string,
): Promise<{ kept: string } | { error: ErrorData }> {
  const answer = await call('saveRunSecret', { name, value });
  if (!answer.ok) return { error: answer.error };
  useSecrets.setState({ list: answer.value });
  return { kept: `${PREFIX}${name}` };
}
