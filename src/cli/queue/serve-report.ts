import type { Changes } from '../../shared/contract/events.ts';
import type { Executor } from '../../shared/domain/queue.ts';
import { isTerminal, type Run } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import { printJsonLine, say, STATE_MARKS } from '../output.ts';
import { reportEnd } from '../report-run.ts';
import { EngineWatch } from './engine-watch.ts';
import { executorText } from '../../shared/executor-text.ts';

/** How often it is looked who executes: that a process died is told by nothing. */
const LOOK_MS = 1000;

/** Tells what a process that executes queues does, as it happens. */
export class ServeReport {
  readonly #core: Core;
  readonly #json: boolean;
  /** What was told of runs. */
  readonly #told = new Map<string, 'start' | 'end'>();
  #executor = '';
  #wasHere = false;

  constructor(core: Core, json: boolean) {
    this.#core = core;
    this.#json = json;
  }

  /** Until what is returned is called, which also ends the report. */
  begin(): () => void {
    const forget = this.#core.feed.on((changes) => this.#tell(changes));
    const timer = setInterval(() => this.#lookWhoExecutes(), LOOK_MS);
    const first = setTimeout(() => this.#lookWhoExecutes(), 0);
    const end = new AbortController();
    void this.#engineWatch().watch(end.signal);
    return () => {
      end.abort();
      forget();
      clearInterval(timer);
      clearTimeout(first);
      this.#event('ended', {}, this.#endText());
    };
  }

  /** Looking for the process engine starts a program, and it goes away for nobody. */
  #engineWatch(): EngineWatch {
    const { chooser, activity } = this.#core;
    return new EngineWatch({
      status: (signal) => chooser.status('docker', signal),
      needed: () => activity.needing('docker', Date.now()),
      tell: (engine, text) => this.#event('engine', { engine }, text),
    });
  }

  #tell({ runs, queues }: Changes): void {
    if (queues.length > 0) this.#lookWhoExecutes();
    for (const run of runs) {
      if (this.#core.repos.runs.executorOf(run.id) === this.#core.executorId) this.#tellRun(run);
    }
  }

  #tellRun(run: Run): void {
    // One that was over before it was looked at is told both ways.
    if (!this.#told.has(run.id)) this.#tellStart(run);
    if (!isTerminal(run.state) || this.#told.get(run.id) === 'end') return;
    this.#told.set(run.id, 'end');
    if (this.#json) printJsonLine({ event: 'run-ended', run });
    else reportEnd(run);
  }

  #tellStart(run: Run): void {
    this.#told.set(run.id, 'start');
    const queue = run.queue ? ` from the queue "${run.queue.name}"` : '';
    this.#event('run-started', { run }, `${STATE_MARKS.running} ${run.name} (${run.id})${queue}`);
  }

  #lookWhoExecutes(): void {
    const executor = this.#core.executor();
    const found = JSON.stringify(executor);
    if (found === this.#executor) return;
    this.#executor = found;
    this.#wasHere ||= executor.here;
    this.#event('executor', { executor }, textOf(executor));
  }

  /** One that only waited for its turn has ended nothing. */
  #endText(): string {
    if (this.#wasHere) return 'no queue is executed here any more';
    const executor = this.#core.executor();
    const others = executor.kind === null ? 'nothing executes them' : executedBy(executor);
    return `no queue was executed here; ${others}`;
  }

  #event(event: string, more: Record<string, unknown>, text: string): void {
    if (this.#json) printJsonLine({ event, ...more });
    else say(text);
  }
}

function textOf(executor: Executor): string {
  if (executor.here) return 'executing queues; Ctrl-C ends this, and runs go on';
  if (executor.kind === null) return 'nothing executes queues; taking over';
  return `${executedBy(executor)}; taking over when that ends`;
}

const executedBy = (executor: Executor): string =>
  `queues are executed by ${executorText(executor)}`;
