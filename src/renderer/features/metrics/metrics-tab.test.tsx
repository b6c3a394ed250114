import { createEvent, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../shared/domain/run.ts';
import type { MetricNews, MetricSeries } from '../../../shared/domain/tracked.ts';
import { makeRun } from '../../testing/fake-data.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { metricSeries } from '../../testing/fake-tracked.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { MetricsTab } from './metrics-tab.tsx';

const asNews = (series: MetricSeries[], first = 0): MetricNews => ({
  changed: series.map((one, i) => ({ ...one, id: first + i, from: 0 })),
  gone: [],
});

const nothing: MetricNews = { changed: [], gone: [] };

function open(prepare: (fake: FakeBridge) => void, change: Partial<Run> = {}) {
  const run = makeRun({ id: 'r1', name: 'amber-comet-1', ...change });
  const fake = startWorld({ ...emptyWorld(), runs: [run] }, prepare);
  render(<MetricsTab run={run} />);
  return fake;
}

const all = (fake: FakeBridge): void =>
  fake.answer('runMetricsSince', () => asNews(metricSeries(500)));

const points = (...values: number[]) => values.map((value, step) => ({ step, at: null, value }));

describe('the metrics of a run', () => {
  it('are drawn one a card, with the last value', async () => {
    const fake = open(all);
    await screen.findByRole('slider', { name: 'loss over 500 steps' });
    expect(screen.getAllByRole('slider', { name: /steps$/ })).toHaveLength(5);
    const { input } = fake.calls.find(({ name }) => name === 'runMetricsSince')!;
    expect(input).toEqual({ runId: 'r1', points: 5000, have: [] });
  });

  it('are read at one step in all cards, by pointer and by keys', async () => {
    open(all);
    const loss = await screen.findByRole('slider', { name: 'loss over 500 steps' });
    const rate = screen.getByRole('slider', { name: 'learning_rate over 500 steps' });
    loss.focus();
    await userEvent.keyboard('{ArrowLeft}');
    const step = Number(loss.getAttribute('aria-valuenow'));
    expect(step).toBeLessThan(499);
    expect(rate).toHaveAttribute('aria-valuenow', String(step));
    expect(rate.getAttribute('aria-valuetext')).toMatch(new RegExp(`, step ${step}$`));
    fireEvent.pointerMove(loss.querySelector('svg')!, { clientX: 56 });
    expect(rate).toHaveAttribute('aria-valuenow', '0');
    fireEvent.pointerLeave(loss.querySelector('svg')!);
    expect(rate).toHaveAttribute('aria-valuenow', '499');
  });

  it('are zoomed by dragging, by the wheel and by keys, and shown as a whole again', async () => {
    open(all);
    const loss = await screen.findByRole('slider', { name: 'loss over 500 steps' });
    const svg = () => loss.querySelector('svg')!;
    const reset = () => screen.queryByRole('button', { name: 'Show all steps' });
    expect(reset()).toBeNull();
    fireEvent.pointerDown(svg(), { clientX: 56, button: 0 });
    fireEvent.pointerMove(svg(), { clientX: 100 });
    fireEvent.pointerUp(svg(), { clientX: 100 });
    await userEvent.click(reset()!);
    expect(reset()).toBeNull();
    fireEvent.wheel(svg(), { clientX: 56, deltaY: -1 });
    expect(reset()).toBeNull();
    const wheel = createEvent.wheel(svg(), { deltaY: -1 });
    // The events of the test's window know nothing of a wheel's keys and place.
    Object.defineProperties(wheel, { ctrlKey: { value: true }, clientX: { value: 56 } });
    fireEvent(svg(), wheel);
    expect(reset()).not.toBeNull();
    loss.focus();
    await userEvent.keyboard('0+');
    expect(reset()).not.toBeNull();
    await userEvent.keyboard('-');
    expect(reset()).toBeNull();
  });

  it('of a run under way are added to as they come', async () => {
    const answers = [
      asNews([{ name: 'loss', count: 2, last: 1, points: points(2, 1) }]),
      {
        changed: [
          {
            id: 0,
            name: 'loss',
            from: 2,
            count: 3,
            last: 0.5,
            points: [{ step: 2, at: null, value: 0.5 }],
          },
        ],
        gone: [],
      },
    ];
    const fake = open(
      (bridge) => bridge.answer('runMetricsSince', () => answers.shift() ?? nothing),
      { state: 'running', endedAt: null },
    );
    await screen.findByRole('slider', { name: 'loss over 2 steps' });
    await screen.findByRole('slider', { name: 'loss over 3 steps' }, { timeout: 3000 });
    const asked = fake.calls.filter(({ name }) => name === 'runMetricsSince');
    expect(asked[1]?.input).toMatchObject({ have: [{ id: 0, count: 2 }] });
  });

  it('are in groups, usage with its units', async () => {
    open((fake) =>
      fake.answer('runMetricsSince', () =>
        asNews([
          { name: 'usage/memory', count: 1, last: 2e9, points: points(2e9) },
          { name: 'loss', count: 1, last: 1, points: points(1) },
        ]),
      ),
    );
    const headings = await screen.findAllByRole('heading', { level: 3 });
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      'Logged by the code',
      'Used by the run',
    ]);
    expect(screen.getByRole('slider', { name: /^Memory/ })).toHaveAttribute(
      'aria-valuetext',
      '2.0 GB',
    );
  });

  it('of nothing above zero say so on a log scale', async () => {
    const delta = { name: 'delta', count: 2, last: -1, points: points(0, -1) };
    open((fake) => fake.answer('runMetricsSince', () => asNews([delta])));
    await userEvent.click(await screen.findByRole('radio', { name: 'Log' }));
    expect(screen.getByText(/No value is above zero/)).toBeVisible();
  });

  it('that are no numbers are told as such', async () => {
    const nan = { name: 'loss', count: 1, last: NaN, points: points(NaN) };
    open((fake) => fake.answer('runMetricsSince', () => asNews([nan])));
    expect(await screen.findByText(/No value here is a number/)).toBeVisible();
  });

  it('that cannot be read show the error', async () => {
    const error = { code: 'E_LOG_DAMAGED', message: 'They are damaged.' } as const;
    open((fake) => fake.answer('runMetricsSince', () => ({ ok: false, error })));
    expect(await screen.findByRole('alert')).toHaveTextContent('They are damaged.');
  });
});
