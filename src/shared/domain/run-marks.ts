import * as z from 'zod/mini';

const tag = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));

/** What a person notes about a run; what is left away stays. */
export const runMarksSchema = z.strictObject({
  name: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
  notes: z.optional(z.string().check(z.maxLength(20_000))),
  starred: z.optional(z.boolean()),
  addTags: z.optional(z.array(tag).check(z.maxLength(50))),
  removeTags: z.optional(z.array(tag).check(z.maxLength(50))),
});

export type RunMarks = z.infer<typeof runMarksSchema>;
