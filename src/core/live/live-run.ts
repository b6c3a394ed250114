import type { LiveLine } from './live-line.ts';

/** Who takes the numbers of a run. */
export interface PointTaker {
  add(name: string, step: number, at: number | null, value: number): void;
  /** Nothing that came so far counts any more. */
  restart(): void;
}

/** Keys of config or summary that are kept. */
const KEY_LIMIT = 5000;

interface Source {
  /** Whether its lines are of the run that is shown. */
  counts: boolean;
}

/**
 * What the lines of all processes of a run come to. A program may start several tracked runs, one after
 * the other or one in each process: the newest counts, as it does when the run folders are read.
 */
export class LiveRun {
  readonly #points: PointTaker;
  #sources = new Map<string, Source>();
  #shown: { run: string; started: number } | null = null;
  #rows = 0;
  #config: Record<string, unknown> | null = null;
  #summary = new Map<string, unknown>();
  readonly #printed = new Map<string, unknown>();
  /** Whether config or summary changed since they were asked for. */
  changed = false;

  constructor(points: PointTaker) {
    this.#points = points;
  }

  /** `file` tells the processes apart. */
  take(line: LiveLine, file: string): void {
    if (line.kind === 'run') return this.#begin(line, file);
    if (!this.#sources.get(file)?.counts) return;
    if (line.kind === 'values') this.#row(line);
    if (line.kind === 'config') this.#config = line.config;
    if (line.kind === 'summary') {
      for (const [name, value] of Object.entries(line.summary)) this.#set(name, value);
    }
    this.changed = true;
  }

  /** A value that was read from a printed line. What the code itself says of the name goes before it. */
  print(name: string, value: number): void {
    if (this.#printed.size >= KEY_LIMIT && !this.#printed.has(name)) return;
    this.#printed.set(name, asJson(value));
    this.changed = true;
  }

  /** Config and last values as JSON; null for what was never said. */
  results(): {
    config: Record<string, unknown> | null;
    summary: Record<string, unknown> | null;
  } {
    this.changed = false;
    const all = new Map([...this.#printed, ...this.#summary]);
    return { config: this.#config, summary: all.size === 0 ? null : Object.fromEntries(all) };
  }

  #begin({ run, started }: LiveLine & { kind: 'run' }, file: string): void {
    const shown = this.#shown;
    const isShown = shown?.run === run && shown.started === started;
    const isNewer = !shown || started > shown.started;
    if (!isShown && isNewer) {
      for (const source of this.#sources.values()) source.counts = false;
      if (shown) this.#restart();
      this.#shown = { run, started };
    }
    this.#sources.set(file, { counts: isShown || isNewer });
  }

  #restart(): void {
    this.#points.restart();
    this.#rows = 0;
    this.#config = null;
    this.#summary = new Map();
  }

  #row({ step, at, values }: LiveLine & { kind: 'values' }): void {
    const row = this.#rows++;
    for (const [name, value] of values) {
      this.#points.add(name, step ?? row, at, value);
      this.#set(name, asJson(value));
    }
  }

  #set(name: string, value: unknown): void {
    if (value === null) this.#summary.delete(name);
    else if (this.#summary.size < KEY_LIMIT || this.#summary.has(name)) {
      this.#summary.set(name, value);
    }
  }
}

/** As JSON has it: what is no number of it is told in words. */
const asJson = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
