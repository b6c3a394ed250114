import type { OwnColumn } from '../../shared/domain/run-list.ts';
import { StoredColumn, type Cells, type Column } from './column.ts';
import { Dictionary } from './dictionary.ts';
import type { JobRow, QueueRow, RunRow } from './run-row.ts';
import { ValueColumns } from './value-columns.ts';

const BINNED = 1;

/** What every run has, as it is stored. */
const storedColumns = () => ({
  projectId: new StoredColumn(),
  jobId: new StoredColumn(),
  sweepId: new StoredColumn(),
  name: new StoredColumn(),
  state: new StoredColumn(),
  reason: new StoredColumn(),
  version: new StoredColumn(),
  engine: new StoredColumn(),
  queueId: new StoredColumn(),
  priority: new StoredColumn(),
  creator: new StoredColumn(),
  starred: new StoredColumn(),
  tags: new StoredColumn(),
  notes: new StoredColumn(),
  binned: new StoredColumn(),
  created: new StoredColumn(),
  started: new StoredColumn(),
  duration: new StoredColumn(),
});

/** Sorts the words of a column in a given order, others behind them. */
function orderAs({ dictionary }: StoredColumn, words: readonly string[]): void {
  const places = new Map(words.map((word, place) => [dictionary.code(word), place]));
  dictionary.orderAs((code) => places.get(code) ?? words.length);
}

/** All runs as columns. Rows are in the order in which the runs were made; a row stays where it is. */
export class RunTable {
  readonly stored = storedColumns();
  readonly values = new ValueColumns();
  readonly #own: Record<OwnColumn, (now: number) => Column>;
  readonly #jobNames = new Dictionary();
  readonly #queueNames = new Dictionary();
  /** Codes of their names, by the code of the queue's id. */
  readonly #queues: number[] = [];
  /** By the code of the job's id. */
  readonly #jobs: ({ name: number; binned: boolean; removed: boolean } | undefined)[] = [];
  #seqs = new Uint32Array(1024);
  #size = 0;

  /** @param states in the order in which they are sorted, as `priorities` are */
  constructor(states: readonly string[], priorities: readonly string[]) {
    const { stored } = this;
    orderAs(stored.state, states);
    orderAs(stored.priority, priorities);
    const job: Column = { read: (rows) => this.#readJobs(rows) };
    const always = (column: Column) => () => column;
    this.#own = {
      name: always(stored.name),
      state: always(stored.state),
      job: always(job),
      version: always(stored.version),
      creator: always(stored.creator),
      created: always(stored.created),
      duration: (now) => ({ read: (rows) => this.#readDurations(rows, now) }),
      engine: always(stored.engine),
      queue: always({ read: (rows) => this.#readQueues(rows) }),
      priority: always(stored.priority),
      tags: always(stored.tags),
      notes: always(stored.notes),
      starred: always(stored.starred),
    };
  }

  /** Rows there are, those of removed runs included. */
  get size(): number {
    return this.#size;
  }

  /** That of the newest run; 0 without any. */
  get lastSeq(): number {
    return this.#size === 0 ? 0 : this.#seqs[this.#size - 1]!;
  }

  seq(row: number): number {
    return this.#seqs[row]!;
  }

  /** A column by its id; undefined when no run has it. */
  column(id: string, now: number): Column | undefined {
    return Object.hasOwn(this.#own, id) ? this.#own[id as OwnColumn](now) : this.values.get(id);
  }

  putJob({ id, name, binned, removed }: JobRow): void {
    const code = this.stored.jobId.dictionary.code(id);
    this.#jobs[code] = { name: this.#jobNames.code(name), binned, removed };
  }

  putQueue({ id, name }: QueueRow): void {
    this.#queues[this.stored.queueId.dictionary.code(id)] = this.#queueNames.code(name);
  }

  /** A run as it is now: in its row, or in a new one when it is newer than all. False for neither. */
  put(run: RunRow): boolean {
    const known = run.seq > this.lastSeq ? null : this.#rowOf(run.seq);
    if (known === null && run.seq <= this.lastSeq) return false;
    if (known !== null) this.values.clear(known);
    const row = known ?? this.#append(run.seq);
    const { stored } = this;
    stored.projectId.set(row, run.projectId);
    stored.jobId.set(row, run.jobId);
    stored.sweepId.set(row, run.sweepId);
    stored.name.set(row, run.name);
    stored.state.set(row, run.state);
    stored.reason.set(row, run.reason);
    stored.version.set(row, run.version);
    stored.engine.set(row, run.engine);
    stored.queueId.set(row, run.queueId);
    stored.priority.set(row, run.priority);
    stored.creator.set(row, run.creator);
    stored.starred.set(row, run.starred);
    stored.tags.set(row, run.tags);
    stored.notes.set(row, run.notes);
    stored.binned.set(row, run.binned ? BINNED : null);
    stored.created.set(row, run.createdAt);
    stored.started.set(row, run.startedAt);
    stored.duration.set(row, run.durationMs);
    this.values.put(row, run);
    return true;
  }

  /** Takes out the runs that are not among these, which are in order. */
  keepOnly(seqs: Iterable<number>): void {
    let row = 0;
    for (const seq of seqs) {
      while (row < this.#size && this.#seqs[row]! < seq) this.#remove(row++);
      if (this.#seqs[row] === seq) row += 1;
    }
    while (row < this.#size) this.#remove(row++);
  }

  /** How many runs there are, with those of jobs that are being removed. */
  count(): number {
    let count = 0;
    for (let row = 0; row < this.#size; row++) count += Number(!this.#isRemoved(row));
    return count;
  }

  /** All runs that are in the bin, by themselves or with their job, or all others; the newest first. */
  rows(binned: boolean): Uint32Array {
    const rows = new Uint32Array(this.#size);
    let count = 0;
    for (let row = this.#size - 1; row >= 0; row--) {
      const job = this.#jobOf(row);
      if (this.#isRemoved(row) || !job || job.removed) continue;
      const isBinned = job.binned || this.stored.binned.number(row) === BINNED;
      if (isBinned === binned) rows[count++] = row;
    }
    return rows.slice(0, count);
  }

  #readJobs(rows: Uint32Array): Cells {
    const { codes } = this.stored.jobId.read(rows);
    const names = Uint32Array.from(this.#jobs, (job) => job?.name ?? 0);
    const jobs = codes ?? new Uint32Array(0);
    for (let at = 0; at < jobs.length; at++) jobs[at] = names[jobs[at]!]!;
    return { numbers: null, codes, dictionary: this.#jobNames };
  }

  #readQueues(rows: Uint32Array): Cells {
    const { codes } = this.stored.queueId.read(rows);
    const names = codes?.map((code) => this.#queues[code] ?? 0) ?? null;
    return { numbers: null, codes: names, dictionary: this.#queueNames };
  }

  #readDurations(rows: Uint32Array, now: number): Cells {
    const numbers = new Float64Array(rows.length);
    const { started, duration } = this.stored;
    for (let at = 0; at < rows.length; at++) {
      const took = duration.number(rows[at]!);
      numbers[at] = Number.isNaN(took) ? Math.max(0, now - started.number(rows[at]!)) : took;
    }
    return { numbers, codes: null, dictionary: started.dictionary };
  }

  #jobOf(row: number) {
    return this.#jobs[this.stored.jobId.code(row)];
  }

  #append(seq: number): number {
    if (this.#size === this.#seqs.length) {
      const more = new Uint32Array(this.#size * 2);
      more.set(this.#seqs);
      this.#seqs = more;
    }
    this.#seqs[this.#size] = seq;
    return this.#size++;
  }

  #rowOf(seq: number): number | null {
    let [low, high] = [0, this.#size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#seqs[middle]! < seq) low = middle + 1;
      else high = middle;
    }
    return this.#seqs[low] === seq && low < this.#size ? low : null;
  }

  #remove(row: number): void {
    this.stored.projectId.set(row, null);
  }

  #isRemoved(row: number): boolean {
    return this.stored.projectId.code(row) === 0;
  }
}
