import type { RunUsage } from '../../shared/domain/run.ts';
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
import { moreOf, mostOf } from './run-usage.ts';
import { UsagePoints } from './usage-points.ts';
import type { LiveParts, WatchRequest } from './watch-request.ts';

/** How often what came is read and stored: nobody sees it sooner than that. */
const LOOK_MS = 1000;
/** The same while there is more than one look takes. */
const MORE_MS = 250;
/** Wait before a run is measured that has not started. */
const STARTED_MS = 200;
/** Wait before a run is measured again that could not be. */
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
  #used: RunUsage | null = null;
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
    this.#try(() => this.#storeUsage());
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
    while (!over.aborted) {
      const isAll = await this.#look();
      this.#store();
      await delay(isAll ? LOOK_MS : MORE_MS, over).catch(() => undefined);
    }
    while (!(await this.#look()) && !this.#leave.aborted) this.#store();
  }

  /** Nothing is read before it can be masked. */
  async #look(): Promise<boolean> {
    const masks = this.#masker ? null : this.#request.masks();
    if (masks) this.#masker = valueMasker(masks);
    const masker = this.#masker;
    if (!masker) return true;
    return this.#folder.look((text, file) => {
      const line = parseLiveLine(text);
      if (line) this.#live.take(masker.values(line), file);
    });
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
    const { run } = this.#request;
    const over = this.#over.signal;
    while (!over.aborted) {
      const now = this.#parts.repos.runs.get(run.id);
      const isRunning = now?.state === 'running';
      if (isRunning) await this.#measureOnce(now.startedAt);
      await delay(isRunning ? MEASURE_AGAIN_MS : STARTED_MS, over).catch(() => undefined);
    }
  }

  async #measureOnce(startedAt: number | null): Promise<void> {
    const { engine, ref } = this.#request;
    const points = new UsagePoints(this.#usage, startedAt);
    try {
      for await (const sample of engine.measure(ref, this.#over.signal)) {
        points.take(sample);
        this.#used = moreOf(this.#used, sample);
      }
    } catch {
      // It ended, or its engine is away: others find out and tell.
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

  /** At its end, since it is for what comes later: meanwhile the series tell. */
  #storeUsage(): void {
    const { repos } = this.#parts;
    const { id } = this.#request.run;
    // Another process may have watched it before.
    const used = mostOf(repos.runs.get(id)?.usage ?? null, this.#used);
    if (this.#used && used) repos.results.setUsage(id, used);
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
