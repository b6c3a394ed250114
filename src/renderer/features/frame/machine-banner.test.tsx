import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { useUi } from '../../stores/ui.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { MachineBanner } from './machine-banner.tsx';

const full = {
  code: 'E_DISK_FULL' as const,
  text: 'The disk that holds /data is full.',
  next: 'Free some space.',
};

describe('the banner of what is wrong with the machine', () => {
  it('is there for as long as it lasts, and leads to the checks', async () => {
    const fake = startWorld(emptyWorld());
    render(<MachineBanner />);
    expect(screen.queryByRole('status')).toBeNull();
    act(() => fake.push('troubles', [full]));
    expect(screen.getByRole('status', { name: 'This machine' })).toHaveTextContent(
      'The disk that holds /data is full. Free some space.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Checks' }));
    expect(useUi.getState().history.at.page).toBe('engine');
    act(() => fake.push('troubles', []));
    expect(screen.queryByRole('status')).toBeNull();
  });
});
