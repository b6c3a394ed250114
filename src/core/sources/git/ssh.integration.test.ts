import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/errors.ts';
import { GitBench } from './testing/git-bench.ts';
import { GitSshServer, hasSshServer, makeKey } from './testing/git-ssh-server.ts';

const failure = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

describe.skipIf(!hasSshServer)('git over ssh', () => {
  let bench: GitBench;
  let server: GitSshServer;
  let commit: string;
  let path: string;
  const agent = process.env['SSH_AUTH_SOCK'];

  beforeEach(async () => {
    delete process.env['SSH_AUTH_SOCK'];
    bench = new GitBench();
    const repository = bench.repository('demo');
    repository.write('a.txt', 'a');
    commit = repository.commit();
    path = repository.folder;
    server = await GitSshServer.start();
  });

  afterEach(async () => {
    if (agent !== undefined) process.env['SSH_AUTH_SOCK'] = agent;
    await server.stop();
    await bench.dispose();
  });

  const freeze = (address = server.address(path)) =>
    bench.sources.freeze({ address }, bench.control);

  function know(line: string): void {
    mkdirSync(join(bench.data, 'git'), { recursive: true });
    writeFileSync(join(bench.data, 'git', 'known_hosts'), line);
  }

  const useKey = (key: string) => void bench.credentials.keys.set('127.0.0.1', key);

  it('uses the key file chosen for the host', async () => {
    know(server.knownHost);
    useKey(server.userKey);
    const { source } = await freeze();
    expect(source).toMatchObject({ commit, remote: server.address(path), files: 1 });
  });

  it('goes on without a key file whose name cannot be read, and tells so', async () => {
    know(server.knownHost);
    bench.credentials.broken = true;
    const message = expect.stringContaining(
      'The ssh key kept for 127.0.0.1 cannot be read',
    ) as string;
    await expect(freeze()).rejects.toThrow(failure('E_GIT_AUTH', { message }));
  });

  it('G10 tells that the key is not let in', async () => {
    know(server.knownHost);
    useKey(makeKey(join(bench.base, 'other')));
    const detail = expect.stringContaining('Permission denied') as string;
    await expect(freeze()).rejects.toThrow(failure('E_GIT_AUTH', { detail }));
  });

  it('G9 tells a repository that is not there', async () => {
    know(server.knownHost);
    useKey(server.userKey);
    const missing = failure('E_GIT_NOT_FOUND');
    await expect(freeze(server.address('/no/such/repository'))).rejects.toThrow(missing);
  });

  it('G11 refuses a host key that is not known, and shows it', async () => {
    useKey(server.userKey);
    const message = expect.stringContaining(server.fingerprint) as string;
    await expect(freeze()).rejects.toThrow(failure('E_SSH_HOSTKEY', { message }));
    await expect(freeze()).rejects.toThrow(failure('E_SSH_HOSTKEY'));
  });

  it('G11 refuses a host key that has changed', async () => {
    const { fingerprint } = server;
    const other = await GitSshServer.start();
    const line = other.knownHost.replace(`:${other.port} `, `:${server.port} `);
    await other.stop();
    know(line);
    useKey(server.userKey);
    const message = expect.stringMatching(/another one than before/) as string;
    const error: unknown = await freeze().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'E_SSH_HOSTKEY', message });
    expect((error as Error).message).toContain(fingerprint);
    const file = join(bench.data, 'git', 'known_hosts');
    const command = `ssh-keygen -R "[127.0.0.1]:${server.port}" -f "${file}"`;
    expect((error as AppError).next).toContain(command);
  });

  describe('G12 key files', () => {
    it.each<[string, string, () => string]>([
      ['is missing', 'E_SSH_KEY_MISSING', () => join(bench.base, 'nothing')],
      ['is a folder', 'E_SSH_KEY_INVALID', () => bench.base],
      ['is a public key', 'E_SSH_KEY_INVALID', () => publicKey()],
      ['may be read by others', 'E_SSH_KEY_OPEN', () => openKey()],
      ['has a passphrase', 'E_SSH_KEY_ENCRYPTED', () => makeKey(join(bench.base, 'k'), 'secret')],
    ])('one that %s', async (_, code, key) => {
      know(server.knownHost);
      useKey(key());
      await expect(freeze()).rejects.toThrow(failure(code));
    });

    function publicKey(): string {
      const file = `${makeKey(join(bench.base, 'k'))}.pub`;
      chmodSync(file, 0o600);
      return file;
    }

    function openKey(): string {
      const file = makeKey(join(bench.base, 'k'));
      chmodSync(file, 0o644);
      return file;
    }
  });

  it('is cancelled while a server keeps silent', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const stop = new AbortController();
    silent.once('connection', () => stop.abort());
    const address = `ssh://u@127.0.0.1:${port}/x`;
    const cancelled = failure('E_CANCELLED');
    const freezing = bench.sources.freeze({ address }, { signal: stop.signal });
    await expect(freezing).rejects.toThrow(cancelled);
    silent.close();
  });
});
