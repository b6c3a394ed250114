import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsRepo } from '../../db/settings-repo.ts';
import { testDatabase } from '../../db/testing.ts';
import { registryCredentials } from '../../secrets/credentials.ts';
import { openSecretStore } from '../../secrets/secret-store.ts';
import { MemoryKeyring } from '../../secrets/testing/memory-keyring.ts';
import { registryAuth } from './registry-auth.ts';

const never = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-auth-'));
  const auth = Buffer.from('docker:pw').toString('base64');
  const config = { auths: { 'host:1': { auth }, 'host:2': { auth } } };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('registryAuth', () => {
  it("prefers Slipway's own login to that of docker login", async () => {
    const keyring = new MemoryKeyring();
    const credentials = registryCredentials(
      openSecretStore(new SettingsRepo(testDatabase().db), keyring),
    );
    const find = registryAuth(credentials, { DOCKER_CONFIG: folder });
    await credentials.set('host:1', { username: 'own', password: 'pw' }, never);
    await credentials.set('docker.io', { username: 'hub', password: 'pw' }, never);
    const login = (username: string, serveraddress: string): unknown => ({
      username,
      password: 'pw',
      serveraddress,
    });
    expect(await find('host:1', never)).toEqual(login('own', 'host:1'));
    expect(await find('host:2', never)).toEqual(login('docker', 'host:2'));
    expect(await find('docker.io', never)).toEqual(login('hub', 'https://index.docker.io/v1/'));
    expect(await find('host:3', never)).toBeNull();
    // What was kept cannot be read: that is told, and nobody else's login is sent instead.
    keyring.broken = true;
    await expect(find('host:1', never)).rejects.toMatchObject({ code: 'E_SECRET_STORE' });
    expect(await find('host:2', never)).toEqual(login('docker', 'host:2'));
  });
});
