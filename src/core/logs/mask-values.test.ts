import { describe, expect, it } from 'vitest';
import { valueMasker } from './mask-values.ts';

describe('masking values', () => {
  it('takes secrets out of texts and names, however deep', () => {
    const given = { a: ['x hunter2!', 7, null, true], 'hunter2-key': { é: 'aHVudGVyMg==' } };
    expect(valueMasker([Buffer.from('hunter2')]).values(given)).toEqual({
      a: ['x *******!', 7, null, true],
      '*******-key': { é: '************' },
    });
  });

  it('keeps a text that ends like the beginning of a secret, and does not let it run on', () => {
    const { values } = valueMasker([Buffer.from('hunter2')]);
    expect(values(['hunt', 'er2'])).toEqual(['hunt', 'er2']);
  });

  it('takes __proto__ for a name', () => {
    const given = JSON.parse('{"__proto__": "hunter2"}') as object;
    const out = valueMasker([Buffer.from('hunter2')]).values(given);
    expect(JSON.stringify(out)).toBe('{"__proto__":"*******"}');
  });

  it('leaves everything as it is without secrets', () => {
    const given = { a: 'hunter2' };
    expect(valueMasker([]).values(given)).toBe(given);
  });
});
