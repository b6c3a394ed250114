import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dockerConfigLogins } from './docker-config.ts';
import type { RegistryLogin } from './registry-login.ts';

const never = new AbortController().signal;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-docker-config-'));
  env = { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env['PATH']}` };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function find(config: unknown, registry: string): Promise<RegistryLogin | null> {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  await writeFile(join(folder, 'config.json'), text);
  return dockerConfigLogins(env)(registry, never);
}

/** A helper that keeps what it was asked for in `asked`. */
async function helper(name: string, body: string): Promise<void> {
  const file = join(folder, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n{ echo "$@"; cat; } > ${folder}/asked\n${body}\n`);
  await chmod(file, 0o755);
}

describe('dockerConfigLogins', () => {
  const me = { username: 'me', password: 'p:w' };
  const auth = base64('me:p:w');
  const hub = 'https://index.docker.io/v1/';

  it.each([
    ['a host', { 'host:5000': { auth } }, 'host:5000', { ...me, serveraddress: 'host:5000' }],
    [
      'an address',
      { 'https://ghcr.io/v2/': { auth } },
      'ghcr.io',
      { ...me, serveraddress: 'ghcr.io' },
    ],
    ['Docker Hub', { [hub]: { auth } }, 'docker.io', { ...me, serveraddress: hub }],
    ['an old Docker Hub', { 'docker.io': { auth } }, 'docker.io', { ...me, serveraddress: hub }],
    ['NULs', { h: { auth: base64('me:p:w\0\0') } }, 'h', { ...me, serveraddress: 'h' }],
    [
      'a token',
      { h: { auth, identitytoken: 't' } },
      'h',
      { identitytoken: 't', serveraddress: 'h' },
    ],
    ['plain fields', { h: me }, 'h', { ...me, serveraddress: 'h' }],
    ['another host', { 'host:5000': { auth } }, 'host', null],
    ['a host that ends alike', { 'evil-ghcr.io': { auth } }, 'ghcr.io', null],
    ['no password', { h: { auth: base64('me:') } }, 'h', null],
    ['no colon', { h: { auth: base64('me') } }, 'h', null],
    ['no base64', { h: { auth: '%%%' } }, 'h', null],
    ['nothing', { h: {} }, 'h', null],
  ])('reads the file: %s', async (_what, auths, registry, login) => {
    expect(await find({ auths }, registry)).toEqual(login);
  });

  it.each([['{'], ['[]'], ['null'], ['{"auths":3}'], ['{"auths":{"h":{"auth":5}}}'], ['']])(
    'takes %j for no login',
    async (text) => expect(await find(text, 'h')).toBeNull(),
  );

  it('has no login without a file', async () => {
    expect(await dockerConfigLogins(env)('h', never)).toBeNull();
  });

  const answer = (name: string): string =>
    `echo '{"ServerURL":"x","Username":"${name}","Secret":"s"}'`;

  it('asks the helper of the registry before the common one', async () => {
    await helper('common', answer('common'));
    await helper('own', answer('own'));
    const config = { credsStore: 'common', credHelpers: { 'host:1': 'own' } };
    expect(await find(config, 'host:1')).toEqual({
      username: 'own',
      password: 's',
      serveraddress: 'host:1',
    });
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('get\nhost:1');
    expect(await find(config, 'docker.io')).toMatchObject({ username: 'common' });
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(`get\n${hub}`);
  });

  it('knows the token of a helper', async () => {
    await helper('common', answer('<token>'));
    const login = await find({ credsStore: 'common' }, 'h');
    expect(login).toEqual({ identitytoken: 's', serveraddress: 'h' });
  });

  it.each([
    ['fails', 'echo "credentials not found in native keychain"; exit 1'],
    ['prints nonsense', 'echo nonsense'],
    ['prints another object', `echo '{"Username":3}'`],
    ['prints without end', 'exec yes'],
  ])('goes on with the file when a helper %s', async (_what, body) => {
    await helper('common', body);
    const config = { credsStore: 'common', auths: { h: { auth } } };
    expect(await find(config, 'h')).toEqual({ ...me, serveraddress: 'h' });
  });

  it.each(['missing', '../common', '/bin/common', 'a b', '', 'x;id'])(
    'goes on with the file when the helper is called %j',
    async (credsStore) => {
      await helper('common', answer('common'));
      expect(await find({ credsStore, auths: { h: { auth } } }, 'h')).toMatchObject(me);
    },
  );

  it('ends with its signal while a helper hangs', async () => {
    await helper('common', 'exec sleep 60');
    await writeFile(join(folder, 'config.json'), '{"credsStore":"common"}');
    const cancel = new AbortController();
    const asking = dockerConfigLogins(env)('h', cancel.signal);
    setTimeout(() => cancel.abort(), 50);
    await expect(asking).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});
