import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/domain/settings.ts';
import { err } from '../../../shared/result.ts';
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
  await screen.findByRole('heading', { name: 'Mount folders' });
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
  });

  it('stay when the dialog is cancelled', async () => {
    const { fake } = await open(['/data']);
    fake.answer('chooseFolder', () => null);
    await userEvent.click(screen.getByRole('button', { name: 'Add a folder…' }));
    expect(fake.calls.some(({ name }) => name === 'saveSettings')).toBe(false);
  });

  it('are not lost when another setting is changed', async () => {
    const { kept } = await open([]);
    kept.settings = { ...kept.settings, mountFolders: ['/granted/meanwhile'] };
    await userEvent.type(screen.getByLabelText('Base image'), '-new{Enter}');
    await waitFor(() => expect(kept.settings.baseImage).toMatch(/-new$/));
    expect(kept.settings.mountFolders).toEqual(['/granted/meanwhile']);
  });
});

describe('a setting', () => {
  it('is kept as soon as it is chosen, and says so', async () => {
    const { kept } = await open([]);
    await userEvent.click(screen.getByRole('radio', { name: /When it failed/ }));
    await userEvent.click(screen.getByRole('switch', { name: /in the tray/ }));
    await waitFor(() => expect(kept.settings.closeToTray).toBe(true));
    expect(kept.settings.notify).toBe('failures');
    expect(await screen.findByText('Saved')).toBeVisible();
  });

  it('that is typed is kept when it is left, and taken back by Esc', async () => {
    const { kept } = await open([]);
    const grace = screen.getByLabelText('Stop grace, in seconds');
    await userEvent.clear(grace);
    await userEvent.type(grace, '25{Tab}');
    await waitFor(() => expect(kept.settings.stopGraceSeconds).toBe(25));
    await userEvent.type(grace, '9{Escape}{Tab}');
    expect(grace).toHaveValue('25');
    expect(kept.settings.stopGraceSeconds).toBe(25);
  });

  it.each(['soon', '-1', '99999', ''])('refuses "%s" beside the field', async (text) => {
    const { kept } = await open([]);
    const grace = screen.getByLabelText('Stop grace, in seconds');
    await userEvent.clear(grace);
    if (text) await userEvent.type(grace, text);
    await userEvent.tab();
    expect(await screen.findByRole('alert')).toHaveTextContent('Write a number from 0 to 3600.');
    expect(grace).toHaveAttribute('aria-invalid', 'true');
    expect(kept.settings.stopGraceSeconds).toBe(DEFAULT_SETTINGS.stopGraceSeconds);
  });

  it('that is refused keeps what was typed, with the reason beside it', async () => {
    const { fake, kept } = await open([]);
    fake.answer('saveSettings', () =>
      err({
        code: 'E_SETTING',
        message: 'The package index cannot be used.',
        next: 'Write https.',
      }),
    );
    await userEvent.type(screen.getByLabelText('Package index'), 'ftp://x{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be used. Write https.');
    expect(screen.getByLabelText('Package index')).toHaveValue('ftp://x');
    expect(kept.settings.packageIndex).toBe('');
  });

  it('is found by what it is about', async () => {
    await open([]);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find a setting' }), 'tray');
    expect(screen.getByRole('heading', { name: 'Notifications' })).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'General' })).toBeNull();
  });
});

describe('a shortcut', () => {
  const row = (name: RegExp): HTMLElement => screen.getByRole('button', { name });

  it('is changed by pressing other keys, taken away, and put back', async () => {
    await open([]);
    await userEvent.click(row(/^Shortcut of Runs: Ctrl\+2/));
    await userEvent.keyboard('{Control>}{Alt>}r{/Alt}{/Control}');
    expect(row(/^Shortcut of Runs: Ctrl\+Alt\+R/)).toBeVisible();
    await userEvent.click(row(/^Shortcut of Runs/));
    await userEvent.keyboard('{Backspace}');
    expect(row(/^Shortcut of Runs: None/)).toBeVisible();
    await userEvent.click(row(/^Back to the usual/));
    expect(row(/^Shortcut of Runs: Ctrl\+2/)).toBeVisible();
  });

  it('that another command has, or that is text, is refused with the reason', async () => {
    await open([]);
    await userEvent.click(row(/^Shortcut of Runs/));
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(screen.getByRole('alert')).toHaveTextContent('Ctrl+K is for “Find a command…”.');
    await userEvent.keyboard('x');
    expect(screen.getByRole('alert')).toHaveTextContent('the key alone is text');
    await userEvent.keyboard('{Escape}');
    expect(row(/^Shortcut of Runs: Ctrl\+2/)).toBeVisible();
  });
});
