import { stat } from 'node:fs/promises';
import type { SecretList } from '../../shared/domain/secret.ts';
import { AppError } from '../../shared/errors.ts';
import type { CheckLogin } from '../engines/docker/check-login.ts';
import {
  checkLoginFormat,
  gitCredentials,
  registryCredentials,
  type Login,
} from './credentials.ts';
import { secretName } from './secret-name.ts';
import type { SecretStore } from './secret-store.ts';

const never = new AbortController().signal;

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
    await checkFile(path);
    await gitCredentials(this.#store).setSshKey(address, path, signal);
    return secretName('git-key', address);
  }

  /** Returns whether there was one. */
  remove(name: string, signal: AbortSignal = never): Promise<boolean> {
    return this.#store.remove(name, signal);
  }
}

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return;
  throw new AppError('E_SECRET_FORMAT', `${path} is not a file that can be read.`, {
    next: 'Give the path of the private key.',
  });
}
