import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import '../testing/setup.ts';
import { ErrorNote, errorText } from './error-note.tsx';

const error = {
  code: 'E_BUILD',
  message: 'The build failed at step 4.',
  next: 'Change torch==9.9 in requirements.txt.',
  detail: 'ERROR: No matching distribution found for <b>torch</b>',
} as const;

describe('ErrorNote', () => {
  it('says what happened and what to do, and keeps the detail one click away', async () => {
    render(<ErrorNote error={error} />);
    expect(screen.getByRole('alert')).toHaveTextContent(error.message);
    expect(screen.getByRole('alert')).toHaveTextContent(error.next);
    expect(screen.queryByText(error.detail)).toBeNull();
    const toggle = screen.getByRole('button', { name: 'Show detail' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(toggle);
    expect(screen.getByText(error.detail)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Hide detail' }));
    expect(screen.queryByText(error.detail)).toBeNull();
  });

  it('copies all of it', async () => {
    userEvent.setup();
    render(<ErrorNote error={error} />);
    await userEvent.click(screen.getByRole('button', { name: 'Copy error' }));
    expect(await navigator.clipboard.readText()).toBe(errorText(error));
    expect(errorText(error)).toBe(`E_BUILD: ${error.message}\n${error.next}\n${error.detail}`);
  });

  it('offers no detail where there is none', () => {
    render(<ErrorNote error={{ code: 'E_NAME', message: 'No.' }} />);
    expect(screen.queryByRole('button', { name: 'Show detail' })).toBeNull();
  });
});
