import { beforeAll, describe, expect, it } from 'vitest';
import { SettingsRepo } from '../db/settings-repo.ts';
import { testDatabase } from '../db/testing.ts';
import { systemKeyring } from './keyring.ts';
import { openSecretStore } from './secret-store.ts';

const never = new AbortController().signal;

// In a file of its own: a process keeps to the session bus that it looked for first.
describe.runIf(process.platform === 'linux')('without a secret store', () => {
  beforeAll(() => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere/bus';
  });

  it('every call says so, and what to do instead', async () => {
    const failure = { code: 'E_SECRET_STORE', next: expect.stringContaining('docker login') };
    await expect(systemKeyring.get('Slipway test', 'x', never)).rejects.toMatchObject(failure);
    await expect(systemKeyring.set('Slipway test', 'x', 'v', never)).rejects.toMatchObject(failure);
    await expect(systemKeyring.remove('Slipway test', 'x', never)).rejects.toMatchObject(failure);
  });

  it('the status tells it', async () => {
    const store = openSecretStore(new SettingsRepo(testDatabase().db));
    expect(await store.status(never)).toMatchObject({
      available: false,
      fix: expect.stringContaining('GNOME Keyring'),
    });
  });
});
