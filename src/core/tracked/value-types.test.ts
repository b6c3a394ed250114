import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toValue } from './json-values.ts';
import type { TrackedValues } from './tracked-run.ts';
import { inputTypes, outputTypes } from './value-types.ts';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/jobs', name), 'utf8')) as Record<
    string,
    unknown
  >;

const values = (data: unknown): TrackedValues => toValue(data) as TrackedValues;

/** W&B lists the types of a union in an order that differs from run to run. */
function withOrder(type: unknown): unknown {
  return JSON.parse(
    JSON.stringify(type, (key, value: unknown) =>
      key === 'allowed_types' && Array.isArray(value)
        ? value.map((item) => JSON.stringify(item)).sort()
        : value,
    ),
  );
}

const trainer = {
  flag: true,
  learning_rate: 0.1,
  mixed: ['a', 1],
  names: ['a', 'b'],
  none: null,
  opt: 'adam',
};

describe('types of a run', () => {
  it('describes config and summary as the SDK does for a repository job', () => {
    const job = read('repo-auto.json');
    const config = {
      _wandb: { code_path: 'x' },
      batch_size: 32,
      fail: false,
      learning_rate: 0.01,
      model_name: 'resnet18',
      nested: { dropout: 0.1, layers: [1, 2, 3] },
    };
    const summary = {
      acc: 0.8,
      best: 0.93,
      _wandb: { runtime: 0 },
      _runtime: 0,
      'eval/f1': 0.5,
      _timestamp: 1.79e9,
      _step: 4,
      loss: 0.002,
    };
    expect(inputTypes(values(config))).toEqual(job['input_types']);
    expect(outputTypes(values(summary))).toEqual(job['output_types']);
  });

  it('describes unions, lists and nothing as the SDK does for an image job', () => {
    const job = read('image-auto.json');
    const config = { other: 1, seed: 2, trainer: { ...trainer, private: { k: 1 } } };
    expect(withOrder(inputTypes(values(config)))).toEqual(withOrder(job['input_types']));
    expect(outputTypes(values({ _runtime: 3 }))).toEqual(job['output_types']);
  });

  it('describes managed inputs as the SDK does', () => {
    const artifact = read('managed-inputs.artifact.json') as {
      metadata: { input_types: { '@wandb.config': unknown } };
    };
    expect(withOrder(inputTypes(values({ seed: 2, trainer })))).toEqual(
      withOrder(artifact.metadata.input_types['@wandb.config']),
    );
  });

  it('does not depend on the order of names', () => {
    const [a, b] = [values({ a: 1, b: { c: 1, d: 'x' } }), values({ b: { d: 'y', c: 2 }, a: 3 })];
    expect(JSON.stringify(inputTypes(a))).toBe(JSON.stringify(inputTypes(b)));
  });

  it('describes an empty list, and NaN, and a name that is __proto__', () => {
    const config = values({ list: [], bad: Number.NaN });
    config['__proto__'] = 1;
    const described = inputTypes(config) as { params: { type_map: object } };
    expect(Object.entries(described.params.type_map)).toEqual([
      ['__proto__', { wb_type: 'number' }],
      ['bad', { wb_type: 'number' }],
      ['list', { wb_type: 'list', params: { element_type: { wb_type: 'unknown' }, length: 0 } }],
    ]);
  });
});
