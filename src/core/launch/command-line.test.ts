import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputField } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { commandLine } from './command-line.ts';
import { Findings } from '../delivery/findings.ts';
import { argument } from './testing/fields.ts';

interface Case {
  entry?: string;
  fields: InputField[];
  values: Record<string, Json>;
  args?: string[];
}

function plan({ entry = 'python train.py', fields, values, args = [] }: Case) {
  const findings = new Findings();
  const entryPoint = entry.split(' ').filter(Boolean);
  const parts = { entryPoint, fields, values: new Map(Object.entries(values)), args };
  return { words: commandLine(parts, findings), problems: findings.problems };
}

const lr = argument('lr', 'space');
const eq = argument('lr', 'equals');
const many = argument('x', 'space', { multiple: 'words' });
const repeat = argument('x', 'space', { multiple: 'repeat' });
const verbose = argument('v', 'flag', { flag: '-v', multiple: 'repeat' });
const fast = argument('fast', 'flag', { field: { default: false, hasDefault: true } });
const cuda = argument('cuda', 'flag', {
  flag: '--no-cuda',
  field: { default: true, hasDefault: true },
});
const neg = argument('fast', 'negatable-flag', { negative: '--no-fast' });
const data = argument('data', 'positional');
const out = argument('out', 'positional');
const rest = argument('rest', 'positional', { multiple: 'words' });
const width = argument('model.width', 'hydra');
const sacred = argument('lr', 'sacred');

const train = { field: { command: 'train' } };
const global = argument('seed', 'space');
const inTrain = argument('lr', 'space', train);
const inEval = argument('split', 'space', { field: { command: 'eval' } });
const nested = argument('name', 'space', { field: { command: 'users create' } });
const users = argument('org', 'space', { field: { command: 'users' } });

const START = ['python', 'train.py'];

describe('one value', () => {
  test.each<[string, InputField, Json, string[]]>([
    ['apart', lr, 0.1, ['--lr', '0.1']],
    ['with =', eq, 0.1, ['--lr=0.1']],
    ['negative', lr, -1, ['--lr=-1']],
    ['negative, short flag', argument('n', 'space', { flag: '-n' }), -1, ['-n-1']],
    ['negative, long flag with one dash', argument('lr', 'space', { flag: '-lr' }), -1, ['-lr=-1']],
    ['text that looks like a flag', lr, '--evil', ['--lr=--evil']],
    ['without exponent', lr, 1e-7, ['--lr', '0.0000001']],
    ['a large number', lr, 1e21, ['--lr', '1000000000000000000000']],
    ['null', lr, null, []],
    ['empty text', lr, '', ['--lr', '']],
    [
      'what a shell would read',
      lr,
      '$(id); `x` "y" \'z\'\n$HOME',
      ['--lr', '$(id); `x` "y" \'z\'\n$HOME'],
    ],
    ['a truth value', lr, true, ['--lr', 'True']],
    ['an object', lr, { a: [1, null] }, ['--lr', '{"a":[1,null]}']],
    ['several words', many, [1, -2, 3], ['--x', '1', '-2', '3']],
    ['one word that looks like a flag', many, ['-a'], ['--x=-a']],
    ['a negative number with exponent in several', many, [-1e-7, 2], ['--x', '-0.0000001', '2']],
    ['repeated', repeat, ['a', '-b'], ['--x', 'a', '--x=-b']],
    ['counted', verbose, 3, ['-v', '-v', '-v']],
    ['counted to none', verbose, 0, []],
    ['switched on', fast, true, ['--fast']],
    ['a switch left as it is', fast, false, []],
    ['switched off by a flag', cuda, false, ['--no-cuda']],
    ['a flag that switches off, not needed', cuda, true, []],
    ['on', neg, true, ['--fast']],
    ['off', neg, false, ['--no-fast']],
    ['positional', data, 'a b', ['a b']],
    ['positional with a dash', data, '-x', ['--', '-x']],
    ['positional, several', rest, ['a', 'b'], ['a', 'b']],
    ['hydra', width, 3, ['model.width=3']],
    ['hydra null', width, null, ['model.width=null']],
    ['sacred', sacred, 0.1, ['with', 'lr=0.1']],
    ['a list of absl', argument('x', 'equals', { reader: 'absl' }), ['a', 'b,c'], ['--x=a,"b,c"']],
    ['text for fire', argument('x', 'equals', { reader: 'fire' }), '12', ['--x="12"']],
    ['plain text for fire', argument('x', 'equals', { reader: 'fire' }), 'adam', ['--x=adam']],
    ['nothing for fire', argument('x', 'equals', { reader: 'fire' }), null, []],
  ])('%s', (_name, field, value, words) => {
    const made = plan({ fields: [field], values: { [field.name]: value } });
    expect(made.words).toEqual([...START, ...words]);
    expect(made.problems).toEqual([]);
  });

  test('text that looks like a flag among several has no way to be given', () => {
    const { problems } = plan({ fields: [many], values: { x: ['a', '-b'] } });
    expect(problems).toMatchObject([{ code: 'E_PARAM_VALUE', path: 'values.x' }]);
  });

  test('click takes the words it expects, whatever they look like', () => {
    const pair = argument('x', 'space', { multiple: 'words', reader: 'click' });
    expect(plan({ fields: [pair], values: { x: ['a', '-b'] } }).words).toEqual([
      ...START,
      '--x',
      'a',
      '-b',
    ]);
  });

  test('a count beyond reason is refused', () => {
    const { problems } = plan({ fields: [verbose], values: { v: 1e9 } });
    expect(problems).toMatchObject([{ code: 'E_PARAM_VALUE', path: 'values.v' }]);
  });
});

describe('what the entry point has already', () => {
  test.each<[string, Case, string]>([
    ['is replaced', { entry: 'python train.py --lr 1', fields: [lr], values: { lr: 2 } }, '--lr 2'],
    ['also with =', { entry: 'python train.py --lr=1', fields: [lr], values: { lr: 2 } }, '--lr 2'],
    ['also apart', { entry: 'python train.py --lr 1', fields: [eq], values: { lr: 2 } }, '--lr=2'],
    [
      'stays when nothing is given',
      { entry: 'python train.py --lr 1 -q', fields: [lr], values: {} },
      '--lr 1 -q',
    ],
    [
      'others stay',
      { entry: 'python train.py --a 1 --lr 1 --b', fields: [lr], values: { lr: 2 } },
      '--a 1 --b --lr 2',
    ],
    [
      'several words',
      { entry: 'python train.py --x 1 2 --b', fields: [many], values: { x: [3] } },
      '--b --x 3',
    ],
    [
      'all of repeated ones',
      { entry: 'python train.py --x 1 --x 2', fields: [repeat], values: { x: [3] } },
      '--x 3',
    ],
    ['a switch', { entry: 'python train.py --fast', fields: [fast], values: { fast: false } }, ''],
    [
      'a switch off',
      { entry: 'python train.py --no-fast', fields: [neg], values: { fast: true } },
      '--fast',
    ],
    [
      'a null takes it away',
      { entry: 'python train.py --lr 1', fields: [lr], values: { lr: null } },
      '',
    ],
    [
      'a hydra key',
      {
        entry: 'python train.py +model.width=1 a=2',
        fields: [width],
        values: { 'model.width': 2 },
      },
      'a=2 model.width=2',
    ],
    [
      'sacred, with once',
      {
        entry: 'python train.py with lr=1 b=2',
        fields: [sacred, argument('b', 'sacred')],
        values: { lr: 2 },
      },
      'with b=2 lr=2',
    ],
    [
      'one positional of two',
      { entry: 'python train.py a b', fields: [data, out], values: { data: 'c' } },
      'c b',
    ],
    [
      'the second positional',
      { entry: 'python train.py a b', fields: [data, out], values: { out: 'c' } },
      'a c',
    ],
    [
      'many positionals',
      { entry: 'python train.py a b c', fields: [data, rest], values: { rest: ['x'] } },
      'a x',
    ],
    [
      'flags that launch python are none of the script',
      {
        entry: 'python -u train.py',
        fields: [argument('u', 'flag', { flag: '-u' })],
        values: { u: true },
      },
      '-u',
    ],
  ])('%s', (_name, given, words) => {
    const made = plan(given);
    const all = made.words.slice(made.words.indexOf('train.py') + 1);
    expect(all.join(' ')).toBe(words);
    expect(made.problems).toEqual([]);
  });

  test('a module, a program of the code and an installed one', () => {
    const asked = { fields: [lr], values: { lr: 2 } };
    expect(plan({ entry: 'python -m pkg.train --lr 1', ...asked }).words.join(' ')).toBe(
      'python -m pkg.train --lr 2',
    );
    expect(plan({ entry: './run.sh --lr 1', ...asked }).words.join(' ')).toBe('./run.sh --lr 2');
    expect(plan({ entry: 'train', ...asked }).words.join(' ')).toBe('train --lr 2');
    expect(plan({ entry: 'uv run train.py', ...asked }).words.join(' ')).toBe(
      'uv run train.py --lr 2',
    );
    expect(plan({ entry: '', ...asked }).words.join(' ')).toBe('--lr 2');
  });

  test('a place before a positional that is given needs a value', () => {
    expect(plan({ fields: [data, out], values: { out: 'c' } }).problems).toMatchObject([
      { code: 'E_PARAM_REQUIRED', path: 'values.data' },
    ]);
    const known = argument('data', 'positional', { field: { default: 'd', hasDefault: true } });
    expect(plan({ fields: [known, out], values: { out: 'c' } }).words).toEqual([
      ...START,
      'd',
      'c',
    ]);
  });

  test('words of the launch go behind all others, and before what has to be last', () => {
    const asked = { fields: [lr, data], args: ['--extra'] };
    expect(plan({ ...asked, values: { lr: 1, data: 'd' } }).words.join(' ')).toBe(
      'python train.py d --lr 1 --extra',
    );
    expect(plan({ ...asked, values: { lr: 1, data: '-d' } }).words.join(' ')).toBe(
      'python train.py --lr 1 --extra -- -d',
    );
  });
});

describe('sub-commands', () => {
  const fields = [inTrain, inEval, global, users, nested];

  test.each<[string, string, Record<string, Json>, string]>([
    ['is written before its arguments', 'python cli.py', { lr: 1 }, 'train --lr 1'],
    [
      'what belongs to none before it',
      'python cli.py',
      { lr: 1, seed: 3 },
      '--seed 3 train --lr 1',
    ],
    ['is not written twice', 'python cli.py train', { lr: 1 }, 'train --lr 1'],
    [
      'its arguments are replaced',
      'python cli.py --seed 1 train --lr 2',
      { lr: 1, seed: 2 },
      '--seed 2 train --lr 1',
    ],
    ['one in another', 'python cli.py', { name: 'a', org: 'o' }, 'users --org o create --name a'],
    ['one is given', 'python cli.py users', { name: 'a' }, 'users create --name a'],
  ])('%s', (_name, entry, values, words) => {
    const made = plan({ entry, fields, values });
    expect(made.words.slice(2).join(' ')).toBe(words);
    expect(made.problems).toEqual([]);
  });

  test('two of them cannot be started', () => {
    expect(
      plan({ entry: 'python cli.py', fields, values: { lr: 1, split: 'x' } }).problems,
    ).toMatchObject([{ code: 'E_PARAM_VALUE', path: 'values.split' }]);
    expect(plan({ entry: 'python cli.py eval', fields, values: { lr: 1 } }).problems).toMatchObject(
      [{ code: 'E_PARAM_VALUE', path: 'values.lr' }],
    );
  });
});

describe('properties', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });

  test('a given value is there once, and reads back as it was', () => {
    fc.assert(
      fc.property(text, text, fc.boolean(), (value, old, isApart) => {
        const style = isApart ? 'space' : 'equals';
        const findings = new Findings();
        const words = commandLine(
          {
            entryPoint: ['python', 'train.py', `--lr=${old}`],
            fields: [argument('lr', style)],
            values: new Map([['lr', value]]),
            args: [],
          },
          findings,
        );
        const given = words.slice(2);
        const read = given.length === 2 ? given[1] : given[0]?.slice('--lr='.length);
        expect(read).toBe(value);
        expect(given.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('an entry point stays as it is when no argument is given', () => {
    const word = fc.oneof(text, fc.constantFrom('--lr', '--lr=1', '--x', '--', '-v', '-1', 'a'));
    const fields = [lr, many, verbose, data, width];
    fc.assert(
      fc.property(fc.array(word), (others) => {
        const entryPoint = ['python', 'train.py', ...others];
        const parts = { entryPoint, fields, values: new Map(), args: [] };
        expect(commandLine(parts, new Findings())).toEqual(entryPoint);
      }),
    );
  });
});
