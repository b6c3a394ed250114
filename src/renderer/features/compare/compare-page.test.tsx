import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../shared/domain/run.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import { makeRun } from '../../testing/fake-data.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { metricSeries } from '../../testing/fake-tracked.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import ComparePage from './compare-page.tsx';

const runs: Run[] = [
  makeRun({ id: 'a', name: 'amber', summary: { loss: 0.4, acc: 0.8 }, createdAt: 3000 }),
  makeRun({ id: 'b', name: 'brisk', summary: { loss: 0.2, acc: 0.7 }, createdAt: 2000 }),
  makeRun({ id: 'c', name: 'coral', summary: { loss: 0.3, acc: 0.7 }, createdAt: 1000 }),
];

function Page() {
  const at = useUi((ui) => ui.history.at);
  return at.page === 'compare' ? <ComparePage route={at} /> : <p>{JSON.stringify(at)}</p>;
}

function open(runIds: string[], prepare?: (fake: FakeBridge) => void) {
  const fake = startWorld({ ...emptyWorld(), runs }, prepare);
  navigate({ page: 'compare', runIds });
  render(<Page />);
  return fake;
}

const shownIds = (): readonly string[] => {
  const { at } = useUi.getState().history;
  return at.page === 'compare' ? at.runIds : [];
};

const lineOf = async (name: string) =>
  (await screen.findByRole('rowheader', { name })).closest<HTMLElement>('[role="row"]')!;

describe('runs side by side', () => {
  it('show only what differs at first, marked by more than colour', async () => {
    open(['a', 'b']);
    const lr = await lineOf('lr');
    expect(within(lr).getAllByRole('gridcell')[1]).toHaveTextContent('differs: 0.001');
    expect(within(lr).getAllByRole('gridcell')[0]).not.toHaveTextContent('differs');
    expect(screen.queryByRole('rowheader', { name: 'numpy' })).toBeNull();
    await userEvent.click(screen.getByRole('switch', { name: 'Only differences' }));
    expect(await screen.findByRole('rowheader', { name: 'numpy' })).toBeInTheDocument();
  });

  it('mark the best result', async () => {
    open(['a', 'b']);
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Filter values' }), 'loss');
    const loss = within(await lineOf('loss')).getAllByRole('gridcell');
    expect(loss[1]).toHaveTextContent(/best$/);
    expect(loss[0]).not.toHaveTextContent('best');
  });

  it('are walked through by arrow keys, cell by cell, with the whole value below', async () => {
    open(['a', 'b']);
    const section = await screen.findByRole('rowheader', { name: /^Inputs/ });
    section.focus();
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(screen.getByRole('rowheader', { name: 'lr' })).toHaveFocus());
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-column', '2'));
    expect(screen.getByText(/ of brisk$/)).toBeVisible();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(screen.getByText(/ of amber$/)).toBeVisible());
    expect(document.querySelectorAll('[role="grid"] [tabindex="0"]')).toHaveLength(1);
  });

  it('are held against another one, or without one, by the menu of its column', async () => {
    open(['a', 'b', 'c']);
    const head = (name: string) => screen.findByTitle(new RegExp(`^${name} `));
    await userEvent.click(await head('coral'));
    await userEvent.click(await screen.findByText(/^Compare the others/));
    expect(shownIds()).toEqual(['c', 'a', 'b']);
    await waitFor(() =>
      expect(screen.getAllByRole('columnheader')[1]).toHaveTextContent(/coral.*Base/),
    );
    await userEvent.click(await head('brisk'));
    await userEvent.click(await screen.findByText(/^Take out/));
    expect(shownIds()).toEqual(['c', 'a']);
  });

  it('are copied as a table', async () => {
    open(['a', 'b']);
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(await screen.findByRole('button', { name: 'Copy as table' }));
    expect(write.mock.calls[0]![0]).toMatch(/^Section\tName\tamber\tbrisk\n/);
  });

  it('are joined by one that is searched for', async () => {
    open(['a', 'b']);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: /Add a run/ }));
    const search = await screen.findByRole('searchbox', { name: 'Find a run' });
    // Faster than the search: Enter takes what it finds.
    await user.type(search, 'cor{Enter}');
    await waitFor(() => expect(shownIds()).toEqual(['a', 'b', 'c']));
  });

  it('have their metrics in the same charts, and can be hidden there', async () => {
    open(['a', 'b'], (fake) =>
      fake.answer('runMetricsSince', () => ({
        changed: metricSeries(50).map((series, id) => ({ ...series, id, from: 0 })),
        gone: [],
      })),
    );
    await userEvent.click(await screen.findByRole('tab', { name: 'Metrics' }));
    const loss = await screen.findByRole('slider', { name: /^loss over/ });
    expect(loss.getAttribute('aria-valuetext')).toMatch(/^amber .*, brisk /);
    await userEvent.click(screen.getByRole('checkbox', { name: 'amber' }));
    const left = screen.getByRole('slider', { name: /^loss over/ });
    expect(left.getAttribute('aria-valuetext')).toMatch(/^brisk /);
  });

  it('of fewer than two say what this is, and start with a choice', async () => {
    open([]);
    await userEvent.click(screen.getByRole('button', { name: /Choose a run/ }));
    const first = await screen.findByRole('option', { name: /amber/ });
    await userEvent.click(first);
    expect(shownIds()).toEqual(['a']);
    expect(screen.getByRole('heading', { name: 'One more run' })).toBeVisible();
  });

  it('that cannot be compared show why', async () => {
    const error = { code: 'E_NOT_FOUND', message: 'There is no run b.' } as const;
    open(['a', 'b'], (fake) => fake.answer('compareRuns', () => ({ ok: false, error })));
    expect(await screen.findByRole('alert')).toHaveTextContent('There is no run b.');
  });
});
