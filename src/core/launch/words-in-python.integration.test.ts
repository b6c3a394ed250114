import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemPython } from '../delivery/testing/system-python.ts';
import type { InputField } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { commandLine } from './command-line.ts';
import { Findings } from '../delivery/findings.ts';
import { pythonLiteral, pythonWord } from './python-text.ts';
import { argument } from './testing/fields.ts';

/** What a Python program prints as JSON, given words behind its code. */
const python = (code: string, words: readonly string[]): unknown =>
  JSON.parse(execFileSync(systemPython, ['-c', code, ...words], { encoding: 'utf8' }));

const ARGPARSE = `
import argparse, json, sys
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.5)
p.add_argument('--name')
p.add_argument('-n', type=int)
p.add_argument('--layers', type=int, nargs='+')
p.add_argument('--tag', action='append')
p.add_argument('-v', action='count')
p.add_argument('--no-cuda', dest='cuda', action='store_false')
p.add_argument('--fast', action=argparse.BooleanOptionalAction)
p.add_argument('data', nargs='?')
p.add_argument('rest', nargs='*')
print(json.dumps(vars(p.parse_args(sys.argv[1:]))))
`;

const FIELDS = [
  argument('lr', 'space'),
  argument('name', 'space'),
  argument('n', 'space', { flag: '-n' }),
  argument('layers', 'space', { multiple: 'words' }),
  argument('tag', 'space', { multiple: 'repeat' }),
  argument('v', 'flag', { flag: '-v', multiple: 'repeat' }),
  argument('cuda', 'flag', { flag: '--no-cuda', field: { default: true, hasDefault: true } }),
  argument('fast', 'negatable-flag', { negative: '--no-fast' }),
  argument('data', 'positional'),
  argument('rest', 'positional', { multiple: 'words' }),
];

function wordsOf(fields: InputField[], values: Record<string, Json>, entry: string[] = []) {
  const findings = new Findings();
  const parts = { entryPoint: ['p', ...entry], fields, values: new Map(Object.entries(values)) };
  const words = commandLine({ ...parts, args: [] }, findings);
  expect(findings.problems).toEqual([]);
  return words.slice(1);
}

describe('argparse reads the words as the values they were', () => {
  test.each<[Record<string, Json>, string[]]>([
    [{ lr: -1e-7, name: '-x', n: -3, layers: [1, -2, 3] }, []],
    [{ lr: 1e300, name: '--lr', tag: ['-a', '', 'b c'], v: 3 }, []],
    [{ cuda: false, fast: false, data: '-d', rest: ['--x', 'y'] }, []],
    [{ cuda: true, fast: true, data: 'd', rest: ['a', 'b'], layers: [1, 2] }, []],
    [{ name: '$(id); `x` "y" \'z\'\n\\', data: ' ' }, []],
    [{ lr: 2, layers: [7] }, ['--layers', '1', '2', '--lr', '1', 'd']],
    [{ data: 'new' }, ['old', 'r1', 'r2', '--lr', '0.5']],
    [{ fast: true, v: 1 }, ['--no-fast', '-v', '-v', '--lr=3']],
  ])('%j behind %j', (values, entry) => {
    expect(python(ARGPARSE, wordsOf(FIELDS, values, entry))).toMatchObject(values);
  });

  test('any text', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((each) => !each.includes('\0'));
    fc.assert(
      fc.property(text, text, fc.integer(), (name, data, n) => {
        const values = { name, data, n };
        expect(python(ARGPARSE, wordsOf(FIELDS, values))).toMatchObject(values);
      }),
      { numRuns: 6 },
    );
  });
});

test('sub-commands of argparse', () => {
  const code = `
import argparse, json, sys
p = argparse.ArgumentParser()
p.add_argument('--seed', type=int)
s = p.add_subparsers(dest='command')
t = s.add_parser('train')
t.add_argument('--lr', type=float)
t.add_argument('data')
print(json.dumps(vars(p.parse_args(sys.argv[1:]))))
`;
  const of = { field: { command: 'train' } };
  const fields = [
    argument('seed', 'space'),
    argument('lr', 'space', of),
    argument('data', 'positional', of),
  ];
  const values = { seed: -1, lr: -0.5, data: '-d' };
  const wanted = { ...values, command: 'train' };
  expect(python(code, wordsOf(fields, values))).toEqual(wanted);
  expect(python(code, wordsOf(fields, values, ['--seed', '5', 'train', 'x', '--lr', '1']))).toEqual(
    wanted,
  );
});

test('click reads the words as the values they were', () => {
  const code = `
import click, json
@click.command()
@click.option('--lr', type=float)
@click.option('--pair', nargs=2)
@click.option('--tag', multiple=True)
@click.option('-n', type=int)
@click.option('--fast/--slow', default=True)
@click.argument('data')
def main(**given):
    print(json.dumps(given))
main()
`;
  const click = { reader: 'click' };
  const fields = [
    argument('lr', 'space', click),
    argument('pair', 'space', { multiple: 'words', ...click }),
    argument('tag', 'space', { multiple: 'repeat', ...click }),
    argument('n', 'space', { flag: '-n', ...click }),
    argument('fast', 'negatable-flag', { negative: '--slow', ...click }),
    argument('data', 'positional', click),
  ];
  const values = {
    lr: -1e-7,
    pair: ['-a', '--b'],
    tag: ['-x', 'y z'],
    n: -4,
    fast: false,
    data: '-d',
  };
  expect(python(code, wordsOf(fields, values))).toEqual(values);
});

test('literals are what Python makes of them', () => {
  const json = fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as Json);
  const code = `
import ast, json, sys
words = json.loads(sys.stdin.read())
def read(word):
    try:
        return ast.literal_eval(word)
    except (ValueError, SyntaxError):
        return word
print(json.dumps([read(word) for word in words]))
`;
  const values = [
    ...fc.sample(json, 300),
    ...fc.sample(fc.string({ unit: 'grapheme' }), 300),
    ...[
      'True',
      'None',
      '1',
      '1e3',
      '-1',
      '1j',
      '0x1F',
      '...',
      '.5',
      '1_000',
      'nan',
      'a.b',
      'a-b',
      '/tmp/x',
      '~/x',
      "b'x'",
      "r'x'",
      ' x',
      '',
      '()',
    ],
  ];
  for (const write of [pythonLiteral, pythonWord]) {
    const input = JSON.stringify(values.map(write));
    const read = JSON.parse(
      execFileSync(systemPython, ['-W', 'ignore', '-c', code], { input, encoding: 'utf8' }),
    ) as Json[];
    expect(read).toEqual(values);
  }
});
