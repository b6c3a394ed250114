import fc from 'fast-check';
import type { Json, JsonValues } from '../../../shared/domain/json.ts';

const key = fc.oneof(
  fc.constantFrom('lr', 'model', 'a.b', 'on', '1', 'x y', 'constructor', 'naïve', '#', "it's"),
  fc.string({ maxLength: 8 }).filter((text) => text !== '__proto__' && text.isWellFormed()),
);

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((each) => each.isWellFormed()),
  fc.constantFrom(
    'yes',
    'no',
    '012',
    '1e3',
    '1:30',
    '# x',
    ' a ',
    'a\nb',
    '"',
    "'",
    '\\',
    '~',
    '-',
    '2020-01-01',
    'null',
    '{a}',
    'a: b',
    '<<',
    '=',
    '.5',
  ),
);

const number = fc.oneof(
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => value + 0)
    // Documents with such whole numbers are refused before they get here.
    .filter((value) => Number.isSafeInteger(value) || !/^-?\d+$/.test(String(value))),
);

/** Values of config files, with what readers trip over. `null` is left out where a format has none. */
export const config = (withNull: boolean): fc.Arbitrary<JsonValues> => {
  const scalar = withNull
    ? fc.oneof(text, number, fc.boolean(), fc.constant(null))
    : fc.oneof(text, number, fc.boolean());
  const { values } = fc.letrec<{ values: JsonValues; value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      fc.array(tie('values'), { maxLength: 2 }),
      tie('values'),
    ),
    values: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  }));
  return values;
};
