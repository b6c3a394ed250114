import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../../shared/errors.ts';
import { logPaths } from '../log-files.ts';
import { LogReader } from '../log-reader.ts';
import { openView } from '../views/open-view.ts';
import { Alarm } from './alarm.ts';
import { createMatcher } from './matcher.ts';
import type { FromSearcher, SearchData, SearchJob, ToSearcher } from './search-messages.ts';
import { searchView } from './search-view.ts';

/** The entry of a thread that searches logs, one search after the other. */
class SearchWorker {
  readonly #port: MessagePort;
  readonly #folder: string;
  readonly #pulse: SearchData['pulse'];
  #controller = new AbortController();
  #alarm = new Alarm();
  #ended = false;

  constructor(port: MessagePort, { folder, pulse }: SearchData) {
    this.#port = port;
    this.#folder = folder;
    this.#pulse = pulse;
  }

  serve(): void {
    this.#port.on('message', (message: ToSearcher) => this.#receive(message));
  }

  #receive(message: ToSearcher): void {
    if (message.type === 'stop') this.#controller.abort();
    else this.#ended = message.ended;
    if (message.type === 'start') void this.#search(message.job);
    else this.#alarm.ring();
  }

  async #search({ id, choice, search }: SearchJob): Promise<void> {
    this.#controller = new AbortController();
    const alarm = (this.#alarm = new Alarm());
    try {
      const parts = {
        ended: () => this.#ended,
        grown: () => alarm.wait(),
        report: (found: (FromSearcher & { type: 'found' })['found']) =>
          this.#post({ type: 'found', found }),
        beat: () => void Atomics.add(this.#pulse, 0, 1),
      };
      const view = openView(new LogReader(logPaths(this.#folder, id)), choice);
      await searchView(view, createMatcher(search), parts, this.#controller.signal);
    } catch (error) {
      this.#post({ type: 'failed', error: toErrorData(error) });
    }
    this.#post({ type: 'idle' });
  }

  #post(message: FromSearcher): void {
    this.#port.postMessage(message);
  }
}

if (parentPort) new SearchWorker(parentPort, workerData as SearchData).serve();
