import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SettingsRepo } from '../db/settings-repo.ts';
import { testDatabase } from '../db/testing.ts';
import { registryCredentials } from './credentials.ts';
import { systemKeyring } from './keyring.ts';
import { openSecretStore } from './secret-store.ts';
import { hasKeyring, KeyringSession } from './testing/keyring-session.ts';

const never = new AbortController().signal;
const linux = process.platform === 'linux';

describe.runIf(linux && hasKeyring())('with GNOME Keyring', () => {
  let session: KeyringSession;

  beforeAll(async () => {
    session = await KeyringSession.start();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = session.address;
  });
  afterAll(() => session.stop());

  it('keeps, gives back and removes a login', async () => {
    const settings = new SettingsRepo(testDatabase().db);
    const login = { username: 'me', password: `p:"w' ${'ü'.repeat(1000)}` };
    await registryCredentials(openSecretStore(settings)).set('host:5000', login, never);
    // Another process on the same data folder would find it so too.
    const store = openSecretStore(settings);
    expect(await registryCredentials(store).get('host:5000', never)).toEqual(login);
    expect(await store.status(never)).toMatchObject({ available: true, fix: null });
    expect(await store.remove('registry:host:5000', never)).toBe(true);
    expect(await store.remove('registry:host:5000', never)).toBe(false);
    expect(await registryCredentials(store).get('host:5000', never)).toBeNull();
  });

  it('ends with its signal', async () => {
    const cancel = new AbortController();
    cancel.abort();
    const asking = systemKeyring.get('Slipway test', 'x', cancel.signal);
    await expect(asking).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});
