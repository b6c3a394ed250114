import { extname } from 'node:path';
import type { DocumentFormat } from '../../shared/domain/document.ts';
import type { FittedSpec } from '../../shared/domain/fitted-spec.ts';
import type { InputPreset, InputSchema } from '../../shared/domain/inputs.ts';
import { EMPTY_SPEC } from '../../shared/domain/launch-spec.ts';
import { AppError } from '../../shared/errors.ts';
import { checkDocument } from './documents/read-document.ts';
import { fitSpec } from './fit-spec.ts';
import { fieldFinder, pathsIn, splitBy } from './values-from-config.ts';

const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.toml': 'toml',
};

/**
 * What a config file beside the code asks for: its keys are matched to the inputs that are read from
 * this very file, to keys of `wandb.config` and to names. What is no input goes to `wandb.config` when
 * the code has one, and is told otherwise.
 * @throws AppError `E_PRESET` for a file that cannot be read
 */
export function presetOfFile(schema: InputSchema, preset: InputPreset, text: string): FittedSpec {
  const path = preset.path ?? preset.name;
  const { values: read, notes, problem } = checkDocument(text, FORMATS[extname(path)] ?? 'yaml');
  if (!read) {
    throw new AppError('E_PRESET', `The preset ${path} cannot be read. ${problem!.message}`, {
      next: problem!.next ?? 'Correct the file and make a new version.',
    });
  }
  const find = fieldFinder(schema, (field) => [
    ...pathsIn(field, 'config'),
    ...field.targets.flatMap((to) => (to.kind === 'file' && to.path === path ? [to.key] : [])),
  ]);
  const { values, config } = splitBy(find, read, () => false);
  const fitted = fitSpec(schema, { ...EMPTY_SPEC, values, config });
  const withRest = hasConfig(schema) ? fitted : withoutRest(fitted, path);
  return { ...withRest, notes: [...notes.map((note) => `${path}: ${note}`), ...withRest.notes] };
}

const hasConfig = ({ fields }: InputSchema): boolean =>
  fields.some(({ targets }) => targets.some(({ kind }) => kind === 'config'));

function withoutRest(fitted: FittedSpec, path: string): FittedSpec {
  const why = `Nothing is known that reads it from ${path}.`;
  const left = Object.entries(fitted.spec.config).map(([name, value]) => ({ name, value, why }));
  return {
    ...fitted,
    spec: { ...fitted.spec, config: {} },
    dropped: [...fitted.dropped, ...left],
  };
}
