import * as z from 'zod/mini';

const recordSchema = z.object({
  status: z.optional(z.string()),
  id: z.optional(z.string()),
  error: z.optional(z.string()),
  progressDetail: z.optional(
    z.object({ current: z.optional(z.number()), total: z.optional(z.number()) }),
  ),
});

/** Turns the records of a pull into lines: one when a layer changes its state, none per byte. */
export class PullProgress {
  /** The registry's or engine's own words when the pull failed. */
  error: string | null = null;
  readonly #layers = new Map<string, string>();

  /** The line to show for a record, or null when it tells nothing new. */
  read(record: unknown): string | null {
    const parsed = z.safeParse(recordSchema, record);
    if (!parsed.success) return null;
    const { status, id, error } = parsed.data;
    if (error !== undefined) this.error = error;
    if (status === undefined) return null;
    if (id === undefined) return `${status}\n`;
    if (this.#layers.get(id) === status) return null;
    this.#layers.set(id, status);
    return `${id}: ${status}\n`;
  }
}
