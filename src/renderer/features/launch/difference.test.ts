import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RUN_SETTINGS,
  EMPTY_SPEC,
  type LaunchSpec,
} from '../../../shared/domain/launch-spec.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import { differences } from './difference.ts';

const launched = (spec: Partial<LaunchSpec>, more = {}) => ({
  ...{ version: 'v1', entryPoint: 'python a.py', engine: null },
  ...more,
  spec: { ...EMPTY_SPEC, ...spec },
});
const fields = [makeField({ name: 'lr', type: 'number', default: 0.1, hasDefault: true })];

describe('differences', () => {
  it('says nothing of two launches that come to the same', () => {
    expect(differences(launched({ values: { lr: 0.1 } }), launched({}), fields)).toEqual([]);
  });

  it.each<[Partial<LaunchSpec>, Partial<LaunchSpec>, unknown]>([
    [{}, { values: { lr: 0.2 } }, { what: 'lr', before: 0.1, after: 0.2 }],
    [{ values: { x: 1 } }, {}, { what: 'x', before: 1, after: undefined }],
    [
      { config: { a: { b: 1 } } },
      { config: { a: { b: 2 } } },
      { what: 'config.a.b', before: 1, after: 2 },
    ],
    [{}, { files: { 'c.yaml': { k: 1 } } }, { what: 'c.yaml: k', before: undefined, after: 1 }],
    [{ env: { A: '1' } }, { env: { A: '2' } }, { what: '$A', before: '1', after: '2' }],
    [{}, { args: ['-v'] }, { what: 'More arguments', before: undefined, after: ['-v'] }],
    [
      {},
      { settings: { ...DEFAULT_RUN_SETTINGS, network: false } },
      { what: 'Network', before: 'on', after: 'off: the program reaches nothing but itself' },
    ],
    [
      { settings: { ...DEFAULT_RUN_SETTINGS, memoryBytes: 2 ** 29 } },
      { settings: { ...DEFAULT_RUN_SETTINGS, memoryBytes: 2 ** 30 } },
      { what: 'Memory', before: '512 MiB', after: '1 GiB' },
    ],
    [
      {},
      { settings: { ...DEFAULT_RUN_SETTINGS, outputs: ['a', 'b'] } },
      { what: 'Outputs', before: undefined, after: 'a; b' },
    ],
    [{ values: { Memory: 1 } }, { values: { Memory: 2 } }, { what: 'Memory', before: 1, after: 2 }],
  ])('case %#', (before, after, change) =>
    expect(differences(launched(before), launched(after), fields)).toEqual([change]),
  );

  it('names the version and the entry point', () => {
    const after = launched({}, { version: 'v2', entryPoint: 'python b.py' });
    expect(differences(launched({}), after, fields).map(({ what }) => what)).toEqual([
      'Version',
      'Entry point',
    ]);
  });
});
