import * as z from 'zod/mini';

/** A place in the code: a path from its root with `/`, and a line from 1. */
export const evidenceSchema = z.object({ file: z.string(), line: z.number() });

export type Evidence = z.infer<typeof evidenceSchema>;

export const PARAMETER_TYPES = [
  'integer',
  'number',
  'string',
  'boolean',
  'list',
  'object',
  'path',
  'unknown',
] as const;

/**
 * How an argument is written behind the entry point: `--lr 1` (`space`), `--lr=1` (`equals`), `--fast`
 * (`flag`), `--fast` or `--no-fast` (`negatable-flag`), `1` (`positional`), `lr=1` (`hydra`), and
 * `with lr=1`, the word `with` once before all of them (`sacred`).
 */
export const ARGUMENT_STYLES = [
  'space',
  'equals',
  'flag',
  'negatable-flag',
  'positional',
  'hydra',
  'sacred',
] as const;

/** What a parameter is set through. A `constant` is shown, but cannot be set from outside. */
export const parameterTargetSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('argument'),
    /** With its dashes; the key for `hydra` and `sacred`; null for positional ones. */
    flag: z.nullable(z.string()),
    /** What switches it off, for `negatable-flag`: `--no-fast`. */
    negative: z.nullable(z.string()),
    style: z.enum(ARGUMENT_STYLES),
    /**
     * Several values: `words` behind one flag (`--x 1 2`), `repeat` of the flag (`--x 1 --x 2`; for a
     * flag without value, a count), null when there is one value.
     */
    multiple: z.nullable(z.enum(['words', 'repeat'])),
  }),
  z.object({ kind: z.literal('config'), path: z.array(z.string()) }),
  z.object({ kind: z.literal('file'), path: z.string(), key: z.array(z.string()) }),
  z.object({ kind: z.literal('environment'), variable: z.string() }),
  z.object({ kind: z.literal('constant'), name: z.string() }),
]);

export type ParameterTarget = z.infer<typeof parameterTargetSchema>;

export const parameterSchema = z.object({
  /** As the code knows it: `learning_rate`, `model.width`, `DATA_ROOT`. */
  name: z.string(),
  type: z.enum(PARAMETER_TYPES),
  /** Null both for "none" and for "not known without running"; see `hasDefault`. */
  default: z.json(),
  hasDefault: z.boolean(),
  required: z.boolean(),
  choices: z.nullable(z.array(z.json())),
  minimum: z.nullable(z.number()),
  maximum: z.nullable(z.number()),
  help: z.nullable(z.string()),
  /** The name looks like that of a key, a token or a password. */
  secret: z.boolean(),
  target: parameterTargetSchema,
  /** What reads it: `argparse`, `click`, `wandb`, ... */
  via: z.string(),
  evidence: evidenceSchema,
  /** From 0 to 1. */
  confidence: z.number(),
  /** The sub-command it belongs to (`users create`), written before its arguments; null when none. */
  command: z.nullable(z.string()),
});

export type Parameter = z.infer<typeof parameterSchema>;

export const presetSchema = z.object({
  name: z.string(),
  path: z.string(),
  /** How many values it holds, nested ones counted. */
  keys: z.number(),
  evidence: evidenceSchema,
});

export type Preset = z.infer<typeof presetSchema>;

export const outputSchema = z.object({
  kind: z.enum(['folder', 'file', 'metric']),
  /** A path, or a metric's name; `{name}` stands for a parameter's value, `*` for what is not known. */
  name: z.string(),
  evidence: evidenceSchema,
  confidence: z.number(),
});

export type Output = z.infer<typeof outputSchema>;

export const entryPointCandidateSchema = z.object({
  words: z.array(z.string()),
  /** The line it rests on, as text. */
  evidence: z.string(),
  confidence: z.number(),
  /** The file of the evidence, from the root, and its line from 1. */
  file: z.string(),
  line: z.number(),
});

export type EntryPointCandidate = z.infer<typeof entryPointCandidateSchema>;

export const jobFolderSchema = z.object({
  folder: z.string(),
  entryPoints: z.array(entryPointCandidateSchema),
  dockerfile: z.nullable(z.string()),
  evidence: evidenceSchema,
});

/** A sub-folder that is a job of its own: an entry script with its own environment. */
export type JobFolder = z.infer<typeof jobFolderSchema>;

export const detectionSchema = z.object({
  entryPoints: z.array(entryPointCandidateSchema),
  parameters: z.array(parameterSchema),
  /** Other ways to set something of the same name: a key of `wandb.config` beside an argument. */
  others: z.array(parameterSchema),
  presets: z.array(presetSchema),
  outputs: z.array(outputSchema),
  /** What a person should know of how far this goes. */
  notes: z.array(z.string()),
  jobs: z.array(jobFolderSchema),
});

/** What can be told of a folder of code without running any of it. */
export type Detection = z.infer<typeof detectionSchema>;
