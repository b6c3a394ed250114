import type Docker from 'dockerode';
import type { RequestOptions } from 'node:https';
import type { EngineAddress } from './host.ts';
import { sendRequest, type DialCallback, type DialContext } from './transport.ts';

interface Modem {
  protocol: string;
  /** Path prefix of every call: `v1.41`. */
  version: string | undefined;
  dial(call: Record<string, unknown>, done: DialCallback): void;
  buildRequest(
    options: RequestOptions,
    context: DialContext,
    body: Parameters<typeof sendRequest>[3],
    callback: DialCallback,
  ): void;
}

/** Loads dockerode (220 ms, hence only when an engine is asked for) and puts our transport under it. */
export async function openDockerode(address: EngineAddress): Promise<Docker> {
  const { default: Dockerode } = await import('dockerode');
  // What is undefined here would be taken from the environment, which `findEngine` has read already.
  const docker =
    'socketPath' in address
      ? new Dockerode({ socketPath: address.socketPath, protocol: 'http', host: undefined })
      : new Dockerode({
          host: address.host,
          port: address.port,
          protocol: address.tls ? 'https' : 'http',
          ...address.tls,
        });
  const modem = docker.modem as unknown as Modem;
  modem.buildRequest = (options, context, body, callback) =>
    sendRequest(modem.protocol, options, context, body, callback);
  return docker;
}

/** Makes every later call ask for this version of the API. */
export function speakApiVersion(docker: Docker, version: string): void {
  (docker.modem as unknown as Modem).version = `v${version}`;
}

/** One call as it is, for those that dockerode's own methods would change on the way. */
export function dial(
  docker: Docker,
  method: 'GET' | 'HEAD' | 'POST' | 'PUT',
  path: string,
  options: Record<string, unknown>,
  status: number,
  abortSignal: AbortSignal,
  more: Record<string, unknown> = {},
): Promise<unknown> {
  const call = { path, method, options, statusCodes: { [status]: true }, abortSignal, ...more };
  return new Promise((resolve, reject) => {
    (docker.modem as unknown as Modem).dial(call, (error, data) =>
      error ? reject(error) : resolve(data),
    );
  });
}
