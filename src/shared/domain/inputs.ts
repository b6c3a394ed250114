import * as z from 'zod/mini';
import { evidenceSchema, PARAMETER_TYPES, parameterTargetSchema } from './detection.ts';

/**
 * Where the value of an input goes. Beside what detection finds, a secret: an environment variable
 * whose value comes from the secret store when the run starts, and is in a file of the container alone.
 */
export const inputTargetSchema = z.discriminatedUnion('kind', [
  ...parameterTargetSchema.def.options,
  z.object({ kind: z.literal('secret'), variable: z.string() }),
]);

export type InputTarget = z.infer<typeof inputTargetSchema>;

/** How it is known that there is such an input. */
export const inputOriginSchema = z.object({
  /** Found in the code, said by an attached JSON Schema, or seen in the config of an imported run. */
  kind: z.enum(['code', 'schema', 'run']),
  /** In words: "argparse, train.py line 12". */
  text: z.string(),
  evidence: z.nullable(evidenceSchema),
});

export type InputOrigin = z.infer<typeof inputOriginSchema>;

const limit = z.nullable(z.number());

export const inputFieldSchema = z.object({
  /** Unique in the schema, and what `--param` calls it: `lr`, `model.width`. */
  name: z.string(),
  /** The label when it is not the name. */
  title: z.nullable(z.string()),
  help: z.nullable(z.string()),
  placeholder: z.nullable(z.string()),
  type: z.enum(PARAMETER_TYPES),
  /** What a list holds; null when it is not known. */
  items: z.nullable(
    z.object({ type: z.enum(PARAMETER_TYPES), choices: z.nullable(z.array(z.json())) }),
  ),
  /** Null both for "none" and for "not known"; see `hasDefault`. */
  default: z.json(),
  hasDefault: z.boolean(),
  required: z.boolean(),
  choices: z.nullable(z.array(z.json())),
  minimum: limit,
  maximum: limit,
  exclusiveMinimum: limit,
  exclusiveMaximum: limit,
  /** Values are multiples of it. */
  step: limit,
  minItems: limit,
  maxItems: limit,
  uniqueItems: z.boolean(),
  /** As a JSON Schema says it: `date`, `email`, ... */
  format: z.nullable(z.string()),
  /** Its value is the name of a kept secret, never the secret. */
  secret: z.boolean(),
  /** The value goes to each of them; none for a constant, which is shown and cannot be set. */
  targets: z.array(inputTargetSchema),
  origins: z.array(inputOriginSchema),
  /** The groups it is nested in, outermost first: `['model', 'encoder']`. */
  group: z.array(z.string()),
  /** The sub-command it belongs to, written before its arguments; null when none. */
  command: z.nullable(z.string()),
});

/** One typed input of a job version. */
export type InputField = z.infer<typeof inputFieldSchema>;

export const inputPresetSchema = z.object({
  name: z.string(),
  /** Beside the code (a config file), or saved by the person. */
  kind: z.enum(['file', 'saved']),
  /** The file's path in the code; null for a saved one. */
  path: z.nullable(z.string()),
  keys: z.number(),
});

export type InputPreset = z.infer<typeof inputPresetSchema>;

export const inputSchemaSchema = z.object({
  fields: z.array(inputFieldSchema),
  presets: z.array(inputPresetSchema),
  /** What a person should know of how far this goes. */
  notes: z.array(z.string()),
});

/** Everything that can be asked for when a version is launched. */
export type InputSchema = z.infer<typeof inputSchemaSchema>;
