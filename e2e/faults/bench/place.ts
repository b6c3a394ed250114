import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wordsOf, type LinesSpec } from '../job/reference.ts';
import { TestedProcess } from './child.ts';

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url));
const JOB = fileURLToPath(new URL('../job', import.meta.url));

const QUEUE = 'faults';

/** What a command of the command line came to. */
export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

/** How a command is run. */
interface Asked {
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** The user who runs it; ourselves when not given. */
  uid?: number | undefined;
}

/** A data folder of a scenario's own, the command line on it, and the engine that it is to use. */
export class Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.env = env;
  }

  /** @param host of the engine, as in DOCKER_HOST */
  static async make(host: string, env: NodeJS.ProcessEnv = {}): Promise<Place> {
    const folder = await mkdtemp(join(tmpdir(), 'faults-'));
    const place = new Place(folder, { DOCKER_HOST: host, TMPDIR: join(folder, 'tmp'), ...env });
    await mkdir(place.tempFolder);
    await cp(JOB, place.jobFolder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
    await place.run('settings', 'set', 'base-image', process.env['SLIPWAY_TEST_BASE_IMAGE'] ?? '');
    return place;
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  /** Where the product puts what it needs for a moment. */
  get tempFolder(): string {
    return join(this.folder, 'tmp');
  }

  get jobFolder(): string {
    return join(this.folder, 'lines');
  }

  /** Writes a folder of code. */
  async code(name: string, files: Record<string, string>): Promise<string> {
    const folder = join(this.folder, name);
    await mkdir(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    return folder;
  }

  /** Runs a command to its end, whatever that is. */
  runWith({ env, input, uid }: Asked, ...args: string[]): Promise<Outcome> {
    const options = { env: { ...process.env, ...this.env, ...env }, maxBuffer: 2 ** 28, uid };
    return new Promise((resolve) => {
      const words = [CLI, '--data-dir', this.dataDir, ...args];
      const child = execFile(process.execPath, words, options, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 128;
        resolve({ status, stdout, stderr });
      });
      child.stdin?.on('error', () => undefined).end(input ?? '');
    });
  }

  run(...args: string[]): Promise<Outcome> {
    return this.runWith({}, ...args);
  }

  /** @throws Error with what it printed when the command did not end with 0 */
  async must(...args: string[]): Promise<Outcome> {
    const outcome = await this.run(...args);
    if (outcome.status === 0) return outcome;
    throw new Error(`slipway ${args.join(' ')}: ${outcome.status} ${outcome.stderr.slice(-500)}`);
  }

  /** Makes the job of numbered lines, its image, and a queue that starts whatever is in it. */
  async makeLinesJob(): Promise<void> {
    await this.must('queue', 'create', QUEUE, '--concurrency', 'none');
    const nothing = { seed: 0, lines: 3, width: 19, rate: 0, exitCode: 0 };
    await this.must(
      ...['launch', '--uri', this.jobFolder, '--job-name', 'lines', '--engine', 'docker'],
      ...['-E', 'python lines.py', '--', ...wordsOf(nothing)],
    );
  }

  /** Puts a run of that job into a queue, for whoever executes. Returns its id. */
  launchLines(spec: LinesSpec, queue: readonly string[] = ['-q', QUEUE]): Promise<string> {
    const job = ['launch', '--job', 'lines', '--async', '--engine', 'docker', ...queue];
    return this.launch(...job, '--', ...wordsOf(spec));
  }

  /** The same without a queue: the command leaves a process of its own behind that sees to the run. */
  leaveLines(spec: LinesSpec): Promise<string> {
    return this.launchLines(spec, []);
  }

  /** Runs a launch with `--json`. Returns the id of its run. */
  async launch(...args: string[]): Promise<string> {
    const { stdout } = await this.must('--json', ...args);
    const { id } = (JSON.parse(stdout) as { run: { id: string } }).run;
    return id;
  }

  /** A process that executes what waits on the data folder. */
  startCore(env: NodeJS.ProcessEnv = {}): TestedProcess {
    return this.start(['--json', 'serve'], env);
  }

  /** Starts a command and does not wait for it. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): TestedProcess {
    const words = [CLI, '--data-dir', this.dataDir, ...args];
    return new TestedProcess(process.execPath, words, { ...this.env, ...env });
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
