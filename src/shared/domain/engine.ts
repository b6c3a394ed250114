import * as z from 'zod/mini';
import { ENGINE_KINDS } from './run.ts';

export const healthCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['ok', 'warning', 'missing']),
  /** What was found. */
  text: z.string(),
  /** What to do about it, when something is to be done. */
  fix: z.nullable(z.string()),
  /** What Slipway can do about it itself, as a button says it: "Remove 3 leftovers"; null for nothing. */
  mend: z.nullable(z.string()),
});

export type HealthCheck = z.infer<typeof healthCheckSchema>;

export const engineStatusSchema = z.object({
  kind: z.enum(ENGINE_KINDS),
  available: z.boolean(),
  /** "Docker Engine 20.10.24 (API 1.41)", or why it cannot be used. */
  text: z.string(),
  fix: z.nullable(z.string()),
  /** Since when it cannot be used, as the process that asks has seen it: ms since 1970; null while it can. */
  since: z.nullable(z.number()),
});

export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const engineChoiceSchema = z.object({
  kind: z.enum(ENGINE_KINDS),
  /** Why this engine: "Docker answers", "no Docker engine answers at ...", "chosen in the settings". */
  because: z.string(),
  engines: z.array(engineStatusSchema),
});

/** The engine new runs use, and why. */
export type EngineChoice = z.infer<typeof engineChoiceSchema>;

export const doctorReportSchema = z.object({
  choice: engineChoiceSchema,
  checks: z.array(healthCheckSchema),
});

export type DoctorReport = z.infer<typeof doctorReportSchema>;
