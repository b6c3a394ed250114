import { Readable, type Duplex } from 'node:stream';
import { imageReferenceText, tagOf, type ImageReference } from '../../build/image-reference.ts';
import { ContainerFiles } from './container-files.ts';
import { checkId } from './container-id.ts';
import { harmless, orNull, statusOf } from './http-status.ts';
import { imageFacts, type ImageFacts } from './image-facts.ts';
import type { FindLogin, RegistryLogin } from './registry-login.ts';
import { Connector, QUICK_MS, SLOW_MS, type EngineVersion } from './connector.ts';
import { machineFacts, type MachineFacts } from './machine-facts.ts';
import { dial } from './modem.ts';
import {
  containerListSchema,
  containerSchema,
  createdSchema,
  distributionSchema,
  imageListSchema,
  imageSchema,
  infoSchema,
  networkSchema,
  pingSchema,
  type ContainerAnswer,
} from './schemas.ts';

export type { ImageFacts } from './image-facts.ts';

export interface LogQuery {
  follow: boolean;
  timestamps: boolean;
  /** Number of newest entries; null for all. */
  tail: number | null;
}

type Query = Record<string, unknown>;

/** Longest that a pull may say nothing: checking a layer of many gigabytes takes minutes. */
export const PULL_IDLE_MS = 300_000;

/**
 * The one place that speaks to the engine. Every call has a deadline and ends with its signal;
 * every answer is checked; every failure is an `AppError`. Nothing is connected before first use.
 */
export class DockerClient {
  readonly #engine: Connector;
  /** The login that is kept for a registry. */
  readonly findLogin: FindLogin;
  readonly files: ContainerFiles;

  constructor(host: string | undefined, findLogin: FindLogin = noLogin) {
    this.#engine = new Connector(host);
    this.findLogin = findLogin;
    this.files = new ContainerFiles(this.#engine);
  }

  /** Whether the engine is on this machine, so that it finds the folders of this machine. */
  async isLocal(signal: AbortSignal): Promise<boolean> {
    if (this.#engine.local === null) await this.ping(signal);
    return this.#engine.local ?? false;
  }

  /** The versions of an engine that answers now. They were asked for once: that takes it far longer than a ping. */
  async versions(signal: AbortSignal, ms: number): Promise<EngineVersion> {
    await this.ping(signal, ms);
    return this.#engine.version!;
  }

  /** Resolves when the engine answers. */
  async ping(signal: AbortSignal, ms = QUICK_MS): Promise<void> {
    const what = 'Asking Docker whether it is there';
    const answer = await this.#engine.call(what, ms, signal, (docker, abortSignal) =>
      dial(docker, 'GET', '/_ping', {}, 200, abortSignal),
    );
    this.#engine.check(what, pingSchema, answer);
  }

  /** The container by id, or by the name that `create` gave it; null when there is none. */
  async inspectContainer(
    ref: string,
    signal: AbortSignal,
    ms = QUICK_MS,
  ): Promise<ContainerAnswer | null> {
    const name = /^slipway-[0-9a-z-]{1,64}$/.test(ref) ? ref : checkId(ref);
    const what = 'Looking at the container';
    const answer = await this.#engine.call(what, ms, signal, (docker, abortSignal) =>
      orNull(docker.getContainer(name).inspect({ abortSignal } as Query), 404),
    );
    return answer === null ? null : this.#engine.check(what, containerSchema, answer);
  }

  /** Ids of all containers, running or not, that carry a label with this value. */
  async listContainers(label: string, value: string, signal: AbortSignal): Promise<string[]> {
    const what = 'Listing the containers';
    const query = { all: true, filters: { label: [`${label}=${value}`] } };
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      docker.listContainers({ ...query, abortSignal }),
    );
    return this.#engine.check(what, containerListSchema, answer).map((container) => container.Id);
  }

  /** Id of the new container, or null when its name is taken. */
  async createContainer(body: Query, name: string, signal: AbortSignal): Promise<string | null> {
    const what = 'Creating the container';
    const options = { _query: { name }, _body: body };
    const answer = await this.#engine.call(what, SLOW_MS, signal, (docker, abortSignal) =>
      // Called through the modem: `createContainer` would hand back an object of its own.
      orNull(dial(docker, 'POST', '/containers/create?', options, 201, abortSignal), 409),
    );
    return answer === null ? null : this.#engine.check(what, createdSchema, answer).Id;
  }

  /** False when it had been started before. */
  async start(id: string, signal: AbortSignal): Promise<boolean> {
    const ref = checkId(id);
    return this.#engine.call('Starting the container', SLOW_MS, signal, (docker, abortSignal) =>
      harmless(docker.getContainer(ref).start({ abortSignal }), 304),
    );
  }

  /** Sends a signal; harmless, and false, when the container has ended or is gone. */
  async kill(id: string, name: 'SIGINT' | 'SIGKILL', signal: AbortSignal): Promise<boolean> {
    const ref = checkId(id);
    return this.#engine.call('Stopping the container', SLOW_MS, signal, (docker, abortSignal) =>
      harmless(docker.getContainer(ref).kill({ signal: name, abortSignal }), 404, 409),
    );
  }

  /** Removes a container and its anonymous volumes; harmless when it is gone or going. */
  async remove(id: string, signal: AbortSignal): Promise<void> {
    const ref = checkId(id);
    await this.#engine.call(
      'Removing the container',
      SLOW_MS,
      signal,
      async (docker, abortSignal) => {
        try {
          await docker.getContainer(ref).remove({ v: true, abortSignal });
        } catch (error) {
          const going = statusOf(error) === 409 && /already in progress/.test(String(error));
          if (statusOf(error) !== 404 && !going) throw error;
        }
      },
    );
  }

  /** The output from now on, in frames; no container has to run yet. */
  attach(id: string, signal: AbortSignal): Promise<Duplex> {
    const ref = checkId(id);
    const query = { stream: true, stdout: true, stderr: true, hijack: true };
    return this.#engine.open(
      'Attaching to the container',
      signal,
      (docker, abortSignal) =>
        docker.getContainer(ref).attach({ ...query, abortSignal }) as unknown as Promise<Duplex>,
    );
  }

  /** The stored output in frames; with `follow`, until the container ends. */
  logs(id: string, query: LogQuery, signal: AbortSignal): Promise<Readable> {
    const ref = checkId(id);
    const { follow, timestamps } = query;
    const tail = query.tail ?? 'all';
    const options = { follow, timestamps, tail, stdout: true, stderr: true };
    return this.#engine.open(
      'Reading the log',
      signal,
      (docker, abortSignal) =>
        dial(docker, 'GET', `/containers/${ref}/logs?`, options, 200, abortSignal, {
          isStream: true,
        }) as Promise<Readable>,
    );
  }

  /** Whether it saw a container start: of its newest 256 events, none of them from before it started itself. */
  async sawStart(id: string, signal: AbortSignal): Promise<boolean> {
    const filters = JSON.stringify({ container: [checkId(id)], event: ['start'] });
    // The answer ends at that time by the engine's clock.
    const query = { since: '1', until: ((Date.now() + 100) / 1000).toFixed(3), filters };
    const what = 'Asking Docker when it started';
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      dial(docker, 'GET', '/events?', query, 200, abortSignal),
    );
    return answer !== '';
  }

  /** What it uses, as records of about one a second; none of one that is not there. */
  stats(id: string, signal: AbortSignal): Promise<Readable> {
    const ref = checkId(id);
    const call = `/containers/${ref}/stats?`;
    return this.#engine.open('Measuring the container', signal, async (docker, abortSignal) => {
      const stream = dial(docker, 'GET', call, { stream: true }, 200, abortSignal, {
        isStream: true,
      });
      return ((await orNull(stream, 404)) as Readable | null) ?? Readable.from([]);
    });
  }

  /** By reference or id; null when the engine has none. */
  async inspectImage(name: string, signal: AbortSignal): Promise<ImageFacts | null> {
    const what = 'Looking at the image';
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      orNull(dial(docker, 'GET', `/images/${name}/json`, {}, 200, abortSignal), 404),
    );
    return answer === null ? null : imageFacts(this.#engine.check(what, imageSchema, answer));
  }

  /** What the engine runs on, and what that has to give. */
  async machine(signal: AbortSignal): Promise<MachineFacts> {
    const what = 'Asking Docker what it runs on';
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      dial(docker, 'GET', '/info', {}, 200, abortSignal),
    );
    return machineFacts(this.#engine.check(what, infoSchema, answer));
  }

  /** Labels of the images that carry a label with this value, newest first. */
  async imageLabels(
    label: string,
    value: string,
    signal: AbortSignal,
  ): Promise<Record<string, string>[]> {
    const what = 'Listing the images';
    const query = { filters: { label: [`${label}=${value}`] } };
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      docker.listImages({ ...query, abortSignal } as Query),
    );
    const images = this.#engine.check(what, imageListSchema, answer);
    return images.sort((a, b) => b.Created - a.Created).map((image) => image.Labels ?? {});
  }

  /** When a network was made, ms since 1970; null when there is none. */
  async networkCreatedAt(name: 'bridge', signal: AbortSignal): Promise<number | null> {
    const what = 'Looking at the network';
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, abortSignal) =>
      orNull(dial(docker, 'GET', `/networks/${name}`, {}, 200, abortSignal), 404),
    );
    if (answer === null) return null;
    const at = Date.parse(this.#engine.check(what, networkSchema, answer).Created);
    return Number.isNaN(at) ? null : at;
  }

  /** Sends a build context; resolves to the builder's JSON records when it begins to answer. */
  build(context: Readable, query: Query, signal: AbortSignal): Promise<Readable> {
    // No deadline: the answer begins when the whole context has arrived.
    return this.#engine.open(
      'Building the image',
      signal,
      (docker, abortSignal) =>
        // `buildImage` would open a gRPC session, which an uploaded context does not need.
        dial(docker, 'POST', '/build?', query, 200, abortSignal, {
          isStream: true,
          file: context,
        }) as Promise<Readable>,
      null,
    );
  }

  /** Starts a pull; resolves to its JSON records. */
  pull(
    reference: ImageReference,
    login: RegistryLogin | null,
    signal: AbortSignal,
  ): Promise<Readable> {
    const query = { fromImage: reference.name, tag: reference.digest ?? tagOf(reference) };
    return this.#engine.open(
      'Pulling the image',
      signal,
      (docker, abortSignal) =>
        dial(docker, 'POST', '/images/create?', { _query: query, _body: {} }, 200, abortSignal, {
          isStream: true,
          ...(login && { authconfig: login }),
        }) as Promise<Readable>,
      PULL_IDLE_MS,
    );
  }

  /** The digest that the registry has for a tag now. Asked for by the engine, with the login given. */
  async registryDigest(
    reference: ImageReference,
    login: RegistryLogin | null,
    signal: AbortSignal,
  ): Promise<string> {
    const what = 'Asking the registry for the digest';
    const path = `/distribution/${imageReferenceText(reference)}/json`;
    const more = login ? { authconfig: login } : {};
    const answer = await this.#engine.call(what, SLOW_MS, signal, (docker, abortSignal) =>
      dial(docker, 'GET', path, {}, 200, abortSignal, more),
    );
    return this.#engine.check(what, distributionSchema, answer).Descriptor.digest;
  }

  /** Resolves when the registry takes the login. */
  async checkLogin(login: RegistryLogin, signal: AbortSignal): Promise<void> {
    await this.#engine.call('Logging in', SLOW_MS, signal, (docker, abortSignal) =>
      dial(docker, 'POST', '/auth', { _body: login }, 200, abortSignal),
    );
  }
}

const noLogin: FindLogin = () => Promise.resolve(null);
