import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { ControlProps, InputHandle } from './controls/use-input.ts';
import { box, open } from './testing/open-form.tsx';
import { makeField } from '../../testing/fake-inputs.ts';

type UseInput = (field: ControlProps['field']) => InputHandle;

/** Names of the inputs that were drawn, each time that they were. */
const drawn: string[] = [];

vi.mock('./controls/use-input.ts', async (original) => {
  const real = await original<{ useInput: UseInput }>();
  const useInput: UseInput = (field) => {
    drawn.push(field.name);
    return real.useInput(field);
  };
  return { ...real, useInput };
});

const FIELDS = Array.from({ length: 40 }, (_, at) =>
  makeField({ name: `lr${at}`, type: 'number', group: at % 2 ? ['odd'] : [] }),
);

it('draws the one input that is typed in, and the command', async () => {
  const { last } = await open({}, FIELDS);
  await screen.findByRole('textbox', { name: 'lr39' });
  await userEvent.click(box('lr3'));
  drawn.length = 0;
  await userEvent.keyboard('0.25');
  expect(drawn.length).toBeGreaterThan(0);
  expect(new Set(drawn)).toEqual(new Set(['lr3']));
  expect(await screen.findByText(/--param lr3=0\.25$/)).toBeVisible();
  // The answer of main draws no input again that nothing is wrong with.
  await waitFor(() =>
    expect(last('planLaunch')).toMatchObject({ spec: { values: { lr3: 0.25 } } }),
  );
  await screen.findByText(/--lr3 0\.25$/);
  expect(new Set(drawn)).toEqual(new Set(['lr3']));
});

it('draws the input that something is wrong with now, and no other', async () => {
  await open({}, [...FIELDS, makeField({ name: 'lr', type: 'number' })]);
  await userEvent.click(await screen.findByRole('textbox', { name: 'lr' }));
  drawn.length = 0;
  await userEvent.keyboard('x');
  await screen.findByText('lr: "x" is no number.', { selector: '[role=alert]' });
  expect(new Set(drawn)).toEqual(new Set(['lr']));
});
