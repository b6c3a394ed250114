import { AppError } from '../../shared/errors.ts';
import type { SettingsRepo } from '../db/settings-repo.ts';
import { newId } from '../db/ids.ts';
import { systemKeyring, type Keyring } from './keyring.ts';
import { isSecretName } from './secret-name.ts';

/** Whether secrets can be kept here; `fix` says what to do when not. */
export interface SecretStoreStatus {
  available: boolean;
  /** What keeps them, or why nothing does. */
  text: string;
  fix: string | null;
}

/**
 * Secrets in the operating system's store; values are nowhere else. The names of those of this data
 * folder are rows of its database, so that listing asks for nothing to be unlocked. Every call but
 * `list` and `status` fails with `E_SECRET_STORE` where there is no store.
 */
export interface SecretStore {
  /** Never throws. */
  status(signal: AbortSignal): Promise<SecretStoreStatus>;
  /** Names only, sorted. */
  list(): string[];
  /** Null for a name that is not listed, without asking the system. */
  get(name: string, signal: AbortSignal): Promise<string | null>;
  /** Another one for each value that was kept under the name, without asking the system; null for none. */
  stamp(name: string): string | null;
  /** @throws AppError `E_SECRET_FORMAT` for a name or value that cannot be kept */
  set(name: string, value: string, signal: AbortSignal): Promise<void>;
  /** Returns whether there was one. Its name is forgotten even when the store cannot be used. */
  remove(name: string, signal: AbortSignal): Promise<boolean>;
}

type Names = Pick<
  SettingsRepo,
  'metaOnce' | 'secretNames' | 'addSecretName' | 'stampSecret' | 'secretStamp' | 'removeSecretName'
>;

const STORES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
};
const VALUE_LIMIT = 16 * 1024;

/** The store of the data folder that `names` belongs to. Nothing is loaded or asked before first use. */
export function openSecretStore(names: Names, keyring: Keyring = systemKeyring): SecretStore {
  const service = `Slipway ${names.metaOnce('instance', newId)}`;
  return {
    async status(signal) {
      try {
        await keyring.get(service, 'status', signal);
        const text = STORES[process.platform] ?? 'Secret Service (GNOME Keyring, KWallet)';
        return { available: true, text, fix: null };
      } catch (error) {
        const { message, next } =
          error instanceof AppError ? error : new AppError('E_SECRET_STORE', String(error));
        return { available: false, text: message, fix: next ?? null };
      }
    },
    list: () => names.secretNames(),
    async get(name, signal) {
      return names.secretNames().includes(name) ? keyring.get(service, name, signal) : null;
    },
    stamp: (name) => names.secretStamp(name),
    async set(name, value, signal) {
      checkFormat(name, value);
      // Before the value: a name without one does no harm, a value without a name is never found.
      const added = names.addSecretName(name);
      names.stampSecret(name);
      try {
        await keyring.set(service, name, value, signal);
      } catch (error) {
        if (added) names.removeSecretName(name);
        throw error;
      }
    },
    async remove(name, signal) {
      if (!isSecretName(name)) return false;
      const listed = names.removeSecretName(name);
      const kept = await keyring.remove(service, name, signal);
      return listed || kept;
    },
  };
}

function checkFormat(name: string, value: string): void {
  if (!isSecretName(name)) {
    throw new AppError('E_SECRET_FORMAT', 'A secret of that name cannot be kept.', {
      next: 'Names are git:<host>[:<port>], git-key:<host>, registry:<host> and run:<NAME>.',
    });
  }
  if (Buffer.byteLength(value) > VALUE_LIMIT) {
    throw new AppError(
      'E_SECRET_FORMAT',
      `The secret ${name} is longer than ${VALUE_LIMIT} bytes.`,
    );
  }
}
