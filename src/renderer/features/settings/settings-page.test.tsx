import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/domain/settings.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import SettingsPage from './settings-page.tsx';

/** The page on settings that are kept; other windows and dialogs may change them as well. */
async function open(mountFolders: string[]) {
  const kept: { settings: Settings } = { settings: { ...DEFAULT_SETTINGS, mountFolders } };
  const fake = startWorld(emptyWorld(), (bridge) => {
    bridge.answer('getSettings', () => kept.settings);
    bridge.answer('saveSettings', (settings) => (kept.settings = settings));
  });
  render(<SettingsPage />);
  await screen.findByRole('heading', { name: 'Folders that runs may mount' });
  return { fake, kept };
}

describe('folders that runs may mount', () => {
  it('are listed, and no longer allowed when removed', async () => {
    const { kept } = await open(['/data', '/models']);
    await userEvent.click(await screen.findByRole('button', { name: 'No longer allow /data' }));
    await waitFor(() => expect(screen.queryByText('/data')).toBeNull());
    expect(screen.getByText('/models')).toBeVisible();
    expect(kept.settings.mountFolders).toEqual(['/models']);
  });

  it('are added by choosing one, once, at once', async () => {
    const { kept } = await open(['/data']);
    const add = screen.getByRole('button', { name: 'Add a folder…' });
    await userEvent.click(add);
    expect(await screen.findByText('/home/ada/code/hello')).toBeVisible();
    await userEvent.click(add);
    await waitFor(() =>
      expect(kept.settings.mountFolders).toEqual(['/data', '/home/ada/code/hello']),
    );
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  });

  it('stay when the dialog is cancelled', async () => {
    const { fake } = await open(['/data']);
    fake.answer('chooseFolder', () => null);
    await userEvent.click(screen.getByRole('button', { name: 'Add a folder…' }));
    expect(fake.calls.some(({ name }) => name === 'saveSettings')).toBe(false);
  });

  it('are not lost when the rest of the settings is saved', async () => {
    const { kept } = await open([]);
    kept.settings = { ...kept.settings, mountFolders: ['/granted/meanwhile'] };
    const image = await screen.findByLabelText('Base image');
    await userEvent.type(image, '-new');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(kept.settings.baseImage).toMatch(/-new$/));
    expect(kept.settings.mountFolders).toEqual(['/granted/meanwhile']);
  });
});
