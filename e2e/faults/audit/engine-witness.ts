import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const LABEL = 'dev.slipway.attempt';

/** A container that is there. */
export interface SeenContainer {
  id: string;
  name: string;
  /** The attempt that it is labelled with. */
  attempt: string | null;
  status: string;
}

/** Something that the engine said it did with a container. */
export interface SeenEvent {
  action: string;
  container: string;
  attempt: string | null;
  exitCode: number | null;
}

/** Runs Docker's own command line against an engine. Returns what it printed, trimmed. */
export async function dockerSays(host: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute('docker', ['-H', host, ...args], { maxBuffer: 2 ** 28 });
  return stdout.trim();
}

/** All containers of an engine, ours or not. */
export async function seeContainers(host: string): Promise<SeenContainer[]> {
  const format = `{{.ID}}\t{{.Names}}\t{{.State}}\t{{.Label "${LABEL}"}}`;
  const text = await dockerSays(host, 'ps', '--all', '--no-trunc', '--format', format);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [id = '', name = '', status = '', attempt = ''] = line.split('\t');
      return { id, name, status, attempt: attempt === '' ? null : attempt };
    });
}

/** One line of `docker events`; null for what is not about a container. */
export function readEvent(line: string): SeenEvent | null {
  const event = JSON.parse(line) as {
    Type?: string;
    Action?: string;
    Actor?: { ID?: string; Attributes?: Record<string, string> };
  };
  if (event.Type !== 'container') return null;
  const attributes = event.Actor?.Attributes ?? {};
  const code = attributes['exitCode'];
  return {
    action: event.Action ?? '',
    container: event.Actor?.ID ?? '',
    attempt: attributes[LABEL] ?? null,
    exitCode: code === undefined ? null : Number(code),
  };
}

/** Writes down what an engine does with containers, told by its own command line, across its restarts. */
export class EngineWitness {
  readonly events: SeenEvent[] = [];
  readonly #host: string;
  #child: ChildProcess | null = null;
  #rest = '';
  #ended = false;

  private constructor(host: string) {
    this.#host = host;
  }

  static async watch(host: string): Promise<EngineWitness> {
    const witness = new EngineWitness(host);
    witness.#listen();
    // The command line says nothing when it has connected.
    await sleep(150);
    return witness;
  }

  /** Resolves when what the engine did until now has been told. */
  async settle(): Promise<void> {
    await sleep(60);
  }

  end(): void {
    this.#ended = true;
    this.#child?.kill('SIGKILL');
  }

  #listen(): void {
    const args = [
      '-H',
      this.#host,
      'events',
      '--format',
      '{{json .}}',
      '--filter',
      'type=container',
    ];
    const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    this.#rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    child.once('close', () => {
      if (!this.#ended) setTimeout(() => this.#ended || this.#listen(), 50);
    });
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = readEvent(line);
      if (event) this.events.push(event);
    }
  }
}
