import type Docker from 'dockerode';
import type { Duplex, Readable } from 'node:stream';
import { inspect } from 'node:util';
import * as z from 'zod/mini';
import type { AppError, ErrorCode } from '../../../shared/errors.ts';
import { negotiate } from './api-version.ts';
import { withDeadline } from './deadline.ts';
import { engineError, foreignAnswer } from './engine-errors.ts';
import { findEngine, type EngineAddress } from './host.ts';
import { dial, openDockerode, speakApiVersion } from './modem.ts';
import { versionSchema } from './schemas.ts';
import { unlessSilent } from './unless-silent.ts';

/** Deadline of calls that only look. */
export const QUICK_MS = 10_000;
/** Deadline of calls that make the engine work. */
export const SLOW_MS = 60_000;
/** Deadline of the question whether it is still there. */
const PROBE_MS = 2000;
/** Longest a timer can be set. */
const NEVER_MS = 2 ** 31 - 1;

const SHORT = { depth: 3, maxArrayLength: 20, maxStringLength: 200 };

/** Codes after which there may be another engine at the address. */
const EXCHANGED: ReadonlySet<ErrorCode> = new Set([
  'E_ENGINE_NONE',
  'E_ENGINE_LOST',
  'E_ENGINE_VERSION',
  'E_ENGINE_ANSWER',
]);

/** The engine's own version, and the API version that is spoken with it. */
export interface EngineVersion {
  version: string;
  api: string;
  /** What it runs on, in Go's words (`linux`, `amd64`); null when it does not say. */
  os: string | null;
  architecture: string | null;
}

type Send<T> = (docker: Docker, abortSignal: AbortSignal) => Promise<T>;

/** One that is being made, or is there. */
interface Connection {
  docker: Promise<Docker>;
  /** How many calls wait for it. */
  waiting: number;
  /** Ends what is being made. */
  callOff(): void;
}

/** Connects when first asked, and gives every call its deadline, its signal and its errors. */
export class Connector {
  readonly #host: string | undefined;
  #address: EngineAddress | null = null;
  #connection: Connection | null = null;
  #version: EngineVersion | null = null;

  constructor(host: string | undefined) {
    this.#host = host;
  }

  /** Sends one call; fails with what {@link engineError} makes of it. */
  async call<T>(what: string, ms: number, signal: AbortSignal, send: Send<T>): Promise<T> {
    try {
      return await withDeadline(what, ms, signal, async (limited) => {
        const docker = await this.#connect(limited);
        const sent = send(docker, limited);
        return ms > QUICK_MS ? unlessSilent(sent, () => this.#probe(docker)) : sent;
      });
    } catch (error) {
      throw this.#translate(what, error);
    }
  }

  #probe(docker: Docker): Promise<unknown> {
    const never = new AbortController().signal;
    return withDeadline('Asking', PROBE_MS, never, (limited) =>
      dial(docker, 'GET', '/_ping', {}, 200, limited),
    );
  }

  /** Like {@link call}; the deadline ends with the answer's head, the signal's hold with the stream. */
  async open<S extends Readable | Duplex>(
    what: string,
    signal: AbortSignal,
    send: Send<S>,
    ms: number | null = QUICK_MS,
  ): Promise<S> {
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    signal.addEventListener('abort', stop, { once: true });
    const release = (): void => signal.removeEventListener('abort', stop);
    try {
      const stream = await withDeadline(what, ms ?? NEVER_MS, signal, async (limited) => {
        const docker = await this.#connect(limited);
        return send(docker, controller.signal);
      });
      controller.signal.addEventListener('abort', () => stream.destroy(), { once: true });
      stream.once('close', release);
      return stream;
    } catch (error) {
      release();
      controller.abort();
      throw this.#translate(what, error);
    }
  }

  /** The connection, negotiated once for all that wait for it; a failed attempt is not kept. */
  async #connect(caller: AbortSignal): Promise<Docker> {
    const connection = (this.#connection ??= this.#begin());
    connection.waiting += 1;
    const leave = (): void => {
      connection.waiting -= 1;
      // Its socket would only keep this process from ending.
      if (connection.waiting === 0) connection.callOff();
    };
    caller.addEventListener('abort', leave, { once: true });
    try {
      return await connection.docker;
    } finally {
      caller.removeEventListener('abort', leave);
    }
  }

  #begin(): Connection {
    const cancel = new AbortController();
    // With a deadline of its own: several calls may wait for it, and any of them may be cancelled.
    const docker = withDeadline('Connecting', QUICK_MS, cancel.signal, (limited) =>
      this.#negotiate(limited),
    );
    const forget = (): void => {
      if (this.#connection === connection) this.#connection = null;
    };
    const callOff = (): void => {
      forget();
      cancel.abort();
    };
    const connection: Connection = { docker, waiting: 0, callOff };
    docker.catch(forget);
    return connection;
  }

  async #negotiate(abortSignal: AbortSignal): Promise<Docker> {
    const address = (this.#address = await findEngine(this.#host, process.env));
    const docker = await openDockerode(address);
    const answer = await dial(docker, 'GET', '/version', {}, 200, abortSignal);
    const version = this.check('Asking Docker for its version', versionSchema, answer);
    this.#version = {
      version: version.Version,
      api: negotiate(version),
      os: version.Os || null,
      architecture: version.Arch || null,
    };
    speakApiVersion(docker, this.#version.api);
    return docker;
  }

  /** Whether it is spoken with over a socket of this machine; null before the first call. */
  get local(): boolean | null {
    return this.#address && 'socketPath' in this.#address;
  }

  /** What was negotiated; null before the first call. */
  get version(): EngineVersion | null {
    return this.#version;
  }

  /** The answer as the schema has it, or `E_ENGINE_ANSWER`; there may be another engine then. */
  check<S extends z.ZodMiniType>(what: string, schema: S, answer: unknown): z.infer<S> {
    const parsed = z.safeParse(schema, answer);
    if (parsed.success) return parsed.data;
    this.#connection = null;
    // Not as JSON: an answer may be nested deeper than that can be written.
    throw foreignAnswer(what, typeof answer === 'string' ? answer : inspect(answer, SHORT));
  }

  #translate(what: string, error: unknown): AppError {
    const translated = engineError(error, { what, address: this.#address?.name ?? 'its address' });
    // What comes back may be another version: negotiate again.
    if (EXCHANGED.has(translated.code)) this.#connection = null;
    return translated;
  }
}
