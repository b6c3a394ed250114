import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from './parse-pattern.ts';

const read = (pattern: string, line: string) => {
  const found = parsePattern(pattern)(line);
  return (
    found && {
      ...(found.step !== null && { step: found.step }),
      ...Object.fromEntries(found.values),
    }
  );
};

describe('a metric pattern', () => {
  it.each<[string, string, Record<string, number> | null]>([
    ['loss: {loss}', 'epoch 1 loss: 0.25', { loss: 0.25 }],
    ['loss: {loss}', 'loss:0.25', { loss: 0.25 }],
    ['loss: {loss}', 'loss:\t   -1e-3, more', { loss: -0.001 }],
    ['loss: {loss}', 'val_loss: 3 loss: 2', { loss: 2 }],
    ['loss: {loss}', 'val/loss: 3', null],
    ['loss {loss} * acc {acc}', 'loss 1 and then acc 85%', { loss: 1, acc: 85 }],
    ['loss {loss} * acc {acc}', 'acc 85% loss 1', null],
    ['step {step}: {loss}', 'step 12: .5', { step: 12, loss: 0.5 }],
    ['{loss}/{total}', '3/10', { loss: 3, total: 10 }],
    ['{loss}', 'it is NaN', { loss: Number.NaN }],
    ['{loss}', 'it is -inf.', { loss: Number.NEGATIVE_INFINITY }],
    ['{loss}', 'information', null],
    ['{ a name } \\{x\\} \\*', '5 {x} *', { 'a name': 5 }],
    ['[{i}] 10\\*{k}', '[3] 10*4', { i: 3, k: 4 }],
    ['loss {loss}', 'loss 1,234', { loss: 1 }],
    ['loss {__proto__}', 'loss 1', { ['__proto__']: 1 }],
    [
      'key=value',
      'step=3 loss=0.5, acc=1e2 name=bert x==1 train/lr=3e-4',
      { step: 3, loss: 0.5, acc: 100, 'train/lr': 3e-4 },
    ],
    ['key=value', 'no pairs here', null],
    [
      'json',
      ' {"step": 4, "loss": 0.5, "opt": {"lr": 1}, "tag": "x"} ',
      { step: 4, loss: 0.5, 'opt.lr': 1 },
    ],
    ['json', '{"loss": nope}', null],
    ['json', '[1, 2]', null],
  ])('%s in %j', (pattern, line, expected) => expect(read(pattern, line)).toEqual(expected));

  it.each([
    ['loss {loss', 6],
    ['loss {}', 6],
    ['{a}{b}', 4],
    ['{a} {a}', 5],
    ['loss', 1],
    ['step {step}', 1],
    ['x'.repeat(1001), 1001],
  ])('%s is wrong in column %d', (pattern, column) => {
    expect(() => parsePattern(pattern)).toThrow(`(column ${column})`);
  });

  it('finds what was printed with it', () => {
    const any = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    // A minus before zero is not printed.
    const number = any.map((value) => value + 0);
    fc.assert(
      fc.property(number, number, fc.stringMatching(/^[ a-z]*$/), (a, b, noise) => {
        const line = `${noise} a: ${a} ${noise} b=${b}`;
        expect(parsePattern('a: {a} * b={b}')(line)?.values).toEqual([
          ['a', a],
          ['b', b],
        ]);
      }),
    );
  });

  it.each([
    ['{a} {b} {c} {d} x', '1 '.repeat(8192)],
    ['{a}x', '1'.repeat(16_384)],
    ['{a} x', `1${' '.repeat(16_383)}`],
    ['a*a*a*a*a*{n}!', 'a'.repeat(16_384)],
    ['* * * * {a} q', '1. '.repeat(5461)],
    ['key=value', 'a'.repeat(16_384)],
    ['key=value', 'a='.repeat(8192)],
    ['json', `{${'{"a":'.repeat(3000)}}`],
    ['{a}e{b}', '1e'.repeat(8192)],
  ])('is done with a hostile line: %s', (pattern, line) => {
    const reader = parsePattern(pattern);
    // A matcher that tries again and again would not come back from the first.
    for (let i = 0; i < 20; i++) reader(line);
  });
});
