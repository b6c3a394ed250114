import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { makeJob } from '../../testing/fake-data.ts';
import { busyWorld, emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import { useShortcuts } from '../../commands/shortcuts.ts';
import { Notices } from '../frame/notices.tsx';
import { JobsPage } from './jobs-page.tsx';

function Shortcuts() {
  useShortcuts();
  return null;
}

const focusedName = (): string => document.activeElement?.textContent ?? '';

describe('JobsPage', () => {
  it('says what a job is where a project has none, and offers the first step', async () => {
    const fake = startWorld(busyWorld());
    useUi.setState({ projectId: 'p2' });
    render(<JobsPage />);
    expect(await screen.findByRole('heading', { name: /Drop a folder anywhere/ })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /Choose a folder/ }));
    await waitFor(() =>
      expect(useUi.getState().history.at).toEqual({
        page: 'new-job',
        source: 'folder',
        folder: '/home/ada/code/hello',
      }),
    );
    expect(fake.calls.some(({ name }) => name === 'chooseFolder')).toBe(true);
  });

  it('leaves out what is in the bin', async () => {
    const world = busyWorld();
    world.jobs[0]!.binnedAt = Date.now();
    startWorld(world);
    render(<JobsPage />);
    const grid = await screen.findByRole('grid', { name: 'Jobs' });
    expect(grid).toHaveAttribute('aria-rowcount', '12');
    expect(screen.queryByText('train-transformer')).toBeNull();
  });

  it('puts the chosen jobs into the bin, and takes them out again', async () => {
    const fake = startWorld(busyWorld());
    render(
      <>
        <Shortcuts />
        <JobsPage />
        <Notices />
      </>,
    );
    const grid = await screen.findByRole('grid', { name: 'Jobs' });
    within(grid).getAllByRole('row')[1]?.focus();
    await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowDown}{/Shift}');
    expect(within(grid).getAllByRole('row', { selected: true })).toHaveLength(2);
    await userEvent.keyboard('{Delete}');
    expect(await screen.findByText('Moved 2 jobs to the bin.')).toBeVisible();
    expect(screen.queryByText('hello')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('hello')).toBeVisible();
    const sent = fake.calls.filter(({ name }) => name.endsWith('Jobs')).map(({ input }) => input);
    expect(sent.slice(-2)).toEqual([{ jobIds: ['j2', 'j3'] }, { jobIds: ['j2', 'j3'] }]);
  });

  it('has a menu on each row, of what can be done with that job', async () => {
    startWorld(busyWorld());
    render(<JobsPage />);
    const row = await screen.findByRole('row', { name: /nightly-etl/ });
    fireEvent.contextMenu(row);
    const menu = await screen.findByRole('menu', { name: 'Job' });
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((item) => item.textContent),
    ).toEqual(['Open job', 'Launch…Ctrl+↵', 'New version from a folder…', 'Move to the binDel']);
    await userEvent.click(within(menu).getByRole('menuitem', { name: /Launch/ }));
    await waitFor(() => expect(useUi.getState().launch).toEqual({ jobId: 'j5' }));
  });

  it('asks for the last run of a job whose runs are not here', async () => {
    const world = busyWorld();
    const runs = world.runs.filter(({ jobId }) => jobId !== 'j2');
    const fake = startWorld(world, (bridge) => {
      bridge.answer('listRuns', ({ jobId }) =>
        jobId ? world.runs.filter((run) => run.jobId === jobId).slice(0, 1) : runs,
      );
    });
    render(<JobsPage />);
    const row = await screen.findByRole('row', { name: /^hello/ });
    await waitFor(() => expect(row).toHaveTextContent(/Finished|Failed|Stopped|Crashed/));
    expect(fake.calls.filter(({ name }) => name === 'listRuns')).toHaveLength(2);
  });

  it('moves through the table by keyboard and opens with Enter', async () => {
    startWorld(busyWorld());
    render(<JobsPage />);
    const grid = await screen.findByRole('grid', { name: 'Jobs' });
    expect(grid).toHaveAttribute('aria-rowcount', '13');
    const rows = within(grid).getAllByRole('row').slice(1);
    expect(rows.filter((row) => row.tabIndex === 0)).toHaveLength(1);

    rows[0]?.focus();
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(focusedName()).toMatch(/^hello/));
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(focusedName()).toMatch(/^export-onnx/));
    await userEvent.keyboard('{ArrowDown}{Home}');
    await waitFor(() => expect(focusedName()).toMatch(/^train-transformer/));
    await userEvent.keyboard('{Enter}');
    expect(useUi.getState().history.at).toEqual({ page: 'job', jobId: 'j1', tab: 'runs' });
  });

  it('filters by what is typed on the table', async () => {
    startWorld(busyWorld());
    render(<JobsPage />);
    const grid = await screen.findByRole('grid', { name: 'Jobs' });
    within(grid).getAllByRole('row')[1]?.focus();
    await userEvent.keyboard('figures');
    expect(screen.getByRole('searchbox', { name: 'Filter jobs' })).toHaveValue('figures');
    expect(screen.getByRole('grid', { name: 'Jobs' })).toHaveAttribute('aria-rowcount', '2');
    await userEvent.keyboard('zzz');
    expect(screen.getByRole('heading', { name: 'No job matches' })).toBeVisible();
  });

  it('sorts by a column, both ways', async () => {
    startWorld(busyWorld());
    render(<JobsPage />);
    const header = await screen.findByRole('button', { name: 'Runs' });
    await userEvent.click(header);
    await userEvent.click(header);
    expect(screen.getByRole('columnheader', { name: 'Runs' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    expect(screen.getAllByRole('row')[1]).toHaveTextContent('nightly-etl');
  });

  it('leaves the second click of a double click to the page that the first opened', async () => {
    startWorld(busyWorld());
    navigate({ page: 'jobs' });
    render(<JobsPage />);
    await screen.findByRole('grid', { name: 'Jobs' });
    const row = screen.getAllByRole('row')[1]!;
    fireEvent.click(row, { detail: 2 });
    expect(useUi.getState().history.at.page).toBe('jobs');
    fireEvent.click(row, { detail: 1 });
    expect(useUi.getState().history.at.page).toBe('job');
  });

  it('draws only what is in sight of ten thousand jobs', async () => {
    const jobs = Array.from({ length: 10_000 }, (_, n) =>
      makeJob({ id: `j${n}`, name: `job-${n}` }),
    );
    startWorld({ ...emptyWorld(), jobs });
    render(<JobsPage />);
    const grid = await screen.findByRole('grid', { name: 'Jobs' });
    expect(grid).toHaveAttribute('aria-rowcount', '10001');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
  });

  it('shows what main pushes', async () => {
    const fake = startWorld(emptyWorld());
    render(<JobsPage />);
    await screen.findByRole('button', { name: 'Run the example' });
    fake.pushChanges({ jobs: [makeJob({ id: 'new', name: 'made-elsewhere' })] });
    expect(await screen.findByText('made-elsewhere')).toBeVisible();
  });

  it('shows an error with its next step and tries again', async () => {
    const busy = { code: 'E_DB_BUSY', message: 'It is busy.', next: 'Close the other.' } as const;
    const fake = startWorld(busyWorld(), (bridge) =>
      bridge.answer('listJobs', () => ({ ok: false, error: busy })),
    );
    render(<JobsPage />);
    expect(await screen.findByRole('alert')).toHaveTextContent('It is busy.Close the other.');
    fake.answer('listJobs', () => fake.world.jobs);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('grid', { name: 'Jobs' })).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
