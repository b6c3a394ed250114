import type { AsyncEntry } from '@napi-rs/keyring';
import { AppError, cancelled } from '../../shared/errors.ts';

/** The operating system's secret store, reduced to what is used of it. Every failure is `E_SECRET_STORE`. */
export interface Keyring {
  /** Null when there is no such secret. */
  get(service: string, account: string, signal: AbortSignal): Promise<string | null>;
  set(service: string, account: string, value: string, signal: AbortSignal): Promise<void>;
  /** Returns whether there was one. */
  remove(service: string, account: string, signal: AbortSignal): Promise<boolean>;
}

/** A locked store asks the person for its password, which takes as long as it takes to type it. */
const UNLOCK_MS = 120_000;

const NEXT: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Unlock the login keychain and allow Slipway to use it.',
  win32: 'Check that the Windows Credential Manager works for your account.',
};
const NEXT_ELSEWHERE =
  'Use a desktop session with GNOME Keyring or KWallet and unlock it. Or let git\'s own credential helper, an ssh agent or "docker login" keep the login: Slipway uses those too.';

/** `why` is the system's own text; it never holds a secret. */
export const noSecretStore = (why: string, cause?: unknown): AppError =>
  new AppError('E_SECRET_STORE', 'The secret store of the operating system cannot be used.', {
    next: NEXT[process.platform] ?? NEXT_ELSEWHERE,
    detail: why,
    cause,
  });

/** Keychain on macOS, Credential Manager on Windows, the Secret Service (GNOME Keyring, KWallet) elsewhere. */
export const systemKeyring: Keyring = {
  async get(service, account, signal) {
    const bytes = await use(service, account, signal, (entry) => entry.getSecret());
    return bytes ? Buffer.from(bytes).toString('utf8') : null;
  },
  // As bytes: Windows would keep text in twice the room, of which it has 2.5 kB.
  set: (service, account, value, signal) =>
    use(service, account, signal, (entry) => entry.setSecret(Buffer.from(value))),
  remove: (service, account, signal) =>
    use(service, account, signal, (entry) => entry.deleteCredential()),
};

async function use<T>(
  service: string,
  account: string,
  signal: AbortSignal,
  call: (entry: AsyncEntry) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw cancelled('The secret store');
  const limit = AbortSignal.any([signal, AbortSignal.timeout(UNLOCK_MS)]);
  try {
    return await until(limit, open(service, account).then(call));
  } catch (error) {
    if (signal.aborted) throw cancelled('The secret store');
    if (limit.aborted) throw noSecretStore('It was not unlocked in time.');
    throw noSecretStore(error instanceof Error ? error.message : String(error), error);
  }
}

/** Loaded when a secret is asked for: most starts never need one. */
async function open(service: string, account: string): Promise<AsyncEntry> {
  const { AsyncEntry: Entry } = await import('@napi-rs/keyring');
  // Else it would fall back to the kernel's keys, which are gone after the next start of the machine.
  return new Entry(service, account, { linux: { store: 'secret-service' } });
}

/** The call itself cannot be broken off while the store waits for the person. */
function until<T>(limit: AbortSignal, call: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(limit.reason as Error);
    limit.addEventListener('abort', stop, { once: true });
    call.then(resolve, reject).finally(() => limit.removeEventListener('abort', stop));
  });
}
