import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import RoomPage from './room-page.tsx';

function open(prepare?: (fake: FakeBridge) => void): FakeBridge {
  const fake = startWorld(emptyWorld(), prepare);
  render(<RoomPage />);
  return fake;
}

it('measures when it is opened, and names what takes room', async () => {
  open();
  const kinds = await screen.findByRole('list', { name: 'By kind' });
  expect(within(kinds).getAllByRole('listitem').length).toBeGreaterThan(5);
  expect(screen.getByRole('region', { name: 'By job' })).toHaveTextContent('train-transformer');
  expect(screen.getByText('no version needs it')).toBeVisible();
});

it('frees what was agreed to, and nothing of what was left out', async () => {
  const fake = open();
  await userEvent.click(await screen.findByRole('button', { name: /^Free .*…$/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Free room on the disk' });
  expect(dialog).toHaveTextContent('Versions, aliases, runs');
  const [, second] = within(dialog).getAllByRole('switch');
  await userEvent.click(second!);
  await userEvent.click(within(dialog).getByRole('button', { name: /^Free/ }));
  expect(await screen.findByText(/^Freed/)).toBeVisible();
  const asked = fake.calls.filter(({ name }) => name === 'cleanUp').map(({ input }) => input);
  expect(asked).toEqual([expect.objectContaining({ kinds: ['images', 'snapshots'] })]);
  expect(screen.getByRole('button', { name: 'Nothing to free' })).toBeDisabled();
});

it('is not closed by a failure, and measures again', async () => {
  const error = { code: 'E_DB_BUSY', message: 'It is locked.' } as const;
  const fake = open((world) => world.answer('measureRoom', () => ({ ok: false, error })));
  expect(await screen.findByRole('alert')).toHaveTextContent('It is locked.');
  await userEvent.click(screen.getByRole('button', { name: 'Measure' }));
  await waitFor(() => {
    expect(fake.calls.filter(({ name }) => name === 'measureRoom')).toHaveLength(2);
  });
});
