import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS, EMPTY_SPEC } from '../../shared/domain/launch-spec.ts';
import { layerOf, originsOfEnvironment, specOf } from './layers.ts';

describe('layers of a launch', () => {
  it('come to nothing when there are none', () => {
    expect(specOf([])).toEqual(EMPTY_SPEC);
  });

  it('later ones win, key by key', () => {
    const spec = specOf([
      { from: 'a', values: { lr: 1, epochs: 2 }, env: { A: '1', B: '1' }, args: ['x'] },
      { from: 'b', values: { lr: 3 }, env: { B: '2' } },
      { from: 'c', args: ['y', 'z'], settings: { cpus: 2 } },
    ]);
    expect(spec).toEqual({
      ...EMPTY_SPEC,
      values: { lr: 3, epochs: 2 },
      env: { A: '1', B: '2' },
      args: ['y', 'z'],
      settings: { ...DEFAULT_RUN_SETTINGS, cpus: 2 },
    });
  });

  it('merge nested config and files, and replace lists', () => {
    const spec = specOf([
      { from: 'a', config: { m: { w: 1, d: [1, 2] } }, files: { 'c.yaml': { a: { b: 1 } } } },
      { from: 'b', config: { m: { d: [3] } }, files: { 'c.yaml': { a: { c: 2 } } } },
    ]);
    expect(spec.config).toEqual({ m: { w: 1, d: [3] } });
    expect(spec.files).toEqual({ 'c.yaml': { a: { b: 1, c: 2 } } });
  });

  it('keep names such as __proto__ as data', () => {
    const config = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as Record<string, never>;
    const merged = specOf([
      { from: 'a', config },
      { from: 'b', config: { x: 1 } },
    ]).config;
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"a":1},"constructor":2,"x":1}');
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('a variable is a secret or plain, as the last layer says', () => {
    const secret = { variable: 'KEY', secret: 'KEY' };
    const plain = { from: 'plain', env: { KEY: 'x' } };
    const kept = { from: 'kept', secrets: [secret] };
    expect(specOf([plain, kept])).toMatchObject({ env: {}, secrets: [secret] });
    expect(specOf([kept, plain])).toMatchObject({ env: { KEY: 'x' }, secrets: [] });
    expect(originsOfEnvironment([plain, kept]).get('KEY')).toBe('kept');
  });

  it('settings of a whole spec that are as by default are not asked for', () => {
    const run = layerOf('run', {
      ...EMPTY_SPEC,
      settings: { ...DEFAULT_RUN_SETTINGS, network: false },
    });
    const spec = specOf([{ from: 'preset', settings: { cpus: 2 }, args: ['a'] }, run]);
    expect(spec.settings).toMatchObject({ cpus: 2, network: false });
    expect(spec.args).toEqual(['a']);
  });
});
