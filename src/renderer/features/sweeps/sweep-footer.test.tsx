import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { EMPTY_SPEC } from '../../../shared/domain/launch-spec.ts';
import type { QueuePlacement } from '../../../shared/domain/queue.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import { busyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { newAxis } from './axis-draft.ts';
import { NO_SWEEP, readSweep, withAxis, type SweepDraft } from './sweep-draft.ts';
import { SweepFooter } from './sweep-footer.tsx';

const lr = makeField({ name: 'lr', type: 'number' });
const list = (text: string): SweepDraft =>
  withAxis(NO_SWEEP, 'lr', { ...newAxis(lr, undefined), list: text });

interface FooterProps {
  start: SweepDraft;
  queue: Queued;
  versionNumber: number | null;
  onFirst: (first: unknown) => void;
  onStarted: (sweep: Sweep) => void;
}

/** Where the cells go, and what keeps them from it. */
interface Queued {
  queue?: QueuePlacement;
  hindered?: string;
}

function Footer({ start, queue, versionNumber, onFirst, onStarted }: FooterProps) {
  const [draft, setDraft] = useState(start);
  return (
    <SweepFooter
      launch={{ versionId: 'j1-v0', spec: EMPTY_SPEC }}
      versionNumber={versionNumber}
      doing="Starting the sweep"
      fields={[lr]}
      queue={queue.queue}
      hindered={queue.hindered ?? null}
      draft={draft}
      onChange={setDraft}
      onFirst={onFirst}
      onStarted={onStarted}
    />
  );
}

function open(
  start: SweepDraft,
  prepare?: (fake: FakeBridge) => void,
  versionNumber: number | null = 3,
  queue: Queued = {},
) {
  const fake = startWorld(busyWorld(0), prepare);
  const started: Sweep[] = [];
  const firsts: unknown[] = [];
  const view = render(
    <Footer
      start={start}
      queue={queue}
      versionNumber={versionNumber}
      onFirst={(first) => firsts.push(first)}
      onStarted={(sweep) => started.push(sweep)}
    />,
  );
  return { fake, started, firsts, view };
}

describe('SweepFooter', () => {
  it('shows the first cells before anything starts, then starts them', async () => {
    const { fake, started } = open(list('0.1, 0.2'));
    await userEvent.click(await screen.findByRole('button', { name: '2 cells' }));
    expect(screen.getByRole('region', { name: 'First cells' })).toHaveTextContent('10.120.2');
    const concurrency = screen.getByLabelText('At a time');
    await userEvent.clear(concurrency);
    expect(screen.getByText(/at least 1/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Start runs of v3' })).toBeDisabled();
    await userEvent.type(concurrency, '2');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Start 2 runs of v3' })).toBeEnabled(),
    );
    expect(fake.calls.some(({ name }) => name === 'startSweep')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Start 2 runs of v3' }));
    await waitFor(() => expect(started).toHaveLength(1));
    expect(fake.calls.find(({ name }) => name === 'startSweep')?.input).toMatchObject({
      versionId: 'j1-v0',
      concurrency: 2,
      plan: { method: 'grid', axes: [{ kind: 'list', input: 'lr', values: [0.1, 0.2] }] },
    });
  });

  it('tells of the first cell, and of none where there is none', async () => {
    const { firsts, view } = open(list('0.1, 0.2'));
    await waitFor(() => expect(firsts.at(-1)).toEqual({ values: { lr: 0.1 }, of: 2 }));
    await userEvent.clear(screen.getByLabelText('At a time'));
    await waitFor(() => expect(firsts.at(-1)).toBeNull());
    await userEvent.type(screen.getByLabelText('At a time'), '1');
    await waitFor(() => expect(firsts.at(-1)).toEqual({ values: { lr: 0.1 }, of: 2 }));
    view.unmount();
    expect(firsts.at(-1)).toBeNull();
  });

  it('starts nothing while something is wrong', async () => {
    const problem = {
      code: 'E_PARAM_VALUE',
      path: 'values.lr',
      message: 'lr is at least 1.',
      next: null,
    };
    open(list('0.1'), (fake) =>
      fake.answer('planSweep', () => ({ cells: 1, first: [{ lr: 0.1 }], problems: [problem] })),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('lr is at least 1.');
    expect(screen.getByRole('button', { name: 'Start 1 run of v3' })).toBeDisabled();
  });

  it('has the source taken again when no version was chosen', async () => {
    const { fake, started } = open(list('0.1, 0.2'), undefined, null);
    const button = await screen.findByRole('button', { name: 'Start 2 runs' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    await waitFor(() => expect(started).toHaveLength(1));
    const input = fake.calls.find(({ name }) => name === 'startSweep')?.input;
    expect(input).toMatchObject({ fresh: true, versionId: 'j1-v0' });
  });

  it('shows the error of a start, and offers the rewrite of a Dockerfile', async () => {
    const error = { code: 'E_PREFLIGHT', message: 'It cannot be built.', detail: '[]' } as const;
    const { fake } = open(list('0.1'), (bridge) =>
      bridge.answer('startSweep', () => ({ ok: false, error })),
    );
    const button = await screen.findByRole('button', { name: 'Start 1 run of v3' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(await screen.findByText(/cannot be built/)).toBeVisible();
    expect(fake.calls.find(({ name }) => name === 'startSweep')?.input).toMatchObject({
      rewrite: 'ask',
    });
  });

  it('draws another seed for a random sweep', async () => {
    open({ ...list('0.1, 0.2'), method: 'random', count: '7' });
    expect(await screen.findByRole('button', { name: '7 cells' })).toBeVisible();
    vi.spyOn(Math, 'random').mockReturnValue(0.41999);
    await userEvent.click(screen.getByRole('button', { name: 'Another seed' }));
    expect(screen.getByLabelText('Seed')).toHaveValue('41999');
  });
});

describe('readSweep', () => {
  it('makes a sweep with a draw a random one', () => {
    const draft = withAxis(NO_SWEEP, 'lr', {
      ...{ ...newAxis(lr, undefined), kind: 'draw', min: '1e-4', max: '1', scale: 'log' },
    });
    expect(readSweep(draft, [lr])).toEqual({
      concurrency: 1,
      plan: {
        ...{ method: 'random', count: 10, seed: 0 },
        axes: [{ kind: 'draw', input: 'lr', min: 1e-4, max: 1, scale: 'log', integer: false }],
      },
    });
  });

  it.each<[Partial<SweepDraft>, RegExp]>([
    [{ count: '' }, /how many runs/],
    [{ count: '1.5' }, /how many runs/],
    [{ seed: '-1' }, /seed/],
    [{ seed: '99999999999999999999' }, /seed/],
    [{ concurrency: '0' }, /at a time/],
  ])('says what is wrong with %o', (part, words) => {
    const draft: SweepDraft = { ...list('1'), method: 'random', ...part };
    expect(readSweep(draft, [lr])).toEqual({ problem: expect.stringMatching(words) });
  });

  it('names an input that this version does not have', () => {
    expect(readSweep(list('1'), [])).toEqual({ problem: 'This version has no input lr' });
  });

  it('puts its cells into a queue', async () => {
    const { fake, started } = open(list('0.1, 0.2'), undefined, 3, {
      queue: { queueId: 'gpu', priority: 'low' },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Queue 2 runs of v3' }));
    await waitFor(() => expect(started).toHaveLength(1));
    const start = fake.calls.find(({ name }) => name === 'startSweep');
    expect(start?.input).toMatchObject({ queue: { queueId: 'gpu', priority: 'low' } });
  });

  it('does not start while something is missing for its queue', async () => {
    open(list('0.1, 0.2'), undefined, 3, {
      ...{ queue: { queueId: 'gpu' }, hindered: 'Queue gpu asks for seed.' },
    });
    expect(await screen.findByText('Queue gpu asks for seed.')).toBeVisible();
    expect(screen.getByRole('button', { name: /^Queue runs/ })).toBeDisabled();
  });
});
