import { noSecretStore, type Keyring } from '../keyring.ts';

/** A keyring in memory, for tests. `broken` makes it fail like a machine without one. */
export class MemoryKeyring implements Keyring {
  readonly values = new Map<string, string>();
  broken = false;
  calls = 0;

  get(service: string, account: string): Promise<string | null> {
    return this.#use(() => this.values.get(`${service}/${account}`) ?? null);
  }

  set(service: string, account: string, value: string): Promise<void> {
    return this.#use(() => void this.values.set(`${service}/${account}`, value));
  }

  remove(service: string, account: string): Promise<boolean> {
    return this.#use(() => this.values.delete(`${service}/${account}`));
  }

  async #use<T>(action: () => T): Promise<T> {
    this.calls += 1;
    await Promise.resolve();
    if (this.broken) throw noSecretStore('no bus');
    return action();
  }
}
