import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyringSession } from '../src/core/secrets/testing/keyring-session.ts';
import { GitSshServer } from '../src/core/sources/git/testing/git-ssh-server.ts';
import { slipwayOn } from './support/cli.ts';
import { expect, launchRef, say, test } from './support/git.ts';

interface Made {
  version: { source: Record<string, unknown> };
}

const LOGIN = { username: 'me', password: 'right-TOKEN-0123' };
/** Where no secret store answers, whatever the session of the person who runs the tests has. */
const NO_STORE = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' };

test('without one it fails at once, in the words of git', async ({ slipway, served }) => {
  served.repository('private', { 'main.py': say('private') });
  const { url } = await served.start({ login: LOGIN });
  const { status, stderr } = await launchRef(slipway, `${url}/private`);
  expect(status).toBe(1);
  expect(stderr).toContain('The server wants a login');
  expect(stderr).toContain('could not read Username');
  expect(stderr).toContain('run slipway secret set git 127.0.0.1:');
});

test('one in the address is used, and written nowhere', async ({
  slipway: { dataDir },
  served,
}) => {
  const slipway = slipwayOn(dataDir, NO_STORE);
  served.repository('private', { 'main.py': say('private') });
  const { url } = await served.start({ login: LOGIN });
  const address = url.replace('://', `://${LOGIN.username}:${LOGIN.password}@`);
  const first = await launchRef(slipway, `${address}/private`);
  expect(first).toMatchObject({ status: 0, stdout: 'private\n' });
  expect(first.stderr).toContain('it is stored without it');
  expect(first.stderr).toContain('could not be kept');
  expect(first.stderr).not.toContain(LOGIN.password);
  const { version } = await slipway.json<Made>('job', 'describe', 'refs');
  expect(version.source).toMatchObject({ remote: `${url}/private` });
  expect(await holders(dataDir, LOGIN.password)).toEqual([]);
  const replay = await slipway.run('launch', '--job', 'refs', '--engine', 'process');
  expect(replay).toMatchObject({ status: 0, stdout: 'private\n' });
});

test('those in the secret store are used: a token, and a key for ssh', async ({
  slipway: { dataDir },
  served,
}) => {
  const keyring = await KeyringSession.start();
  const ssh = await GitSshServer.start();
  try {
    const slipway = slipwayOn(dataDir, { DBUS_SESSION_BUS_ADDRESS: keyring.address });
    const repository = served.repository('private', { 'main.py': say('private') });
    const { url } = await served.start({ login: LOGIN });
    const address = url.replace('://', `://${LOGIN.username}:${LOGIN.password}@`);
    const kept = await launchRef(slipway, `${address}/private`);
    expect(kept.stderr).toContain('is kept with the secrets');
    repository.write('main.py', say('newer'));
    repository.commit();
    const newer = await launchRef(slipway, `${url}/private`);
    expect(newer).toMatchObject({ status: 0, stdout: 'newer\n' });
    expect(await holders(dataDir, LOGIN.password)).toEqual([]);

    await slipway.run('secret', 'set', 'git-key', '127.0.0.1', ssh.userKey);
    const over = () => launchRef(slipway, ssh.address(repository.folder), '-J', 'over-ssh');
    const unknown = await over();
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toContain(ssh.fingerprint);
    await writeFile(join(dataDir, 'git', 'known_hosts'), ssh.knownHost);
    expect(await over()).toMatchObject({ status: 0, stdout: 'newer\n' });
  } finally {
    await ssh.stop();
    await keyring.stop();
  }
});

/** Files below a folder that hold a text. */
async function holders(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((each) => join(each.parentPath, each.name));
  const held = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)));
  return files.filter((_, at) => held[at]);
}
