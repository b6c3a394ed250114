import * as z from 'zod/mini';
import { decodeTrace, type Vertex } from './buildkit-trace.ts';
import {
  friendlyStepName,
  type BuildFailure,
  type ProgressReader,
  type StepEvent,
} from './step-events.ts';

const traceSchema = z.object({ id: z.literal('moby.buildkit.trace'), aux: z.base64() });
const imageSchema = z.object({
  id: z.literal('moby.image.id'),
  aux: z.object({ ID: z.string() }),
});
const errorSchema = z.object({ error: z.string() });

/** `[stage-0 4/7] RUN x` is the instruction `RUN x`; other vertexes have none. */
const instructionOf = (name: string): string | null =>
  /^\[(?:[^\]]* )?\d+\/\d+\] (.*)$/s.exec(name)?.[1] ?? null;

/** What a person calls the builder's own steps. */
function internalStepName(name: string): string {
  if (name === '[internal] load remote build context') return 'Send the build context';
  if (name === 'copy /context /') return 'Unpack the build context';
  return name.replace(/^\[internal\] load metadata for /, 'Look up ');
}

/** Reads what `POST /build?version=2` answers. */
export class BuildkitProgress implements ProgressReader {
  imageId: string | null = null;
  failure: BuildFailure | null = null;
  readonly #begun = new Set<string>();
  #failed: Vertex | null = null;

  read(record: unknown): StepEvent[] {
    const trace = z.safeParse(traceSchema, record);
    if (trace.success) return this.#trace(Buffer.from(trace.data.aux, 'base64'));
    const image = z.safeParse(imageSchema, record);
    if (image.success) this.imageId = image.data.aux.ID;
    const error = z.safeParse(errorSchema, record);
    if (error.success) this.failure = this.#describe(error.data.error);
    return [];
  }

  #trace(bytes: Uint8Array): StepEvent[] {
    const { vertexes, logs } = decodeTrace(bytes);
    return [
      ...vertexes.flatMap((vertex) => this.#vertex(vertex)),
      ...logs.map((log): StepEvent => ({ type: 'output', key: log.vertex, bytes: log.bytes })),
      ...vertexes.flatMap((vertex) => this.#end(vertex)),
    ];
  }

  #vertex(vertex: Vertex): StepEvent[] {
    if (vertex.error) this.#failed ??= vertex;
    if (this.#begun.has(vertex.digest) || !(vertex.started || vertex.cached)) return [];
    this.#begun.add(vertex.digest);
    const instruction = instructionOf(vertex.name);
    const name = instruction ? friendlyStepName(instruction) : internalStepName(vertex.name);
    const begin: StepEvent = { type: 'begin', key: vertex.digest, name };
    if (!instruction || name === instruction) return [begin];
    // A step with a friendly name still shows what it runs, as its first line.
    return [begin, { type: 'output', key: vertex.digest, bytes: Buffer.from(`${instruction}\n`) }];
  }

  #end(vertex: Vertex): StepEvent[] {
    if (!vertex.completed && !vertex.cached) return [];
    const state = vertex.error ? 'failed' : vertex.cached ? 'cached' : 'done';
    return [{ type: 'end', key: vertex.digest, state }];
  }

  #describe(message: string): BuildFailure {
    const code = /exit code: (\d+)/.exec(message)?.[1];
    return {
      instruction: this.#failed ? instructionOf(this.#failed.name) : null,
      exitCode: code === undefined ? null : Number(code),
      message,
    };
  }
}
