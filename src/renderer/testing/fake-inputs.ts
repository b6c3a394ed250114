import type { InputField } from '../../shared/domain/inputs.ts';
import type { Handlers } from './handlers.ts';

const PLAIN = {
  title: null,
  help: null,
  placeholder: null,
  items: null,
  default: null,
  hasDefault: false,
  required: false,
  choices: null,
  minimum: null,
  maximum: null,
  exclusiveMinimum: null,
  exclusiveMaximum: null,
  step: null,
  minItems: null,
  maxItems: null,
  uniqueItems: false,
  format: null,
  secret: false,
  origins: [],
  group: [],
  command: null,
} satisfies Partial<InputField>;

/** An input that is set by `--name value`, with what the test says of it. */
export const makeField = (
  change: Partial<InputField> & Pick<InputField, 'name' | 'type'>,
): InputField => ({
  ...PLAIN,
  targets: [
    {
      kind: 'argument',
      flag: `--${change.name}`,
      negative: null,
      style: 'space',
      multiple: null,
    },
  ],
  ...change,
});

/** Answers about the inputs of versions and what a launch would do. */
export const inputHandlers = (): Pick<Handlers, 'versionInputs' | 'planLaunch' | 'runSpec'> => ({
  versionInputs: () => ({
    fields: [
      makeField({
        ...{ name: 'lr', type: 'number', default: 0.001, hasDefault: true, minimum: 0 },
        origins: [{ kind: 'code', text: 'argparse', evidence: { file: 'train.py', line: 8 } }],
      }),
      makeField({ name: 'epochs', type: 'integer', default: 20, hasDefault: true }),
    ],
    presets: [],
    notes: [],
  }),
  planLaunch: ({ spec }) => ({
    delivery: {
      argv: ['python', 'train.py', ...spec.args],
      env: spec.env,
      secrets: spec.secrets,
      files: [],
      config: spec.config,
    },
    engine: 'docker',
    environment: 'an image built for this version',
    settings: [],
    notes: [],
    problems: [],
  }),
  runSpec: () => null,
});
