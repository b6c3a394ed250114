import { describe, expect, it } from 'vitest';
import { EMPTY_SPEC } from '../../../shared/domain/launch-spec.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import { startedCommand, withCommand } from './sub-command.ts';

const COMMANDS = ['train', 'eval', 'users', 'users create'];

describe('an entry point with a sub-command', () => {
  it.each([
    ['python main.py', 'train', 'python main.py train'],
    ['python main.py', null, 'python main.py'],
    ['python main.py train', 'eval', 'python main.py eval'],
    ['python main.py train', 'train', 'python main.py train'],
    ['python main.py train', null, 'python main.py'],
    ['python main.py users create', 'users', 'python main.py users'],
    ['python main.py users', 'users create', 'python main.py users create'],
    ['python train.py', 'train', 'python train.py train'],
    ['python main.py train --lr 1', 'train', 'python main.py train --lr 1'],
  ])('%s with %s is %s', (entryPoint, chosen, expected) =>
    expect(withCommand(entryPoint, COMMANDS, chosen)).toBe(expected),
  );
});

describe('the sub-command of a form', () => {
  const fields = COMMANDS.map((command) =>
    makeField({ name: `of ${command}`, type: 'integer', command }),
  );
  const of = (values: Record<string, 1>, command: string | null = null) => ({
    schema: { fields, presets: [], notes: [] },
    spec: { ...EMPTY_SPEC, values },
    command,
  });
  it.each([
    ['that is chosen', of({ 'of train': 1 }, 'eval'), 'python main.py users', 'eval'],
    ['of what is set', of({ 'of train': 1 }), 'python main.py users', 'train'],
    ['that is started', of({}), 'python main.py users create', 'users create'],
    ['that another version has not', of({}, 'gone'), 'python main.py eval', 'eval'],
    ['is none when nothing says so', of({}), 'python train.py', null],
  ])('%s', (_, state, entryPoint, expected) =>
    expect(startedCommand(state, entryPoint)).toBe(expected),
  );
});
