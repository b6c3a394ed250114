import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { clockText } from '../../../shared/clock-text.ts';
import type { EngineChoice } from '../../../shared/domain/engine.ts';
import { useUi } from '../../stores/ui.ts';
import { dockerEngine, makeRun, noDocker } from '../../testing/fake-data.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { EngineBanner } from './engine-banner.tsx';

const onDocker = makeRun({ id: 'r1', name: 'one', state: 'running', engine: 'docker' });
const dockerChosen: EngineChoice = {
  ...noDocker,
  kind: 'docker',
  because: 'chosen in the settings',
};
const since = noDocker.engines[0]!.since!;

const banner = () => screen.queryByRole('status', { name: 'Engine' });

function open(engine: EngineChoice, runs = [onDocker]) {
  const fake = startWorld({ ...emptyWorld(), engine, runs });
  render(<EngineBanner />);
  return fake;
}

describe('the banner of an engine that is missed', () => {
  it('tells since when, what for and what to do', async () => {
    open(noDocker);
    await waitFor(() => expect(banner()).not.toBeNull());
    expect(banner()).toHaveTextContent(
      `Docker has not been available since ${clockText(since, Date.now())}. 1 run waits for it. ` +
        'Nothing answers at /var/run/docker.sock Start it: sudo systemctl start docker',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Details' }));
    expect(useUi.getState().history.at.page).toBe('engine');
  });

  it('goes when the engine is there again', async () => {
    const fake = open(noDocker);
    await waitFor(() => expect(banner()).not.toBeNull());
    act(() => fake.push('engine', dockerEngine));
    expect(banner()).toBeNull();
  });

  it('looks for it when asked to', async () => {
    const fake = open(dockerChosen, []);
    await waitFor(() => expect(banner()).toHaveTextContent(/^Docker has not been available since/));
    const asked = () => fake.calls.filter(({ name }) => name === 'engineChoice').length;
    const before = asked();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(asked()).toBe(before + 1);
  });

  it.each<[string, EngineChoice, typeof onDocker]>([
    [
      'no run needs',
      noDocker,
      makeRun({ id: 'r1', name: 'one', state: 'running', engine: 'process' }),
    ],
    [
      'only ended runs were on',
      noDocker,
      makeRun({ id: 'r1', name: 'one', state: 'failed', engine: 'docker' }),
    ],
    ['answers', dockerEngine, onDocker],
  ])('says nothing of an engine that %s', async (_what, engine, run) => {
    const fake = open(engine, [run]);
    await waitFor(() => expect(fake.calls.some(({ name }) => name === 'engineChoice')).toBe(true));
    expect(banner()).toBeNull();
  });
});
