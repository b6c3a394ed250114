import type { SecretList } from '../../shared/domain/secret.ts';
import { AppError } from '../../shared/errors.ts';
import type { CheckLogin } from '../engines/docker/check-login.ts';
import {
  checkLoginFormat,
  gitCredentials,
  registryCredentials,
  type Login,
} from './credentials.ts';
import { isPrivateKey } from '../sources/git/ssh-key.ts';
import { runSecretName, secretName } from './secret-name.ts';
import type { SecretStore } from './secret-store.ts';

const never = new AbortController().signal;

/** What came of removing a secret. */
export interface Removal {
  /** Whether there was one. */
  removed: boolean;
  /** Why its value may still be in the store. */
  problem: string | null;
}

/** What a person does with secrets, from the window or the command line. No value ever comes back out. */
export class SecretService {
  readonly #store: SecretStore;
  readonly #checkLogin: CheckLogin;

  constructor(store: SecretStore, checkLogin: CheckLogin) {
    this.#store = store;
    this.#checkLogin = checkLogin;
  }

  async list(signal: AbortSignal = never): Promise<SecretList> {
    const { available, text, fix } = await this.#store.status(signal);
    const problem = available ? null : [text, fix].filter(Boolean).join(' ');
    return { problem, names: this.#store.list() };
  }

  /**
   * Keeps a login and returns its name. That of a registry is tried first.
   * @throws AppError `E_SECRET_FORMAT`, `E_SECRET_STORE`, `E_REGISTRY_AUTH`, `E_REGISTRY_UNREACHABLE`
   */
  async saveCredentials(
    kind: 'git' | 'registry',
    address: string,
    login: Login,
    signal: AbortSignal = never,
  ): Promise<string> {
    const name = secretName(kind, address);
    const host = name.slice(kind.length + 1);
    checkLoginFormat(login);
    if (kind === 'registry') await this.#checkLogin(host, login, signal);
    const credentials = kind === 'git' ? gitCredentials : registryCredentials;
    await credentials(this.#store).set(host, login, signal);
    return name;
  }

  /**
   * Keeps which private key file ssh uses for a host, and returns the name of that.
   * @throws AppError `E_SECRET_FORMAT`, `E_SECRET_STORE`
   */
  async saveSshKey(address: string, path: string, signal: AbortSignal = never): Promise<string> {
    await checkKeyFile(path);
    await gitCredentials(this.#store).setSshKey(address, path, signal);
    return secretName('git-key', address);
  }

  /**
   * Keeps a secret that runs can be given, and returns its name. It may hold anything that a variable
   * can, line breaks too.
   * @throws AppError `E_SECRET_FORMAT`, `E_SECRET_STORE`
   */
  async saveRunSecret(name: string, value: string, signal: AbortSignal = never): Promise<string> {
    const full = runSecretName(name);
    if (value === '' || value.includes('\0') || !value.isWellFormed()) {
      const what = value === '' ? 'is empty' : 'holds what no variable can';
      throw new AppError('E_SECRET_FORMAT', `The value of ${name} ${what}.`, {
        next: 'Check what you pasted.',
      });
    }
    await this.#store.set(full, value, signal);
    return full;
  }

  /**
   * Removes what is kept under a name. Where the store cannot be used the name is forgotten alone.
   * @throws AppError `E_SECRET_STORE` when the name is not listed either, `E_CANCELLED`
   */
  async remove(name: string, signal: AbortSignal = never): Promise<Removal> {
    const listed = this.#store.list().includes(name);
    try {
      return { removed: await this.#store.remove(name, signal), problem: null };
    } catch (error) {
      if (!listed || !(error instanceof AppError) || error.code !== 'E_SECRET_STORE') throw error;
      const left = `The name is forgotten; what was kept under it is still in the store.`;
      const next = 'Remove it once more where the store can be used.';
      return { removed: true, problem: [error.message, left, next].join(' ') };
    }
  }
}

async function checkKeyFile(path: string): Promise<void> {
  const isKey = await isPrivateKey(path);
  if (isKey) return;
  const what = isKey === null ? 'not a file that can be read' : 'no private key';
  throw new AppError('E_SECRET_FORMAT', `${path} is ${what}.`, {
    next: 'Give the path of the private key file that ssh uses, which is the one without .pub.',
  });
}
