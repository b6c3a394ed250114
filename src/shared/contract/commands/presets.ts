import * as z from 'zod/mini';
import { DOCUMENT_FORMATS, documentAnswerSchema } from '../../domain/document.ts';
import { fittedSpecSchema } from '../../domain/fitted-spec.ts';
import { inputPresetSchema } from '../../domain/inputs.ts';
import { jsonValuesSchema } from '../../domain/json.ts';
import { launchSpecSchema } from '../../domain/launch-spec.ts';
import { id, name, command } from '../command.ts';

/** Values from elsewhere: files, presets, earlier runs, text. */
export const presetsCommands = {
  /** What a preset of a version asks for: `name` as `versionInputs` lists it. */
  presetValues: command(
    z.strictObject({ versionId: id, name, kind: inputPresetSchema.shape.kind }),
    fittedSpecSchema,
  ),
  /** Keeps what a launch is given under a name, in place of what had it; answers all saved ones. */
  savePreset: command(
    z.strictObject({ jobId: id, name, spec: launchSpecSchema }),
    z.array(inputPresetSchema),
  ),
  removePreset: command(z.strictObject({ jobId: id, name }), z.array(inputPresetSchema)),
  /** What an earlier run was given, as far as a version takes it. */
  specFromRun: command(z.strictObject({ runId: id, versionId: id }), fittedSpecSchema),
  /** What was filled in for another version, as far as this one takes it. */
  fitSpec: command(z.strictObject({ versionId: id, spec: launchSpecSchema }), fittedSpecSchema),
  /** Values as text are read, strictly; what is wrong is part of the answer. */
  checkDocument: command(
    z.strictObject({ text: z.string(), format: z.enum(DOCUMENT_FORMATS) }),
    documentAnswerSchema,
  ),
  /** The same values as text, for a person to edit. */
  writeDocument: command(
    z.strictObject({ values: jsonValuesSchema, format: z.enum(['json', 'yaml']) }),
    z.string(),
  ),
} as const;
