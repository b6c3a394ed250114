import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { QUICK_MS, SLOW_MS, type Connector } from './connector.ts';
import { checkId } from './container-id.ts';
import { foreignAnswer } from './engine-errors.ts';
import { orNull } from './http-status.ts';
import { dial } from './modem.ts';
import { pathStatSchema } from './schemas.ts';

/** What is at a path of a container. Links in the folders above it are followed, itself is not. */
export interface PathStat {
  kind: 'file' | 'folder' | 'link' | 'other';
  /** Permission bits. */
  mode: number;
}

/** Go's `fs.FileMode`, which the engine sends as it is. */
const GO_DIR = 2 ** 31;
const GO_LINK = 2 ** 27;
/** Device, pipe, socket, character device, irregular. */
const GO_OTHER = [2 ** 26, 2 ** 25, 2 ** 24, 2 ** 21, 2 ** 19];

const has = (mode: number, bit: number): boolean => Math.floor(mode / bit) % 2 === 1;

function kindOf(mode: number): PathStat['kind'] {
  if (has(mode, GO_DIR)) return 'folder';
  if (has(mode, GO_LINK)) return 'link';
  return GO_OTHER.some((bit) => has(mode, bit)) ? 'other' : 'file';
}

/** The files of containers, running or not, through the engine's archive calls. */
export class ContainerFiles {
  readonly #engine: Connector;

  constructor(engine: Connector) {
    this.#engine = engine;
  }

  /** A file or folder as a tar stream; an empty one when it is not there. */
  archive(id: string, path: string, signal: AbortSignal): Promise<Readable> {
    const ref = checkId(id);
    return this.#engine.open('Reading files of the container', signal, async (docker, limited) => {
      const call = `/containers/${ref}/archive?`;
      const stream = dial(docker, 'GET', call, { path }, 200, limited, { isStream: true });
      return ((await orNull(stream, 404)) as Readable | null) ?? Readable.from([]);
    });
  }

  /** Null when there is nothing at this path. */
  async stat(id: string, path: string, signal: AbortSignal): Promise<PathStat | null> {
    const ref = checkId(id);
    const what = 'Looking at files of the container';
    const answer = await this.#engine.call(what, QUICK_MS, signal, (docker, limited) => {
      const call = `/containers/${ref}/archive?`;
      return orNull(dial(docker, 'HEAD', call, { path }, 200, limited, { isStream: true }), 404);
    });
    if (answer === null) return null;
    const response = answer as IncomingMessage;
    response.resume();
    const header = response.headers['x-docker-container-path-stat'];
    const stat = this.#engine.check(what, pathStatSchema, parseHeader(header));
    return { kind: kindOf(stat.mode), mode: stat.mode % 0o1000 };
  }

  /**
   * Unpacks a tar archive in a folder that is there. What is in the way is replaced, a link as well;
   * a folder is not by a file, nor the other way round.
   */
  async put(id: string, path: string, archive: Buffer, signal: AbortSignal): Promise<void> {
    const ref = checkId(id);
    const query = { path, noOverwriteDirNonDir: true };
    await this.#engine.call(
      'Putting files into the container',
      SLOW_MS,
      signal,
      (docker, limited) =>
        dial(docker, 'PUT', `/containers/${ref}/archive?`, query, 200, limited, { file: archive }),
    );
  }
}

function parseHeader(header: string | string[] | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(String(header), 'base64').toString('utf8')) as unknown;
  } catch {
    throw foreignAnswer('Looking at files of the container', String(header));
  }
}
