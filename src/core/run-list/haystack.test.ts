import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Haystack } from './haystack.ts';

it('finds what looking at each text finds', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 5 });
  const wanted = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(text), wanted, (texts, each) => {
      const plain = texts.map((one) => Number(one.includes(each)));
      expect([...new Haystack(texts).having(each)]).toEqual(plain);
    }),
  );
});
