import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Expression } from '../python/ast.ts';
import { parsePython } from '../python/parse.ts';
import { toJson } from '../reading/plain.ts';
import { evaluatedConstant } from './constant-value.ts';

function expressionOf(text: string): Expression {
  const [statement] = parsePython(`x = ${text}`)?.body ?? [];
  if (statement?.kind !== 'assign' || !statement.value) throw new Error(`no value: ${text}`);
  return statement.value;
}

const valueOf = (text: string): unknown => {
  const value = evaluatedConstant(expressionOf(text));
  return value ? toJson(value) : undefined;
};

it.each([
  ['1', 1],
  ['-1.5', -1.5],
  ['1e-3', 0.001],
  ['1_000_000', 1_000_000],
  ['0x1F', 31],
  ['0b101', 5],
  ['0o17', 15],
  ['.5', 0.5],
  ['5.', 5],
  ['(5., -1.)', [5, -1]],
  ['1.e-3', 0.001],
  ['2.E4', 20_000],
  ['[1., 2.]', [1, 2]],
  ['2. * 3.', 6],
  ['5.*2', 10],
  ['2**10', 1024],
  ['-2**2', -4],
  ['7 // 2', 3],
  ['-7 // 2', -4],
  ['-7 % 3', 2],
  ['1 << 4', 16],
  ['1/4', 0.25],
  ['3 * (1 + 2)', 9],
  ['"a" "b"', 'ab'],
  ["'it\\'s'", "it's"],
  ['r"\\d"', '\\d'],
  ['"\\x41\\u00e9\\n"', 'Aé\n'],
  ['"""a\nb"""', 'a\nb'],
  ['f"plain {{}}"', 'plain {}'],
  ['u"x"', 'x'],
  ['[1, "a", (True, None)]', [1, 'a', [true, null]]],
  ['()', []],
  ['(1,)', [1]],
  ['1, 2', [1, 2]],
  ['not True', false],
  ['[0] * 3', [0, 0, 0]],
])('evaluates %s', (text, value) => {
  expect(valueOf(text)).toEqual(value);
});

it.each(['name', 'f(1)', 'b"x"', '1j', '1e999', '1/0', '[a]', 'f"{x}"', '9**9**9', '"a" - 1'])(
  'leaves %s open',
  (text) => {
    expect(valueOf(text)).toBeUndefined();
  },
);

it('tells whole numbers from others as they are written', () => {
  const isFloat = (text: string) => evaluatedConstant(expressionOf(text));
  expect(isFloat('1.0')).toMatchObject({ value: 1, float: true });
  expect(isFloat('1')).toMatchObject({ value: 1, float: false });
  expect(isFloat('4 / 2')).toMatchObject({ value: 2, float: true });
});

it('gives back any JSON value that Python writes alike', () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      expect(valueOf(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
