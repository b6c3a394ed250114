import * as z from 'zod/mini';
import { launchSpecSchema } from './launch-spec.ts';

export const droppedValueSchema = z.object({
  /** Of the input, as it was called where the value comes from. */
  name: z.string(),
  value: z.json(),
  /** One sentence. */
  why: z.string(),
});

/** A value that a version has no place for. */
export type DroppedValue = z.infer<typeof droppedValueSchema>;

export const fittedSpecSchema = z.object({
  spec: launchSpecSchema,
  /** Values that are not in `spec`, since the version has no such input or takes no such value. */
  dropped: z.array(droppedValueSchema),
  /** What a person should know of the values that are. */
  notes: z.array(z.string()),
});

/** What was asked for elsewhere (a preset, an earlier run, another version), as a version can take it. */
export type FittedSpec = z.infer<typeof fittedSpecSchema>;
