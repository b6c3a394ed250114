import { expect, it } from 'vitest';
import type { Parameter } from '../../shared/domain/detection.ts';
import type { InputField } from '../../shared/domain/inputs.ts';
import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { inputTypes } from '../tracked/value-types.ts';
import { fieldsOfRun } from './from-run.ts';
import { mergeFields } from './merge.ts';
import { readSchema } from './schema/read-schema.ts';
import { testParameter } from './testing.ts';

const config = (...path: string[]): Pick<Parameter, 'target' | 'via'> => ({
  target: { kind: 'config', path },
  via: 'wandb',
});
const file = (path: string, ...key: string[]): Pick<Parameter, 'target' | 'via'> => ({
  target: { kind: 'file', path, key },
  via: 'yaml',
});
const variable = (name: string): Pick<Parameter, 'target'> => ({
  target: { kind: 'environment', variable: name },
});

const merged = (
  code: Parameter[],
  { schema, run }: { schema?: Record<string, Json>; run?: JsonValues } = {},
): Map<string, InputField> => {
  const fields = mergeFields({
    code,
    schema: schema ? readSchema({ properties: schema }).fields : [],
    run: run ? fieldsOfRun(inputTypes(run), run) : [],
  });
  return new Map(fields.map((field) => [field.name, field]));
};

const kinds = (field: InputField | undefined) => ({
  targets: field?.targets.map(({ kind }) => kind),
  origins: field?.origins.map(({ kind }) => kind),
});

it('sends one name that is an argument and a key of wandb.config both ways', () => {
  const fields = merged([
    testParameter('lr', { default: 0.1, hasDefault: true }),
    testParameter('lr', { ...config('lr'), default: 0.2, hasDefault: true, help: 'The rate.' }),
  ]);
  expect([...fields.keys()]).toEqual(['lr']);
  expect(fields.get('lr')).toMatchObject({ default: 0.1, help: 'The rate.' });
  expect(kinds(fields.get('lr'))).toEqual({
    targets: ['argument', 'config'],
    origins: ['code', 'code'],
  });
});

it('calls what only shares a name after where it is', () => {
  const fields = merged([
    testParameter('lr'),
    testParameter('lr', file('config.yaml', 'lr')),
    testParameter('lr', file('other.yaml', 'lr')),
    testParameter('lr', variable('lr')),
    testParameter('lr', { command: 'evaluate' }),
    testParameter('lr', { target: { kind: 'constant', name: 'lr' } }),
  ]);
  expect([...fields.keys()]).toEqual([
    ...['lr', 'config.yaml:lr', 'other.yaml:lr', 'env:lr', 'evaluate:lr'],
  ]);
  expect(fields.get('evaluate:lr')).toMatchObject({ command: 'evaluate' });
});

it('asks for no variable that every run is given', () => {
  const names = ['WANDB_CONFIG', 'WANDB_CONFIG_3', 'WANDB_PROJECT', 'WANDB_API_KEY', 'DATA'];
  const fields = merged(names.map((name) => testParameter(name, variable(name))));
  expect([...fields.keys()]).toEqual(['WANDB_API_KEY', 'DATA']);
  // Said of an argument, it is one.
  expect([...merged([testParameter('WANDB_MODE')]).keys()]).toEqual(['WANDB_MODE']);
});

it('keeps keys of hydra, arguments of sacred and constants as they are', () => {
  const written = (name: string, style: 'hydra' | 'sacred'): Partial<Parameter> => ({
    target: { kind: 'argument', flag: name, negative: null, style, multiple: null },
  });
  const fields = merged([
    testParameter('model.width', written('model.width', 'hydra')),
    testParameter('seed', written('seed', 'sacred')),
    testParameter('SIZE', {
      target: { kind: 'constant', name: 'SIZE' },
      default: 3,
      hasDefault: true,
    }),
  ]);
  expect(fields.get('model.width')).toMatchObject({
    group: ['model'],
    targets: [{ style: 'hydra' }],
  });
  expect(fields.get('seed')).toMatchObject({ targets: [{ style: 'sacred' }] });
  expect(fields.get('SIZE')).toMatchObject({ targets: [], default: 3 });
});

it('hides a secret only where it can be hidden', () => {
  const fields = merged([
    testParameter('API_KEY', {
      ...variable('API_KEY'),
      secret: true,
      default: 'x',
      hasDefault: true,
    }),
    testParameter('api_token', { secret: true }),
  ]);
  expect(fields.get('API_KEY')).toMatchObject({
    ...{ secret: true, default: null, targets: [{ kind: 'secret', variable: 'API_KEY' }] },
  });
  expect(fields.get('api_token')).toMatchObject({ secret: false, targets: [{ kind: 'argument' }] });
});

it('lets the schema say what an input is, and the code where it goes', () => {
  const fields = merged(
    [
      testParameter('epochs', { type: 'integer', default: 3, hasDefault: true }),
      testParameter('lr', { help: 'old', minimum: 0, required: true }),
      testParameter('width', { ...config('model', 'width'), name: 'model.width' }),
      testParameter('batch_size', { type: 'unknown', target: { kind: 'constant', name: 'b' } }),
    ],
    {
      schema: {
        lr: { type: 'number', title: 'Rate', description: 'new', maximum: 1, default: 0.5 },
        model: { type: 'object', properties: { width: { type: 'integer', enum: [8, 16] } } },
        'batch-size': { type: 'integer' },
        extra: { type: 'string' },
      },
    },
  );
  expect([...fields.keys()]).toEqual(['lr', 'model.width', 'batch_size', 'extra', 'epochs']);
  expect(fields.get('lr')).toMatchObject({
    ...{ title: 'Rate', help: 'new', minimum: 0, maximum: 1, default: 0.5, required: false },
  });
  expect(kinds(fields.get('lr'))).toEqual({ targets: ['argument'], origins: ['code', 'schema'] });
  expect(fields.get('model.width')).toMatchObject({
    ...{
      type: 'integer',
      choices: [8, 16],
      targets: [{ kind: 'config', path: ['model', 'width'] }],
    },
  });
  expect(fields.get('batch_size')).toMatchObject({
    targets: [{ kind: 'config', path: ['batch-size'] }],
  });
  expect(kinds(fields.get('extra'))).toEqual({ targets: ['config'], origins: ['schema'] });
});

it('takes secrets of a schema out of sight', () => {
  const fields = merged([testParameter('API_KEY', variable('API_KEY')), testParameter('token')], {
    schema: {
      API_KEY: { type: 'string', format: 'secret' },
      token: { type: 'string', format: 'secret' },
      'hub.key': { type: 'string', format: 'secret', default: 'x' },
    },
  });
  const targets = [...fields.values()].map((field) => [field.secret, field.default, field.targets]);
  expect(targets).toEqual([
    [true, null, [{ kind: 'secret', variable: 'API_KEY' }]],
    [true, null, [{ kind: 'secret', variable: 'TOKEN' }]],
    [true, null, [{ kind: 'secret', variable: 'HUB_KEY' }]],
  ]);
});

it('knows what a run was configured with, the code first', () => {
  const fields = merged(
    [
      testParameter('lr', { default: 0.1, hasDefault: true }),
      testParameter('epochs', { type: 'unknown' }),
      testParameter('model', { ...config('model'), type: 'unknown' }),
    ],
    {
      run: {
        ...{ lr: 0.5, epochs: 4, _wandb: { version: 1 }, tags: ['a'], note: null, empty: {} },
        model: { width: 3, name: 'big' },
      },
    },
  );
  expect(fields.get('lr')).toMatchObject({ default: 0.1 });
  expect(fields.get('epochs')).toMatchObject({ type: 'number', default: 4, hasDefault: true });
  expect(kinds(fields.get('epochs'))).toEqual({ targets: ['argument'], origins: ['code', 'run'] });
  expect(fields.get('tags')).toMatchObject({
    type: 'list',
    items: { type: 'string' },
    default: ['a'],
  });
  expect(fields.get('model.width')).toMatchObject({ group: ['model'], default: 3 });
  expect(fields.has('model')).toBe(false);
  expect([...fields.keys()].some((name) => name.startsWith('_'))).toBe(false);
  expect(fields.get('note')).toMatchObject({ type: 'unknown' });
  expect(fields.get('empty')).toMatchObject({ type: 'object', default: {} });
});

it('is not led astray by damaged types of a run', () => {
  let deep: unknown = { wb_type: 'number' };
  for (let at = 0; at < 1000; at++)
    deep = { wb_type: 'typedDict', params: { type_map: { a: deep } } };
  for (const types of [
    null,
    3,
    'x',
    [],
    { wb_type: 'typedDict' },
    { wb_type: 5, params: 3 },
    deep,
  ]) {
    expect(fieldsOfRun(types, null).length).toBeLessThanOrEqual(1);
  }
  const union = {
    wb_type: 'union',
    params: { allowed_types: [{ wb_type: 'none' }, { wb_type: 'number' }] },
  };
  const types = { wb_type: 'typedDict', params: { type_map: { x: union } } };
  expect(fieldsOfRun(types, { x: null })).toMatchObject([
    { field: { type: 'number', default: null } },
  ]);
});
