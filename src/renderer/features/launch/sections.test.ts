import { describe, expect, it } from 'vitest';
import type { InputField } from '../../../shared/domain/inputs.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import { commandsOf, sectionsOf, shownFields } from './sections.ts';

const argument = (name: string, more: Partial<InputField> = {}): InputField =>
  makeField({ name, type: 'string', ...more });
const config = (name: string, group: string[]): InputField =>
  argument(name, { group, targets: [{ kind: 'config', path: name.split('.') }] });

describe('sectionsOf', () => {
  it('puts inputs by where they go, the seldom ones folded behind', () => {
    const sections = sectionsOf([
      argument('HOME_DIR', { targets: [{ kind: 'environment', variable: 'HOME_DIR' }] }),
      argument('fixed', { targets: [] }),
      argument('batch', { targets: [{ kind: 'file', path: 'c.yaml', key: ['batch'] }] }),
      config('model.width', ['model']),
      argument('lr'),
    ]);
    expect(sections.map(({ title, folded }) => [title, folded])).toEqual([
      ['Arguments', false],
      ['wandb.config', false],
      ['c.yaml', true],
      ['Environment variables', true],
      ['Fixed in the code', true],
    ]);
  });

  it('does not fold the only one there is', () => {
    const env = argument('A', { targets: [{ kind: 'environment', variable: 'A' }] });
    expect(sectionsOf([env])[0]).toMatchObject({ title: 'Environment variables', folded: false });
  });

  it('nests groups, in order', () => {
    const [section] = sectionsOf([
      config('model.encoder.depth', ['model', 'encoder']),
      config('model.width', ['model']),
      config('seed', []),
    ]);
    expect(section?.fields.map(({ name }) => name)).toEqual(['seed']);
    expect(section?.groups[0]?.fields.map(({ name }) => name)).toEqual(['model.width']);
    expect(section?.groups[0]?.groups[0]?.fields[0]?.name).toBe('model.encoder.depth');
  });
});

describe('shownFields', () => {
  const fields = [
    argument('seed'),
    argument('lr', { command: 'train', help: 'Peak of the schedule' }),
    argument('split', { command: 'evaluate' }),
  ];
  it.each([
    ['train', '', ['seed', 'lr']],
    ['evaluate', '', ['seed', 'split']],
    ['train', 'peak', ['lr']],
    ['train', 'split', []],
  ])('of %s with %j', (command, filter, names) =>
    expect(shownFields(fields, command, filter).map(({ name }) => name)).toEqual(names),
  );
  it('knows the sub-commands', () => expect(commandsOf(fields)).toEqual(['train', 'evaluate']));
});
