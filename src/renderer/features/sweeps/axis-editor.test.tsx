import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as fc from 'fast-check';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { InputField } from '../../../shared/domain/inputs.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import '../../testing/setup.ts';
import { AxisEditor } from './axis-editor.tsx';
import { axisValues, newAxis, readAxis, valueWord, type AxisDraft } from './axis-draft.ts';
import { splitWords } from './split-words.ts';

const lr = makeField({ name: 'lr', type: 'number', default: 0.1, hasDefault: true });
const epochs = makeField({ name: 'epochs', type: 'integer' });
const word = makeField({ name: 'word', type: 'string' });

const listOf = (field: InputField, list: string) =>
  readAxis(field, { ...newAxis(field, undefined), kind: 'list', list });
const numbersOf = (field: InputField, draft: Partial<AxisDraft>) =>
  readAxis(field, { ...newAxis(field, undefined), ...draft });

describe('readAxis', () => {
  it.each([
    [lr, '0.1, 1e-3\n5', [0.1, 0.001, 5]],
    [epochs, '1,2, ,3,', [1, 2, 3]],
    [word, 'adam, "a, b" , [x', ['adam', 'a, b', '[x']],
    [makeField({ name: 'on', type: 'boolean' }), 'true, false', [true, false]],
    [makeField({ name: 'sizes', type: 'list' }), '[1, 2], []', [[1, 2], []]],
    [makeField({ name: 'opt', type: 'object' }), '{"a": [1, 2]}', [{ a: [1, 2] }]],
    [makeField({ name: 'any', type: 'unknown' }), '1, adam, null', [1, 'adam', null]],
  ])('reads a list of %o from %j', (field, text, values) => {
    expect(listOf(field, text)).toEqual({ axis: { kind: 'list', input: field.name, values } });
  });

  it.each([
    [lr, '', /at least one/],
    [lr, '0.1, fast', /fast is no number/],
    [lr, 'Infinity', /no number/],
    [epochs, '1.5', /no whole number/],
    [epochs, '9007199254740993', /too large/],
    [makeField({ name: 'on', type: 'boolean' }), 'yes', /not true or false/],
    [makeField({ name: 'sizes', type: 'list' }), '1', /no list/],
    [makeField({ name: 'opt', type: 'object' }), '[1]', /no object/],
  ])('says what is wrong with %o of %j', (field, text, words) => {
    expect(listOf(field, text)).toEqual({ problem: expect.stringMatching(words) });
  });

  it.each<[Partial<AxisDraft>, RegExp]>([
    [{ kind: 'range', from: '0', to: '1', step: '' }, /^Step is missing$/],
    [{ kind: 'draw', min: 'x', max: '1' }, /^Least: x is no number$/],
    [{ kind: 'range', from: '0', to: '1', step: '0' }, /never reach/],
    [{ kind: 'range', from: '2', to: '1', step: '1' }, /never reach/],
    [{ kind: 'draw', min: '2', max: '1' }, /below the least/],
    [{ kind: 'draw', min: '0', max: '1', scale: 'log' }, /starts above zero/],
  ])('says what is wrong with %o', (draft, words) => {
    expect(numbersOf(lr, draft)).toEqual({ problem: expect.stringMatching(words) });
  });

  it('takes whole numbers alone for an input of whole numbers', () => {
    expect(numbersOf(epochs, { kind: 'range', from: '1', to: '2', step: '0.5' })).toHaveProperty(
      'problem',
    );
    expect(numbersOf(epochs, { kind: 'draw', min: '1', max: '9' })).toHaveProperty(
      'axis.integer',
      true,
    );
  });

  it('steps as decimals do, with the end when a step falls on it', () => {
    const read = numbersOf(lr, { kind: 'range', from: '0.1', to: '0.7', step: '0.2' });
    if (!('axis' in read)) throw new Error('no axis');
    expect(axisValues(read.axis, 9)).toEqual({ first: [0.1, 0.3, 0.5, 0.7], count: 4 });
    const down = numbersOf(lr, { kind: 'range', from: '0.3', to: '0', step: '-0.1' });
    expect('axis' in down && axisValues(down.axis, 9).first).toEqual([0.3, 0.2, 0.1, 0]);
    expect(axisValues(read.axis, 2)).toEqual({ first: [0.1, 0.3], count: 4 });
  });

  it('reads back every text that it wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
        const read = listOf(word, values.map(valueWord).join(', '));
        expect(read).toEqual({ axis: { kind: 'list', input: 'word', values } });
      }),
    );
  });

  it('never ends in an error, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(lr, word, epochs), (text, field) => {
        expect(Object.keys(listOf(field, text))).toHaveLength(1);
        expect(splitWords(text).every((part) => part.trim() === part)).toBe(true);
      }),
    );
  });
});

function Editor({ field, start }: { field: InputField; start: AxisDraft }) {
  const [draft, setDraft] = useState(start);
  return <AxisEditor field={field} draft={draft} onChange={setDraft} onRemove={() => undefined} />;
}

describe('AxisEditor', () => {
  it('starts with the value there is and shows what the typed ones come to', async () => {
    render(<Editor field={lr} start={newAxis(lr, 0.3)} />);
    expect(screen.getByText('0.3')).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: /values with commas/ }), ', 1e-3');
    expect(screen.getByText('0.3, 0.001')).toBeVisible();
    expect(screen.getByText(/^2 values/)).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: /values with commas/ }), ', x');
    expect(screen.getByRole('alert')).toHaveTextContent('x is no number');
  });

  it('offers a range and a draw for numbers', async () => {
    render(<Editor field={lr} start={newAxis(lr, undefined)} />);
    await userEvent.click(screen.getByRole('radio', { name: 'Range' }));
    for (const [name, text] of [
      ['lr, from', '1'],
      ['lr, to', '20'],
      ['lr, step', '2'],
    ] as const) {
      await userEvent.type(screen.getByRole('textbox', { name }), text);
    }
    expect(screen.getByText('1, 3, 5, 7, 9, 11, 13, 15, …')).toBeVisible();
    await userEvent.click(screen.getByRole('radio', { name: 'Draw' }));
    expect(screen.getByRole('radiogroup', { name: 'Scale of lr' })).toBeVisible();
    expect(screen.getByRole('switch', { name: 'Whole numbers' })).not.toBeChecked();
  });

  it('offers choices to pick, and no range for words', async () => {
    const field = makeField({ name: 'opt', type: 'string', choices: ['adam', 'sgd'] });
    render(<Editor field={field} start={newAxis(field, 'adam')} />);
    expect(screen.queryByRole('radio')).toBeNull();
    await userEvent.click(screen.getByRole('checkbox', { name: 'sgd' }));
    expect(screen.getByRole('checkbox', { name: 'sgd' })).not.toBeChecked();
    expect(screen.getByText(/^1 value:/)).toHaveTextContent('adam');
  });
});
