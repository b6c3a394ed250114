import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MiddleCut } from './middle-cut.tsx';

it('leaves a short name as it is', () => {
  const { container } = render(<MiddleCut text="stone-ridge" />);
  expect(container.textContent).toBe('stone-ridge');
});

it.each(['demo-sweep-lr-0.001-seed-12', 'x'.repeat(212), 'an end with  two spaces'])(
  'keeps the end of %s apart, and is one word to screen readers',
  (text) => {
    const { container } = render(<MiddleCut text={text} />);
    expect(container.querySelector('.sr-only')!.textContent).toBe(text);
    const parts = [...container.querySelectorAll('[aria-hidden="true"]')];
    expect(parts.map(({ textContent }) => textContent).join('')).toBe(text);
    expect(text.endsWith(parts.at(-1)!.textContent)).toBe(true);
  },
);
