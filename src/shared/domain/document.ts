import * as z from 'zod/mini';
import { jsonValuesSchema } from './json.ts';

export const DOCUMENT_FORMATS = ['json', 'yaml', 'toml'] as const;

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export const documentProblemSchema = z.object({
  /** `E_JSON`, `E_JSON_LIMIT` or `E_JSON_ROOT`. */
  code: z.string(),
  message: z.string(),
  next: z.nullable(z.string()),
  /** From 1; null where it is about the whole text. Columns count UTF-16 units, as editors do. */
  line: z.nullable(z.number()),
  column: z.nullable(z.number()),
});

/** Why a text is no document of values. */
export type DocumentProblem = z.infer<typeof documentProblemSchema>;

export const documentAnswerSchema = z.object({
  /** Null when there is a problem. */
  values: z.nullable(jsonValuesSchema),
  /** What a person should know of how it was read. */
  notes: z.array(z.string()),
  problem: z.nullable(documentProblemSchema),
});

/** What a text of values says. */
export type DocumentAnswer = z.infer<typeof documentAnswerSchema>;
