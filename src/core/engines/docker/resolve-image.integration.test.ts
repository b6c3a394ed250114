import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ImageSource } from '../../../shared/domain/job.ts';
import { toErrorData } from '../../../shared/errors.ts';
import type { Progress } from '../../snapshots/snapshots.ts';
import { loginChecker } from './check-login.ts';
import { DockerClient } from './client.ts';
import { registryAuth } from './registry-auth.ts';
import { serverAddress, type RegistryLogin } from './registry-login.ts';
import { pinnedImage, resolveImage } from './resolve-image.ts';
import { docker } from './testing/docker-cli.ts';
import { RecordedSteps } from './testing/memory-sink.ts';
import { slowly } from './testing/slow-registry.ts';
import { LOGIN, putImage, TestRegistry, type TestImage } from './testing/registry.ts';

const never = new AbortController().signal;

/** Everything these tests make is below this name. */
const area = `slipway-resolve-${process.pid}`;
let guarded: TestRegistry;
let unguarded: TestRegistry;
/** Address of the one without a login. */
let open: string;
let count = 0;

beforeAll(async () => {
  guarded = await TestRegistry.start(true);
  unguarded = await TestRegistry.start(false);
  open = unguarded.address;
});

afterAll(() => Promise.all([guarded, unguarded].map((registry) => registry.stop())));

afterEach(async () => {
  const names = await docker(['images', '--format', '{{.ID}} {{.Repository}}', '--no-trunc']);
  const ours = names.split('\n').filter((line) => line.includes(area));
  if (ours.length > 0)
    await docker(['rmi', '-f', ...new Set(ours.map((line) => line.split(' ')[0]!))]);
});

/** An image in the open registry under a new name. */
async function published(image: TestImage, tag = '1'): Promise<{ name: string; digest: string }> {
  const path = `${area}/${(count += 1)}`;
  return { name: `${open}/${path}`, digest: await putImage(open, path, tag, image) };
}

interface Asked {
  pull?: 'missing' | 'always';
  login?: RegistryLogin | null;
  signal?: AbortSignal;
  progress?: Progress[];
}

function resolve(reference: string, asked: Asked = {}): Promise<ImageSource> {
  const client = new DockerClient(undefined, () => Promise.resolve(asked.login ?? null));
  return resolveImage(client, reference, asked.pull ?? 'always', {
    signal: asked.signal ?? never,
    onProgress: (progress) => asked.progress?.push(progress),
  });
}

describe('resolveImage', () => {
  it('pulls with progress and pins the digest of the manifest', async () => {
    const config = { Entrypoint: ['/bin/train'], Cmd: ['--lr', '1'] };
    const { name, digest } = await published({ config, size: 20_000_000 });
    const progress: Progress[] = [];
    expect(await resolve(`${name}:1`, { progress })).toEqual({
      kind: 'image',
      reference: `${name}:1`,
      digest,
      local: false,
      platform: 'linux/amd64',
      command: ['/bin/train', '--lr', '1'],
    });
    expect(progress.map(({ done }) => done)).toEqual(
      progress.map(({ done }) => done).sort((a, b) => a - b),
    );
    const last = progress.at(-1);
    expect(last?.text).toContain(`Pulling ${name}:1`);
    expect(last?.total).toBeGreaterThan(20_000_000);
    const witness = await docker(['inspect', '-f', '{{index .RepoDigests 0}}', `${name}:1`]);
    expect(witness).toBe(`${name}@${digest}`);
  });

  it('sees that a tag has moved, and keeps what was pinned before', async () => {
    const { name, digest: before } = await published({ config: { Cmd: ['old'] } }, 'latest');
    expect(await resolve(name)).toMatchObject({ digest: before, command: ['old'] });
    const path = name.slice(open.length + 1);
    const after = await putImage(open, path, 'latest', { config: { Cmd: ['new'] } });
    expect(await resolve(name, { pull: 'missing' })).toMatchObject({ digest: before });
    expect(await resolve(name)).toMatchObject({ digest: after, command: ['new'] });
    const pinned = await resolve(`${name}@${before}`);
    expect(pinned).toMatchObject({ digest: before, command: ['old'] });
    // Gone from the machine, it comes back by its digest.
    await docker(['rmi', '-f', `${name}@${before}`]);
    const steps = new RecordedSteps();
    const image = await pinnedImage(new DockerClient(undefined), pinned, steps, never);
    expect(image.command).toEqual(['old']);
    expect(steps.steps).toMatchObject([{ name: `Pull ${name}@${before}`, state: 'done' }]);
    expect(
      await pinnedImage(new DockerClient(undefined), pinned, new RecordedSteps(), never),
    ).toEqual(image);
  });

  it('refuses a tag that does not stand for the digest beside it', async () => {
    const { name, digest } = await published({});
    const path = name.slice(open.length + 1);
    const other = await putImage(open, path, '2', {});
    expect(await resolve(`${name}:1@${digest}`)).toMatchObject({ digest, local: false });
    await expect(resolve(`${name}:1@${other}`)).rejects.toMatchObject({ code: 'E_IMAGE_DIGEST' });
    await expect(resolve(`${name}:2@${digest}`)).rejects.toMatchObject({
      code: 'E_IMAGE_DIGEST',
      message: expect.stringContaining(other),
    });
    expect(await resolve(`${name}:none@${digest}`)).toMatchObject({ digest });
  });

  it('uses an image that only this machine has, and tells why it was not pulled', async () => {
    const { name } = await published({ config: { Cmd: ['x'] } });
    await resolve(`${name}:1`);
    const own = `127.0.0.1:1/${area}:own`;
    await docker(['tag', `${name}:1`, own]);
    const id = await docker(['inspect', '-f', '{{.Id}}', own]);
    const local = { digest: id, local: true, command: ['x'] };
    expect(await resolve(own, { pull: 'missing' })).toMatchObject(local);
    const progress: Progress[] = [];
    const source = await resolve(own, { progress });
    expect(source).toMatchObject(local);
    expect(progress.at(-1)?.text).toMatch(/cannot be reached.* on this machine is used/);
    expect(
      (await pinnedImage(new DockerClient(undefined), source, new RecordedSteps(), never)).id,
    ).toBe(id);
    await docker(['rmi', '-f', id]);
    const gone = pinnedImage(new DockerClient(undefined), source, new RecordedSteps(), never);
    await expect(gone).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
  });

  it.each([
    [
      'for another processor',
      { architecture: 's390x' },
      /made for linux\/s390x.* runs linux\/amd64/,
    ],
    ['for Windows', { os: 'windows' }, /not made for|made for windows/],
  ])('refuses an image %s', async (_what, image, message) => {
    const { name } = await published(image);
    await expect(resolve(`${name}:1`)).rejects.toMatchObject({
      code: 'E_IMAGE_PLATFORM',
      message: expect.stringMatching(message),
    });
  });

  it('takes an image that starts nothing by itself', async () => {
    const { name } = await published({});
    expect(await resolve(`${name}:1`)).toMatchObject({ command: [] });
  });

  it('makes what an image says of itself inert and short', async () => {
    const huge = 'x'.repeat(1_000_000);
    const { name } = await published({
      config: {
        Entrypoint: ['\u001b[31m\u0007', '<img src=x onerror=alert(1)>', '\u202egpj.exe', huge],
        Cmd: Array.from({ length: 1000 }, () => 'y'),
        Env: [`A=${huge}`],
        Labels: { '\u001b[2J': huge },
      },
    });
    const { command } = await resolve(`${name}:1`);
    expect(command.slice(0, 3)).toEqual([
      '\\u{1b}[31m\\u{7}',
      '<img src=x onerror=alert(1)>',
      '\\u{202e}gpj.exe',
    ]);
    expect(JSON.stringify(command).length).toBeLessThan(2000);
    expect(command.at(-1)).toBe('…');
  });

  it.each([
    ['a name that is none', 'UPPER:1', 'E_IMAGE_REF'],
    ['a registry that is not there', '127.0.0.1:1/x:1', 'E_REGISTRY_UNREACHABLE'],
    ['an image that is not there', 'OPEN/none:1', 'E_IMAGE_NOT_FOUND'],
    ['a digest that is not there', `OPEN/none@sha256:${'0'.repeat(64)}`, 'E_IMAGE_NOT_FOUND'],
  ])('says what is wrong with %s', async (_what, reference, code) => {
    const named = reference.replace('OPEN', open);
    await expect(resolve(named)).rejects.toMatchObject({ code, next: expect.any(String) });
  });

  it('stops a pull when it is cancelled, and the engine fetches no more', async () => {
    const { name } = await published({ size: 30_000_000 });
    const slow = await slowly(open);
    try {
      const cancel = new AbortController();
      const reference = `${slow.address}/${name.slice(open.length + 1)}:1`;
      const pulling = resolve(reference, { signal: cancel.signal }).catch(
        (error: unknown) => error,
      );
      await until(() => slow.blobs() > 0);
      cancel.abort();
      expect(await pulling).toMatchObject({ code: 'E_CANCELLED' });
      await until(() => slow.blobs() === 0);
      expect(await docker(['images', '-q', reference])).toBe('');
    } finally {
      slow.close();
    }
  });
});

describe('a registry that asks for a login', () => {
  const as = (password: string): RegistryLogin => ({
    username: LOGIN.username,
    password,
    serveraddress: guarded.address,
  });

  it('gives its image to the right one alone', async () => {
    const path = `${area}/guarded`;
    const digest = await putImage(guarded.address, path, '1', {}, LOGIN);
    const reference = `${guarded.address}/${path}:1`;
    await expect(resolve(reference)).rejects.toMatchObject({
      code: 'E_REGISTRY_AUTH',
      message: expect.stringContaining('asks for a login'),
      next: expect.stringContaining(`slipway registry login ${guarded.address}`),
    });
    const wrong = await resolve(reference, { login: as('wrong pony') }).catch((e: unknown) => e);
    expect(wrong).toMatchObject({
      code: 'E_REGISTRY_AUTH',
      message: expect.stringContaining('refuses the login'),
    });
    expect(JSON.stringify(toErrorData(wrong))).not.toMatch(/pony|cG9ueQ/);
    expect(await resolve(reference, { login: as(LOGIN.password) })).toMatchObject({ digest });
    // A digest beside the tag is checked with the login too.
    const both = `${guarded.address}/${path}:1@${digest}`;
    expect(await resolve(both, { login: as(LOGIN.password) })).toMatchObject({ digest });
  });

  it('takes the login that "docker login" keeps', async () => {
    const path = `${area}/by-docker`;
    const digest = await putImage(guarded.address, path, '1', {}, LOGIN);
    const folder = await mkdtemp(join(tmpdir(), 'slipway-docker-login-'));
    try {
      const login = ['login', '-u', LOGIN.username, '-p', LOGIN.password, guarded.address];
      await docker(['--config', folder, ...login]);
      const find = registryAuth({ get: () => Promise.resolve(null) }, { DOCKER_CONFIG: folder });
      const client = new DockerClient(undefined, find);
      const reference = `${guarded.address}/${path}:1`;
      const source = await resolveImage(client, reference, 'missing', { signal: never });
      expect(source).toMatchObject({ digest, local: false });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('tells whether a login is right before it is kept', async () => {
    const check = loginChecker(undefined);
    await check(guarded.address, LOGIN, never);
    const wrong = { ...LOGIN, password: 'wrong pony' };
    const refused = await check(guarded.address, wrong, never).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'E_REGISTRY_AUTH' });
    expect(JSON.stringify(toErrorData(refused))).not.toContain('pony');
    await expect(check('127.0.0.1:1', LOGIN, never)).rejects.toMatchObject({
      code: 'E_REGISTRY_UNREACHABLE',
    });
  });

  it('is asked for under the name that Docker uses', () => {
    expect(serverAddress('docker.io')).toBe('https://index.docker.io/v1/');
    expect(serverAddress('host:5000')).toBe('host:5000');
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (condition()) return;
    await sleep(50);
  }
  throw new Error('It did not happen within 15 s.');
}
