import { join, parse } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { GitPluginError, simpleGit, type SimpleGit, type SimpleGitOptions } from 'simple-git';
import { AppError, cancelled } from '../../../shared/errors.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import {
  GUARDED_NAMES,
  gitEnvironment,
  reachEnvironment,
  reachSettings,
  SAFE_SETTINGS,
  type GitTools,
  type Reach,
} from './git-environment.ts';
import { gitMissing, type GitResult } from './git-errors.ts';
import { readProgress } from './git-progress.ts';

/** Without a word from git for this long it counts as stuck. */
const SILENCE_MS = 90_000;
const OUTPUT_BYTES = 256 * 2 ** 20;

export interface GitCall {
  /** The command and its arguments; values stand behind `--` or `--end-of-options`. */
  args: string[];
  /** One of our own repositories. */
  gitDir: string;
  /** What it may reach; without it nothing but this machine's files. */
  reach?: Reach;
  /** More is not received: ends with `E_GIT_TOO_BIG`. */
  maxBytes?: number;
  /** More variables for git. */
  env?: Record<string, string>;
}

/**
 * Runs git, always in a repository of our own, with an environment that is the same everywhere.
 * A command that fails is a result like any other; what is thrown is `E_CANCELLED`,
 * `E_GIT_MISSING`, `E_GIT_TIMEOUT` and `E_GIT_TOO_BIG`.
 */
export class GitRunner {
  readonly #tools: GitTools;

  constructor(tools: GitTools) {
    this.#tools = tools;
  }

  async run(call: GitCall, control: Control): Promise<GitResult> {
    if (control.signal.aborted) throw cancelled('git');
    const watch = new Watch(call, control);
    try {
      const git = this.#prepare(call, watch);
      await git.raw(call.args);
    } catch (error) {
      watch.fail(error);
    }
    return watch.result();
  }

  #prepare({ gitDir, reach, env }: GitCall, watch: Watch): SimpleGit {
    const settings = [...SAFE_SETTINGS, ...(reach ? reachSettings(reach) : [])];
    const git = simpleGit({
      ...options(settings, watch),
      // Git goes by GIT_DIR alone; a folder that is gone must not look like a program that is.
      baseDir: parse(gitDir).root,
      ...(process.platform === 'linux' && {
        binary: [join(this.#tools.scripts, 'git-session.sh'), 'git'] as [string, string],
      }),
    });
    git.outputHandler((_, stdout, stderr) => watch.listen(stdout, stderr));
    return git.env({
      ...gitEnvironment(gitDir),
      ...(reach && reachEnvironment(this.#tools, reach)),
      ...env,
    });
  }
}

const options = (config: string[], watch: Watch): Partial<SimpleGitOptions> => ({
  config,
  abort: watch.signal,
  timeout: { block: SILENCE_MS },
  // Only when its output has ended as well is all of it here.
  completion: { onClose: true, onExit: false },
  // The status alone tells success from failure.
  errors: (error, { exitCode }) => watch.ended(error, exitCode),
  allowEnvironment: [...GUARDED_NAMES],
  // What is ours to set; every other guard stays.
  unsafe: {
    allowUnsafeAskPass: true,
    allowUnsafeCredentialHelper: true,
    allowUnsafeCustomBinary: true,
    allowUnsafeFsMonitor: true,
    allowUnsafeHooksPath: true,
    allowUnsafeSshCommand: true,
    allowUnsafeTemplateDir: true,
  },
});

/** Looks on while a command runs: gathers what it says, and ends it when it says too much. */
class Watch {
  readonly #call: GitCall;
  readonly #control: Control;
  readonly #tooMuch = new AbortController();
  readonly #stdout: Buffer[] = [];
  #stdoutBytes = 0;
  #stderr = '';
  #line = '';
  #status: number | null = null;

  constructor(call: GitCall, control: Control) {
    this.#call = call;
    this.#control = control;
  }

  get signal(): AbortSignal {
    return AbortSignal.any([this.#control.signal, this.#tooMuch.signal]);
  }

  listen(stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream): void {
    stdout.on('data', (piece: Buffer) => {
      this.#stdoutBytes += piece.length;
      if (this.#stdoutBytes > OUTPUT_BYTES) this.#tooMuch.abort();
      else this.#stdout.push(piece);
    });
    // A character may be cut in two by the end of a piece.
    const decoder = new StringDecoder('utf8');
    stderr.on('data', (piece: Buffer) => this.#read(decoder.write(piece)));
  }

  ended(error: Buffer | Error | undefined, status: number): Error | undefined {
    this.#status = status;
    return error instanceof GitPluginError || status < 0 ? (error as Error) : undefined;
  }

  fail(error: unknown): void {
    if (this.#control.signal.aborted) throw cancelled('git');
    if (this.#tooMuch.signal.aborted) throw tooBig();
    if (error instanceof GitPluginError && error.plugin === 'timeout') throw silent();
    throw isGone(error) ? gitMissing(error) : error;
  }

  result(): GitResult {
    if (this.#control.signal.aborted) throw cancelled('git');
    if (this.#status === NO_PROGRAM) throw gitMissing(null);
    const stdout = Buffer.concat(this.#stdout).toString('utf8');
    return { status: this.#status ?? KILLED, stdout, stderr: this.#stderr + this.#line };
  }

  #read(text: string): void {
    const lines = `${this.#line}${text}`.split(/[\r\n]/);
    this.#line = lines.pop()?.slice(-LINE_LENGTH) ?? '';
    for (const line of lines) this.#take(line);
  }

  #take(line: string): void {
    const progress = readProgress(line);
    if (!progress) {
      if (line !== '') this.#stderr = `${this.#stderr}${line}\n`.slice(-STDERR_LENGTH);
      return;
    }
    const { bytes, ...shown } = progress;
    this.#control.onProgress?.(shown);
    if (bytes !== null && bytes > (this.#call.maxBytes ?? Infinity)) this.#tooMuch.abort();
  }
}

const NO_PROGRAM = 127;
const KILLED = 137;
const LINE_LENGTH = 8192;
const STDERR_LENGTH = 65_536;

const isGone = (error: unknown): boolean => /\bENOENT\b/.test(String(error));

const tooBig = (): AppError =>
  new AppError('E_GIT_TOO_BIG', 'The repository is larger than Slipway takes.', {
    next: 'Use a folder or an image instead, or move large files to LFS.',
  });

const silent = (): AppError =>
  new AppError('E_GIT_TIMEOUT', `git heard nothing from the server for ${SILENCE_MS / 1000} s.`, {
    next: 'Check the network and whether the server is up, then try again.',
  });
