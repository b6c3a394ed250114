import { afterEach, beforeEach } from 'vitest';
import type { CreateRequest, Engine, EngineFact } from '../engine.ts';
import {
  engineOn,
  MemorySink,
  never,
  noHooks,
  requestFor,
  temporaryFolder,
  until,
} from './test-kit.ts';

/** An engine in a folder of its own, for each test of a file. */
export class ProcessBench {
  folder = '';
  engine!: Engine;

  constructor(files: Record<string, string>) {
    let place: Awaited<ReturnType<typeof temporaryFolder>>;
    beforeEach(async () => {
      place = await temporaryFolder();
      this.folder = place.folder;
      this.engine = engineOn(place.folder, files);
    });
    afterEach(async () => {
      for (const fact of await this.engine.list(never)) await this.engine.remove(fact.ref, never);
      await place.remove();
    });
  }

  async runToEnd(
    id: string,
    argv: string[],
    given: Partial<CreateRequest> = {},
    masks: readonly Buffer[] = [],
  ): Promise<{ sink: MemorySink; fact: EngineFact | null; ref: string }> {
    const sink = new MemorySink(masks);
    const ref = await this.engine.create({ ...requestFor(id, argv), ...given }, never);
    await this.engine.follow(ref, sink, noHooks, never);
    return { sink, fact: await this.engine.inspect(ref, never), ref };
  }

  /** Follows in the background and waits for the first output. */
  async startAndWait(id: string, argv: string[], given: Partial<CreateRequest> = {}) {
    const sink = new MemorySink();
    const ref = await this.engine.create({ ...requestFor(id, argv), ...given }, never);
    const followed = this.engine.follow(ref, sink, noHooks, never);
    await until(() => sink.stdout.length > 0);
    return { sink, ref, followed };
  }
}
