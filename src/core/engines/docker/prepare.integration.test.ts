import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { docker } from './testing/docker-cli.ts';
import { wheel } from '../process/test-wheel.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { never, noHooks, Workbench } from './testing/workbench.ts';

const benches: Workbench[] = [];
const bench = (...args: ConstructorParameters<typeof Workbench>): Workbench => {
  const made = new Workbench(...args);
  benches.push(made);
  return made;
};

afterAll(async () => {
  for (const each of benches) await each.dispose();
});

const unique = (): string => `# ${Math.random()}`;

describe.each(['buildkit', 'classic'] as const)('prepare with the %s builder', (builder) => {
  it('builds once, reuses without an upload, and says what changed', async () => {
    const b = bench({ builder });
    const files = { 'main.py': unique() };
    const first = await b.build(files);
    expect(first.environment).toMatchObject({ reused: false, because: 'first build' });
    expect(first.steps.map((step) => step.name)).toContain('Copy the code');
    expect(first.steps.every((step) => step.state === 'done' || step.state === 'cached')).toBe(
      true,
    );
    const again = await b.build(files);
    expect(again.environment).toEqual({ ...first.environment, reused: true, because: 'unchanged' });
    expect(again.steps).toEqual([]);
    expect(b.snapshots.tars).toBe(1);
    const changed = await b.build({ 'main.py': unique() });
    expect(changed.environment.because).toBe('the code changed');
    const cached = changed.steps.filter((step) => step.state === 'cached').map((step) => step.name);
    expect(cached).toContain('python3 -m venv /env');
    const id = await docker(['inspect', '-f', '{{.Id}}', changed.environment.name]);
    expect(id).toBe(changed.environment.id);
  });

  it('names the line that failed and shows the end of its output', async () => {
    const b = bench({ builder });
    const failing = b.build({ 'main.py': unique() }, './no-such-folder-here\n');
    await expect(failing).rejects.toMatchObject({
      code: 'E_BUILD',
      message: expect.stringMatching(/at "pip install -r requirements.txt": exit code 1/),
      detail: expect.stringContaining('no-such-folder-here'),
    });
  });

  it('stops building when it is cancelled, and leaves no container', async () => {
    const b = bench({ builder });
    const cancel = new AbortController();
    // A local package whose set-up sleeps: the build would take a minute.
    const slow = 'import time\ntime.sleep(61.5)\n';
    const building = b.build({ 'p/setup.py': slow, x: unique() }, './p\n', cancel.signal);
    const caught = building.catch((error: unknown) => error);
    await until(() => running('pip'));
    await sleep(500);
    cancel.abort();
    expect(await caught).toMatchObject({ code: 'E_CANCELLED' });
    await until(async () => !(await running('pip')));
    await until(async () => !(await docker(['ps', '-a', '--no-trunc'])).includes('pip install'));
  });
});

/** Whether a process of an install runs on this machine. */
async function running(word: string): Promise<boolean> {
  const { readdir, readFile } = await import('node:fs/promises');
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line.includes('install') && line.includes(word) && line.includes('/env/bin')) return true;
  }
  return false;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await condition()) return;
    await sleep(100);
  }
  throw new Error('It did not happen within 30 s.');
}

/** A package index with one package, on the address by which builds reach this machine. */
async function packageIndex(): Promise<{ url: string; server: Server }> {
  const file = 'hello_slipway-1.0-py3-none-any.whl';
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.whl'))
      response.end(wheel('hello_slipway', '1.0', 'WORD = "installed"\n'));
    else
      response.setHeader('Content-Type', 'text/html').end(`<a href="/files/${file}">${file}</a>`);
  });
  // The machine has the first address of the network; without a container, Node does not list it.
  const format = '{{(index .IPAM.Config 0).Subnet}}';
  const subnet = await docker(['network', 'inspect', 'bridge', '-f', format]);
  const gateway = subnet.replace(/\.0\/\d+$/, '.1');
  await new Promise<void>((resolve) => server.listen(0, gateway, resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://${gateway}:${port}/simple/`, server };
}

describe.each(['buildkit', 'classic'] as const)('dependencies with the %s builder', (builder) => {
  it('come from the package index, and are not installed again for other code', async () => {
    const { url, server } = await packageIndex();
    try {
      const b = bench({ builder }, { packageIndex: url });
      const code = 'import hello_slipway; print(hello_slipway.WORD)';
      // A comment of its own: no other build has installed this yet.
      const requirements = `hello_slipway==1.0 ${unique()}\n`;
      const first = await b.build({ 'main.py': code }, requirements);
      const install = first.steps.find((step) => step.name === 'pip install -r requirements.txt');
      expect(install).toMatchObject({
        state: 'done',
        output: expect.stringContaining('hello_slipway-1.0'),
      });
      const request = b.request(first.environment.id, first.tree, ['python', 'main.py']);
      const ref = await b.engine.create(request, never);
      const sink = new MemorySink();
      await b.engine.follow(ref, sink, noHooks, never);
      expect(sink.all(1).toString()).toBe('installed\n');
      const second = await b.build({ 'main.py': unique() }, requirements);
      expect(second.environment.because).toBe('the code changed');
      expect(second.steps.find((step) => step.name === install?.name)?.state).toBe('cached');
    } finally {
      server.close();
    }
  });
});

describe('prepare', () => {
  it('says that the registry has no such image, or cannot be reached', async () => {
    const unreachable = bench({}, { baseImage: '127.0.0.1:1/nothing:1' });
    await expect(unreachable.build({ x: unique() })).rejects.toMatchObject({
      code: 'E_BASE_IMAGE',
      message: expect.stringContaining('cannot be reached'),
    });
    const registry = process.env['SLIPWAY_TEST_REGISTRY'];
    expect(registry, 'SLIPWAY_TEST_REGISTRY is not set').toBeTruthy();
    const missing = bench({}, { baseImage: `${registry}/no-such-image:1` });
    await expect(missing.build({ x: unique() })).rejects.toMatchObject({
      code: 'E_BASE_IMAGE',
      message: expect.stringContaining('no such image'),
    });
  });

  it('pulls a base image that is not there, as a step', async () => {
    const image = `${process.env['SLIPWAY_TEST_REGISTRY']}/python:3.11-slim-bookworm`;
    await docker(['rmi', '-f', image]).catch(() => '');
    const b = bench({}, { baseImage: image });
    const { steps, environment } = await b.build({ x: unique() });
    expect(steps[0]).toMatchObject({ name: `Pull ${image}`, state: 'done' });
    expect(environment.reused).toBe(false);
    // The image made from it is as good without it.
    await docker(['rmi', image]);
  });

  it('refuses a setting before anything is asked of the engine', async () => {
    const b = new Workbench(
      { dockerHost: 'unix:///nowhere.sock' },
      { packageIndex: 'https://me:pw@h/' },
    );
    await expect(b.build({ x: '' })).rejects.toMatchObject({ code: 'E_SETTING' });
  });

  it('says where no engine answers', async () => {
    const b = new Workbench({ dockerHost: 'unix:///nowhere.sock' });
    await expect(b.build({ x: '' })).rejects.toMatchObject({ code: 'E_ENGINE_NONE' });
    expect(await b.engine.status(never)).toMatchObject({
      available: false,
      text: expect.stringContaining('/nowhere.sock'),
    });
  });
});
