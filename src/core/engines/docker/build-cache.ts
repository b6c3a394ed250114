import * as z from 'zod/mini';
import type { Connector } from './connector.ts';
import { dial } from './modem.ts';

const usageSchema = z.object({
  BuildCache: z.optional(
    z.nullable(z.array(z.object({ ID: z.string(), InUse: z.boolean(), Shared: z.boolean() }))),
  ),
});
const prunedSchema = z.object({ CachesDeleted: z.optional(z.nullable(z.array(z.string()))) });

/** The engine adds up all volumes for an answer. */
const USAGE_MS = 120_000;
const PRUNE_MS = 120_000;

/**
 * What BuildKit keeps of builds. It holds the layers of the images it built: they are freed only when it lets
 * go of them, too. Its records have no label, but tell whether an image has their layer, and so which of them
 * were about images that are gone now.
 */
export class BuildCache {
  readonly #engine: Connector;

  constructor(engine: Connector) {
    this.#engine = engine;
  }

  /** Records whose layer an image has. */
  async shared(signal: AbortSignal): Promise<Set<string>> {
    const all = await this.#records(signal);
    return new Set(all.filter(({ Shared }) => Shared).map(({ ID }) => ID));
  }

  /** Removes those whose layer an image had, and none has any more. */
  async removeUnshared(before: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    if (before.size === 0) return;
    const all = await this.#records(signal);
    let left = all
      .filter(({ ID, Shared, InUse }) => before.has(ID) && !Shared && !InUse)
      .map(({ ID }) => ID);
    // One that others are built upon goes only after them.
    for (let removed = -1; removed !== 0 && left.length > 0;) {
      const gone = new Set<string>();
      for (const id of left) for (const each of await this.#prune(id, signal)) gone.add(each);
      left = left.filter((id) => !gone.has(id));
      removed = gone.size;
    }
  }

  async #records(signal: AbortSignal) {
    const what = 'Asking Docker what its builds take';
    const answer = await this.#engine.call(what, USAGE_MS, signal, (docker, abortSignal) =>
      dial(docker, 'GET', '/system/df?', { type: 'build-cache' }, 200, abortSignal),
    );
    return this.#engine.check(what, usageSchema, answer).BuildCache ?? [];
  }

  async #prune(id: string, signal: AbortSignal): Promise<string[]> {
    const what = 'Removing what a build left';
    // The engine takes one id for each call, as a pattern.
    const query = { all: true, filters: JSON.stringify({ id: [`^${id}$`] }) };
    const answer = await this.#engine.call(what, PRUNE_MS, signal, (docker, abortSignal) =>
      dial(docker, 'POST', '/build/prune?', { _query: query, _body: {} }, 200, abortSignal),
    );
    return this.#engine.check(what, prunedSchema, answer).CachesDeleted ?? [];
  }
}
