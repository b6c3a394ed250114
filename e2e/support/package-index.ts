import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wheel } from '../../src/core/engines/process/test-wheel.ts';
import { docker } from './docker.ts';

export interface PackageIndex {
  url: string;
  /** For `pip.conf`. */
  settings: string;
  stop(): void;
}

/** A package index with one package of one module, where builds of the engine reach this machine. */
export async function startPackageIndex(name: string, source: string): Promise<PackageIndex> {
  const file = `${name}-1.0-py3-none-any.whl`;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.whl')) response.end(wheel(name, '1.0', source));
    else response.setHeader('Content-Type', 'text/html').end(`<a href="/${file}">${file}</a>`);
  });
  const gateway = await gatewayAddress();
  await once(server.listen(0, gateway), 'listening');
  const url = `http://${gateway}:${(server.address() as AddressInfo).port}/simple/`;
  const settings = `[global]\nindex-url = ${url}\ntrusted-host = ${gateway}\n`;
  return { url, settings, stop: () => server.close() };
}

/** The machine has the first address of the engine's network. */
async function gatewayAddress(): Promise<string> {
  const format = '{{(index .IPAM.Config 0).Subnet}}';
  const subnet = await docker.command('network', 'inspect', 'bridge', '--format', format);
  return subnet.replace(/\.0\/\d+$/, '.1');
}
