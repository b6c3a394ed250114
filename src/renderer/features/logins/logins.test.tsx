import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import type { SecretList } from '../../../shared/domain/secret.ts';
import SettingsPage from '../settings/settings-page.tsx';

async function open(secrets: SecretList) {
  const fake = startWorld({ ...emptyWorld(), secrets });
  render(<SettingsPage />);
  await screen.findByRole('heading', { name: 'Logins and secrets' });
  const sent = (name: string) =>
    fake.calls.filter((call) => call.name === name).map((call) => call.input);
  return { fake, sent };
}

describe('Logins', () => {
  it('names what is stored, and removes it', async () => {
    const { sent } = await open({
      problem: null,
      names: ['git:git.example.com', 'registry:h:5000'],
    });
    expect(await screen.findByText('h:5000')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove Git login of git.example.com' }),
    );
    await waitFor(() => expect(screen.queryByText('git.example.com')).toBeNull());
    expect(sent('removeSecret')).toEqual([{ name: 'git:git.example.com' }]);
  });

  it('calls a secret of runs a secret', async () => {
    await open({ problem: null, names: ['run:HF_TOKEN'] });
    expect(await screen.findByRole('button', { name: 'Remove secret HF_TOKEN' })).toBeVisible();
  });

  it('adds one without showing or keeping the password', async () => {
    const { sent } = await open({ problem: null, names: [] });
    await userEvent.click(await screen.findByRole('button', { name: 'Add a registry login…' }));
    const password = screen.getByLabelText('Password or token');
    expect(password).toHaveAttribute('type', 'password');
    expect(screen.getByRole('button', { name: 'Save login' })).toBeDisabled();
    await userEvent.type(screen.getByLabelText('Registry'), 'docker.io');
    await userEvent.type(screen.getByLabelText('User name'), 'ada');
    await userEvent.type(password, 'secret-1{Enter}');
    expect(await screen.findByText('docker.io')).toBeVisible();
    expect(screen.queryByLabelText('Password or token')).toBeNull();
    expect(sent('saveCredentials')).toEqual([
      { kind: 'registry', host: 'docker.io', username: 'ada', password: 'secret-1' },
    ]);
  });

  it('keeps the form when the login is refused', async () => {
    const { fake } = await open({ problem: null, names: [] });
    const error = { code: 'E_SECRET_FORMAT', message: 'That is not the name of a host.' } as const;
    fake.answer('saveCredentials', () => ({ ok: false, error }));
    await userEvent.click(await screen.findByRole('button', { name: 'Add a git login…' }));
    await userEvent.type(screen.getByLabelText('Git host'), '///');
    await userEvent.type(screen.getByLabelText('Password or token'), 'x{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('That is not the name of a host.');
    expect(screen.getByLabelText('Password or token')).toHaveValue('x');
  });

  it('explains why nothing can be stored, and offers nothing then', async () => {
    await open({ problem: 'No secret store answers. Start gnome-keyring.', names: [] });
    expect(await screen.findByText(/No secret store answers/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Add a git login…' })).toBeNull();
  });
});
