import { toErrorData } from '../../shared/errors.ts';
import { valueMasker, type ValueMasker } from '../logs/mask-values.ts';
import { delay } from '../scope.ts';
import { LiveFolder } from './live-folder.ts';
import { parseLiveLine } from './live-line.ts';
import { LivePoints } from './live-points.ts';
import { LiveRun } from './live-run.ts';
import { parsePattern } from './parse-pattern.ts';
import type { LineReader } from './pattern.ts';
import { PrintedMetrics } from './printed-metrics.ts';
import { UsagePoints } from './usage-points.ts';
import type { LiveParts, WatchRequest } from './watch-request.ts';

const LOOK_MS = 250;
const STORE_MS = 1000;
/** Wait before a run is measured (again) that could not be. */
const MEASURE_AGAIN_MS = 1000;
/** Config and last values are shown as a whole: nobody reads more of them. */
const RESULTS_LIMIT = 1 << 20;

/** One run while its metrics are taken. */
export class RunWatch {
  readonly #parts: LiveParts;
  readonly #request: WatchRequest;
  /** Fires when this process ends, which leaves the run running. */
  readonly #leave: AbortSignal;
  readonly #over = new AbortController();
  readonly #folder: LiveFolder;
  readonly #code: LivePoints;
  readonly #printed: LivePoints;
  readonly #usage: LivePoints;
  readonly #live: LiveRun;
  readonly #work: Promise<unknown>;
  #masker: ValueMasker | null = null;
  #stored: string | null = null;
  #problem: string | null = null;

  constructor(parts: LiveParts, request: WatchRequest, leave: AbortSignal) {
    const { series } = parts;
    const { id } = request.run;
    this.#parts = parts;
    this.#request = request;
    this.#leave = leave;
    this.#folder = new LiveFolder(request.folder);
    this.#code = new LivePoints(series, id, 'code');
    this.#printed = new LivePoints(series, id, 'printed');
    // What was measured before cannot be read again.
    this.#usage = new LivePoints(series, id, 'usage', true);
    this.#live = new LiveRun(this.#code);
    const work = [this.#follow(), this.#readPrinted(), this.#measure()];
    this.#work = Promise.all(work.map((part) => part.catch((error) => this.#note(error))));
  }

  /** After the run ended and its log is whole: takes what came last. Never throws. */
  async end(): Promise<void> {
    this.#over.abort();
    await this.#work;
    this.#store();
    if (this.#problem === null || this.#leave.aborted) return;
    const { repos, clock } = this.#parts;
    const text = `Some of its metrics could not be kept: ${this.#problem}`;
    try {
      repos.runs.note(this.#request.run.id, text, clock.now());
    } catch {
      // Whatever keeps it from being written down keeps the end of the run waiting, which tells.
    }
  }

  async #follow(): Promise<void> {
    const over = this.#over.signal;
    let storeAt = this.#parts.clock.monotonic() + STORE_MS;
    while (!over.aborted) {
      await this.#look();
      if (this.#parts.clock.monotonic() >= storeAt) {
        this.#store();
        storeAt = this.#parts.clock.monotonic() + STORE_MS;
      }
      await delay(LOOK_MS, over).catch(() => undefined);
    }
    while (!(await this.#look(true)) && !this.#leave.aborted) this.#store();
  }

  /** Nothing is read before it can be masked. */
  async #look(last = false): Promise<boolean> {
    const masks = this.#masker ? null : this.#request.masks();
    if (masks) this.#masker = valueMasker(masks);
    const masker = this.#masker;
    if (!masker) return true;
    return this.#folder.look((text, file) => {
      const line = parseLiveLine(text);
      if (line) this.#live.take(masker.values(line), file);
    }, last);
  }

  async #readPrinted(): Promise<void> {
    const readers = this.#readers();
    if (readers.length === 0) return;
    const { logs, clock } = this.#parts;
    const printed = new PrintedMetrics(readers, {
      add: (name, step, at, value) => {
        this.#printed.add(name, step, at, value);
        this.#live.print(name, value);
      },
      restart: () => this.#printed.restart(),
    });
    const ended = () => this.#over.signal.aborted;
    for await (const chunk of logs.tail(this.#request.run.id, 0, ended, this.#leave)) {
      printed.take(chunk);
    }
    printed.finish(clock.now());
  }

  /** A pattern that was good when the run was launched and is not now is left out. */
  #readers(): LineReader[] {
    const spec = this.#parts.repos.specs.of(this.#request.run.id)?.spec;
    return (spec?.settings.metricPatterns ?? []).flatMap((text) => {
      try {
        return [parsePattern(text)];
      } catch (error) {
        this.#note(error);
        return [];
      }
    });
  }

  async #measure(): Promise<void> {
    const { run, engine, ref } = this.#request;
    const over = this.#over.signal;
    let usage: UsagePoints | null = null;
    while (!over.aborted) {
      const now = this.#parts.repos.runs.get(run.id);
      try {
        if (now?.state === 'running') {
          usage ??= new UsagePoints(this.#usage, now.startedAt);
          for await (const sample of engine.measure(ref, over)) usage.take(sample);
        }
      } catch {
        // It ended, or its engine is away: others find out and tell.
      }
      await delay(MEASURE_AGAIN_MS, over).catch(() => undefined);
    }
  }

  #store(): void {
    for (const points of [this.#code, this.#printed, this.#usage]) {
      this.#try(() => points.flush());
    }
    if (this.#live.changed) this.#try(() => this.#storeResults());
  }

  #storeResults(): void {
    const { repos } = this.#parts;
    const { id } = this.#request.run;
    const { config, summary } = this.#live.results();
    const there = repos.runs.get(id);
    const results = { config: config ?? there?.config, summary: summary ?? there?.summary };
    const text = JSON.stringify(results);
    if (text === this.#stored || text.length > RESULTS_LIMIT) return;
    this.#stored = text;
    repos.results.set(id, {
      config: results.config ?? null,
      summary: results.summary ?? null,
      tracked: there?.tracked ?? null,
    });
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#note(error);
    }
  }

  #note(error: unknown): void {
    if (!this.#leave.aborted) this.#problem = toErrorData(error).message;
  }
}
