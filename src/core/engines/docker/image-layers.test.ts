import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesBeyond, chainOf, layerSizes, type Layered } from './image-layers.ts';

const entry = (createdBy: string, bytes = 0) => ({ createdBy, bytes });

test.each([
  ['what has a size has a layer', [entry('RUN b', 20), entry('RUN a', 10)], 2, [10, 20]],
  ['what only says something has none', [entry('ENV A=1'), entry('RUN a', 10)], 1, [10]],
  ['an empty step has one', [entry('RUN true'), entry('RUN a', 10)], 2, [10, 0]],
  ['WORKDIR may have one', [entry('WORKDIR /a'), entry('RUN a', 10)], 2, [10, 0]],
  ['and may not', [entry('WORKDIR /a'), entry('RUN a', 10)], 1, [10]],
  [
    'in the words of the classic builder',
    [entry('/bin/sh -c #(nop)  CMD ["a"]'), entry('/bin/sh -c #(nop) COPY a b', 5)],
    1,
    [5],
  ],
  ['what does not fit is told', [entry('RUN a', 10)], 2, null],
])('%s', (_, history, count, sizes) => {
  expect(layerSizes(history, count)).toEqual(sizes);
});

test('layers are the same only upon the same', () => {
  const [a, b] = [chainOf(['x', 'y', 'z']), chainOf(['x', 'z'])];
  expect(a[0]).toBe(b[0]);
  expect(a).not.toContain(b[1]);
});

test('removing images from the last on frees what each is said to take', () => {
  const size = (chain: string) => chain.length;
  const image = fc
    .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
    .map((layers): Layered => {
      const chain = chainOf(layers);
      return { chain, sizes: chain.map(size) };
    });
  fc.assert(
    fc.property(
      fc.array(image, { maxLength: 6 }),
      fc.array(image, { maxLength: 3 }),
      (ours, other) => {
        const others = new Set(other.flatMap(({ chain }) => chain));
        const bytes = bytesBeyond(ours, others);
        for (let kept = ours.length; kept >= 0; kept--) {
          const stored = new Set([...others, ...ours.slice(0, kept).flatMap(({ chain }) => chain)]);
          const all = [...stored]
            .filter((each) => !others.has(each))
            .reduce((sum, each) => sum + size(each), 0);
          expect(bytes.slice(0, kept).reduce((sum, each) => sum + each, 0)).toBe(all);
        }
      },
    ),
  );
});
