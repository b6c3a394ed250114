import { textValue } from './json-values.ts';
import { HistoryReader } from './history-reader.ts';
import { MergedValues } from './merged-values.ts';
import { readRecord, type WandbRecord } from './records.ts';
import type { ArtifactRecord, RunRecord, RunText } from './run-records.ts';
import type { SeriesOutput } from './series-output.ts';
import type { CodeArtifact, TrackedEnvironment } from './tracked-run.ts';
import type { RecordTaker } from './wandb-file.ts';

/** Puts a run together from the records of its `.wandb` file. */
export class RunBuilder implements RecordTaker {
  readonly texts: Partial<Record<RunText, string>> = {};
  tags: string[] = [];
  readonly config = new MergedValues();
  readonly summary = new MergedValues();
  readonly settings = new MergedValues();
  readonly environment: Partial<TrackedEnvironment> = {};
  readonly history = new HistoryReader();
  code: CodeArtifact | null = null;
  fromJob: string | null = null;
  startedAt: number | null = null;
  lastSeenAt: number | null = null;
  exit: { code: number; runtimeSeconds: number } | null = null;
  /** Whether there is any text of the console. */
  hasConsole = false;
  /** Records that are none. */
  unreadable = 0;
  readonly #output: SeriesOutput;

  constructor(output: SeriesOutput) {
    this.#output = output;
  }

  record(bytes: Buffer): void {
    try {
      const record = readRecord(bytes);
      if (record) this.#take(record, bytes.length);
    } catch {
      this.unreadable++;
    }
  }

  flush(): Promise<void> {
    return this.#output.flush();
  }

  #take(record: WandbRecord, size: number): void {
    switch (record.kind) {
      case 'history':
        return this.#takeHistory(record.items, record.step, size);
      case 'summary':
      case 'config':
        this[record.kind].update(record.update);
        return this[record.kind].remove(record.remove);
      case 'output':
        this.#seen(record.time);
        this.hasConsole = true;
        if (record.bytes.length > 0) this.#output.console(pieceOf(record), size);
        return;
      case 'stats':
        this.#seen(record.time);
        return this.#output.system(this.history.sample(record.items, record.time), size);
      case 'exit':
        this.exit = record;
        return;
      case 'usedArtifact':
        if (record.type === 'job') this.fromJob = record.name || 'a job';
        return;
      case 'run':
        return this.#takeRun(record);
      case 'environment':
        Object.assign(this.environment, record.found);
        return;
      case 'artifact':
        return this.#takeArtifact(record);
    }
  }

  #takeHistory(items: Parameters<HistoryReader['row']>[0], step: number | null, size: number) {
    const row = this.history.row(items, step);
    this.#seen(row.time);
    this.#output.history(row, size);
  }

  /** A run is recorded again when something of it changed: what is empty was not known then. */
  #takeRun(run: RunRecord): void {
    for (const [name, text] of Object.entries(run.texts)) {
      if (text !== '') this.texts[name as RunText] = text;
    }
    if (run.tags.length > 0) this.tags = run.tags;
    this.config.update(run.config);
    this.summary.update(run.summary);
    this.settings.update(run.settings);
    this.startedAt = run.startedAt ?? this.startedAt;
    if (run.git.remote !== null) this.environment.git ??= run.git;
  }

  #takeArtifact({ type, name, digest, aliases, entries }: ArtifactRecord): void {
    if (type === 'code') this.code = { name, digest, aliases, entries };
  }

  #seen(time: number | null): void {
    if (time !== null && time > (this.lastSeenAt ?? -Infinity)) this.lastSeenAt = time;
  }

  /** A setting of the run that is a text. */
  finishSettings(): { jobName: string | null; jobSource: string | null } {
    const { values } = this.settings.finish();
    return { jobName: textValue(values['job_name']), jobSource: textValue(values['job_source']) };
  }
}

const pieceOf = ({ stream, time, bytes }: Extract<WandbRecord, { kind: 'output' }>) => ({
  stream,
  time,
  bytes,
});
