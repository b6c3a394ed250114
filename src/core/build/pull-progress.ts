import * as z from 'zod/mini';

const recordSchema = z.object({
  status: z.optional(z.string()),
  id: z.optional(z.string()),
  error: z.optional(z.string()),
  progressDetail: z.optional(
    z.object({ current: z.optional(z.number()), total: z.optional(z.number()) }),
  ),
});

interface Layer {
  status: string;
  done: number;
  /** Null until the registry has told its size. */
  total: number | null;
}

/** Of a layer that is here before the image is complete, no more bytes come. */
const HERE = new Set(['Verifying Checksum', 'Download complete', 'Extracting', 'Pull complete']);

/** Turns the records of a pull into lines (one when a layer changes its state) and into a count of bytes. */
export class PullProgress {
  /** The registry's or engine's own words when the pull failed. */
  error: string | null = null;
  /** The digest that was pulled, once the engine has told it. */
  digest: string | null = null;
  readonly #layers = new Map<string, Layer>();

  /** The line to show for a record, or null when it tells nothing new. */
  read(record: unknown): string | null {
    const parsed = z.safeParse(recordSchema, record);
    if (!parsed.success) return null;
    const { status, id, error, progressDetail } = parsed.data;
    if (error !== undefined) this.error = error;
    if (status === undefined) return null;
    this.digest = /^Digest: (sha256:[0-9a-f]{64})$/.exec(status)?.[1] ?? this.digest;
    if (id === undefined) return `${status}\n`;
    return this.#layer(id, status, progressDetail ?? {}) ? `${id}: ${status}\n` : null;
  }

  /** Bytes of all layers that had to be fetched; `total` is null while that of one is not known, or none. */
  get bytes(): { done: number; total: number | null } {
    let done = 0;
    let total: number | null = this.#layers.size > 0 ? 0 : null;
    for (const layer of this.#layers.values()) {
      done += layer.done;
      total = total === null || layer.total === null ? null : total + layer.total;
    }
    return { done, total };
  }

  /** How many layers are complete, and how many there are; those that were here before do not count. */
  get layers(): { done: number; all: number } {
    const all = [...this.#layers.values()];
    return { done: all.filter(({ status }) => status === 'Pull complete').length, all: all.length };
  }

  /** Returns whether its state is another now. */
  #layer(id: string, status: string, { current = 0, total = 0 }: Counts): boolean {
    const layer = this.#layers.get(id);
    if (status === 'Pulling fs layer') this.#layers.set(id, { status, done: 0, total: null });
    if (!layer) return true;
    if (status === 'Downloading' && total > 0) {
      layer.total = total;
      layer.done = Math.min(Math.max(current, 0), total);
    }
    if (HERE.has(status)) layer.done = layer.total ??= 0;
    const changed = layer.status !== status;
    layer.status = status;
    return changed;
  }
}

interface Counts {
  current?: number | undefined;
  total?: number | undefined;
}
