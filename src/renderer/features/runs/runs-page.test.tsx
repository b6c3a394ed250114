import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import setUpUser, { type UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunQuery } from '../../../shared/domain/run-list.ts';
import { useRunTables } from '../../stores/run-layouts.ts';
import { useRunSelection } from '../../stores/run-selection.ts';
import { useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { runListHandlers } from '../../testing/fake-run-list.ts';
import { emptyWorld, type World } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import RunsPage from './runs-page.tsx';

const NAMES = ['ash', 'birch', 'cedar', 'dogwood', 'elm'];

// They take a second, but may have to wait for a processor that builds images.
vi.setConfig({ testTimeout: 30_000 });

/** Keys that are held stay held from one step to the next. */
let userEvent: UserEvent;
beforeEach(() => {
  userEvent = setUpUser.setup();
});

/** Five runs, newest first, with learning rates that go up and losses that go down. */
const fiveRuns = (): World => ({
  ...emptyWorld(),
  runs: NAMES.map((name, n) =>
    makeRun({
      id: `run-${n}`,
      name,
      state: n === 1 ? 'failed' : 'finished',
      createdAt: 1_700_000_000_000 - n * 60_000,
      config: { lr: n / 100, model: { width: 8 * (n % 2) } },
      summary: { loss: 1 / (n + 1) },
    }),
  ),
});

const manyRuns = (count: number): World => ({
  ...emptyWorld(),
  runs: Array.from({ length: count }, (_, n) =>
    makeRun({ id: `run-${n}`, name: `run ${n}`, createdAt: 1_700_000_000_000 - n * 1000 }),
  ),
});

const grid = (): HTMLElement =>
  document.querySelector<HTMLElement>('[role="grid"],[role="treegrid"]')!;
const names = (): string[] =>
  [...grid().querySelectorAll('[data-index]')].map(
    (row) => row.querySelector('[role="gridcell"]')?.textContent ?? '',
  );
const row = (name: string): HTMLElement => {
  const cell = [...grid().querySelectorAll<HTMLElement>('[data-index]')].find((each) =>
    each.textContent?.startsWith(name),
  );
  if (!cell) throw new Error(`no row of ${name} among ${names().join()}`);
  return cell;
};
const selected = (): string[] =>
  [...useRunSelection.getState().runs.values()].map(({ name }) => name).toSorted();
const title = (name: string): HTMLElement =>
  within(screen.getByRole('columnheader', { name })).getByRole('button');

/** There is no layout in tests, hence nothing that scrolls by itself. */
const scrollTo = (top: number): void => {
  const scroller = grid().parentElement!;
  scroller.scrollTop = top;
  fireEvent.scroll(scroller);
};

async function show(world: World, prepare?: (fake: FakeBridge) => void): Promise<FakeBridge> {
  const fake = startWorld(world, prepare);
  render(<RunsPage />);
  await screen.findByRole('grid', { name: 'Runs' });
  return fake;
}

const lastQuery = (fake: FakeBridge): RunQuery =>
  fake.calls.findLast(
    ({ name, input }) => name === 'queryRuns' && 'projectId' in (input as RunQuery).scope,
  )?.input as RunQuery;

describe('sorting', () => {
  it('goes up, down, and back to newest first', async () => {
    await show(fiveRuns());
    expect(names()).toEqual(NAMES);
    await userEvent.click(title('State'));
    await waitFor(() => expect(names()[0]).toBe('birch'));
    await userEvent.click(title('State'));
    await waitFor(() => expect(names().at(-1)).toBe('birch'));
    expect(screen.getByRole('columnheader', { name: 'State' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await userEvent.click(title('State'));
    await waitFor(() => expect(names()).toEqual(NAMES));
  });

  it('adds a second column with Shift, which counts less', async () => {
    const fake = await show(fiveRuns());
    await userEvent.click(title('State'));
    await userEvent.keyboard('{Shift>}');
    await userEvent.click(title('Run'));
    await userEvent.click(title('Run'));
    await userEvent.keyboard('{/Shift}');
    await waitFor(() => expect(names()).toEqual(['birch', 'elm', 'dogwood', 'cedar', 'ash']));
    expect(lastQuery(fake).sort).toEqual([
      { column: 'state', descending: false },
      { column: 'name', descending: true },
    ]);
  });
});

describe('the filter', () => {
  it('takes a text, states and stars, and says how many there are', async () => {
    await show(fiveRuns());
    expect(screen.getByText('5 runs')).toBeVisible();
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter runs' }), 'ced');
    await waitFor(() => expect(names()).toEqual(['cedar']));
    expect(screen.getByText('1 of 5')).toBeVisible();
    await userEvent.keyboard('x');
    await userEvent.click(await screen.findByRole('button', { name: 'Show all' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Failed' }));
    await waitFor(() => expect(names()).toEqual(['birch']));
  });

  it('has a condition as a chip that can be changed and taken away', async () => {
    await show(fiveRuns());
    await userEvent.click(screen.getByRole('button', { name: 'Add a condition' }));
    const editor = await screen.findByRole('dialog', { name: 'Condition' });
    await userEvent.type(within(editor).getByRole('combobox', { name: 'Column' }), 'lr');
    await userEvent.tab();
    await userEvent.click(within(editor).getByRole('button', { name: /Comparison/ }));
    await userEvent.click(await screen.findByRole('option', { name: '>' }));
    await userEvent.type(within(editor).getByLabelText('Value'), '0.02{Enter}');
    await waitFor(() => expect(names()).toEqual(['dogwood', 'elm']));
    await userEvent.click(screen.getByRole('button', { name: 'lr > 0.02' }));
    const again = await screen.findByRole('dialog', { name: 'Condition' });
    const value = within(again).getByLabelText('Value');
    expect(value).toHaveValue('0.02');
    await userEvent.clear(value);
    await userEvent.type(value, '0.03{Enter}');
    await waitFor(() => expect(names()).toEqual(['elm']));
    await userEvent.click(screen.getByRole('button', { name: 'Remove lr > 0.03' }));
    await waitFor(() => expect(names()).toEqual(NAMES));
  });

  it('says what is wrong with a condition, and keeps what was typed', async () => {
    await show(fiveRuns());
    await userEvent.click(screen.getByRole('button', { name: 'Add a condition' }));
    const editor = await screen.findByRole('dialog', { name: 'Condition' });
    await userEvent.type(within(editor).getByRole('combobox', { name: 'Column' }), 'no such');
    await userEvent.click(within(editor).getByRole('button', { name: 'Apply' }));
    expect(within(editor).getByText(/There is no such column/)).toBeVisible();
    expect(within(editor).getByText(/no value to compare with/)).toBeVisible();
    expect(within(editor).getByRole('combobox', { name: 'Column' })).toHaveValue('no such');
  });

  it('is typed on the table, and kept for coming back', async () => {
    await show(fiveRuns());
    row('ash').focus();
    await userEvent.keyboard('elm');
    expect(screen.getByRole('searchbox', { name: 'Filter runs' })).toHaveValue('elm');
    await waitFor(() => expect(names()).toEqual(['elm']));
    fireEvent.doubleClick(row('elm'));
    expect(useUi.getState().history.at).toEqual({ page: 'run', runId: 'run-4', tab: 'log' });
  });
});

async function choose(column: string, action: string | RegExp): Promise<void> {
  fireEvent.contextMenu(screen.getByRole('columnheader', { name: column }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

describe('groups', () => {
  it('have titles with counts, and are closed and opened by mouse and keys', async () => {
    await show(fiveRuns());
    await choose('State', 'Group by this');
    await screen.findByRole('treegrid');
    const failed = screen.getByRole('row', { name: 'Failed, 1' });
    expect(failed).toHaveAttribute('aria-expanded', 'true');
    expect(names()).toEqual(['Failed1', 'birch', 'Finished4', 'ash', 'cedar', 'dogwood', 'elm']);
    await userEvent.click(screen.getByRole('row', { name: 'Finished, 4' }));
    expect(names()).toEqual(['Failed1', 'birch', 'Finished4']);
    expect(screen.getByRole('treegrid')).toHaveAttribute('aria-rowcount', '4');
    row('birch').focus();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(failed).toHaveFocus());
    await userEvent.keyboard('{ArrowLeft}');
    expect(names()).toEqual(['Failed1', 'Finished4']);
    await userEvent.keyboard('{ArrowRight}');
    expect(names()).toEqual(['Failed1', 'birch', 'Finished4']);
    await userEvent.click(screen.getByRole('button', { name: 'Remove Grouped by State' }));
    await waitFor(() => expect(names()).toEqual(NAMES));
  });
});

const titles = (): string[] =>
  screen.getAllByRole('columnheader').map(({ textContent }) => textContent ?? '');

describe('columns', () => {
  it('are found among all and shown, hidden, moved, and remembered', async () => {
    await show(fiveRuns());
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    const dialog = await screen.findByRole('dialog', { name: 'Columns' });
    await userEvent.type(within(dialog).getByRole('searchbox'), 'los');
    await userEvent.click(within(dialog).getByRole('checkbox', { name: 'loss' }));
    await userEvent.keyboard('{Escape}{Escape}');
    expect(titles()).toContain('loss');
    await choose('Job', 'Hide');
    await choose('loss', 'Move left');
    await waitFor(() =>
      expect(titles()).toEqual([
        ...['Run', 'Star', 'State', 'Version', 'Creator', 'Created', 'loss', 'Duration'],
      ]),
    );
    await waitFor(() =>
      expect(JSON.parse(localStorage.getItem('slipway.run-tables') ?? '{}')).toMatchObject({
        tables: { 'project p1': { shown: expect.arrayContaining(['summary loss']) } },
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Reset layout' }));
    expect(titles()).not.toContain('loss');
  });

  it('are moved and made wider by keys on their titles', async () => {
    await show(fiveRuns());
    title('Star').focus();
    await userEvent.keyboard('{Control>}{ArrowRight}{/Control}');
    await waitFor(() => expect(titles().slice(0, 3)).toEqual(['Run', 'State', 'Star']));
    await waitFor(() => expect(title('Star')).toHaveFocus());
    await userEvent.keyboard('{ArrowLeft}{Shift>}{ArrowRight}{/Shift}');
    expect(useRunTables.getState().tables['project p1']?.widths).toHaveProperty('state');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(names()[0]).toBe('birch'));
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(row('birch')).toHaveFocus());
  });

  it('are moved by dragging a title', async () => {
    await show(fiveRuns());
    const data = new Map<string, string>();
    const dataTransfer = {
      setData: (type: string, value: string) => data.set(type, value),
      getData: (type: string) => data.get(type) ?? '',
      get types() {
        return [...data.keys()];
      },
    };
    fireEvent.dragStart(screen.getByRole('columnheader', { name: 'Duration' }), { dataTransfer });
    fireEvent.dragOver(screen.getByRole('columnheader', { name: 'Star' }), { dataTransfer });
    fireEvent.drop(screen.getByRole('columnheader', { name: 'Star' }), { dataTransfer });
    expect(titles().slice(0, 3)).toEqual(['Run', 'Duration', 'Star']);
  });
});

describe('the selection', () => {
  it('is made by clicks with Shift and Ctrl, and shows the inspector', async () => {
    await show(fiveRuns());
    await userEvent.click(row('birch'));
    expect(selected()).toEqual(['birch']);
    expect(screen.getByRole('complementary', { name: 'Run birch' })).toHaveTextContent(
      'exit code 1',
    );
    await userEvent.keyboard('{Shift>}');
    await userEvent.click(row('dogwood'));
    await userEvent.keyboard('{/Shift}');
    expect(selected()).toEqual(['birch', 'cedar', 'dogwood']);
    await userEvent.keyboard('{Control>}');
    await userEvent.click(row('cedar'));
    await userEvent.keyboard('{/Control}');
    expect(selected()).toEqual(['birch', 'dogwood']);
    expect(row('birch')).toHaveAttribute('aria-selected', 'true');
    const bar = screen.getByRole('toolbar', { name: 'Selected runs' });
    expect(bar).toHaveTextContent('2 selected');
    await userEvent.click(within(bar).getByRole('button', { name: /Compare/ }));
    expect(useUi.getState().history.at).toEqual({
      page: 'compare',
      runIds: ['run-1', 'run-3'],
    });
  });

  it('is made by keys, and left by Esc', async () => {
    await show(fiveRuns());
    row('ash').focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(selected()).toEqual(['birch']);
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(selected()).toEqual(['birch', 'cedar']);
    await userEvent.keyboard('{Control>}{ArrowDown}{/Control} ');
    expect(selected()).toEqual(['birch', 'cedar', 'dogwood']);
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(selected()).toEqual(NAMES);
    await userEvent.keyboard('{Escape}');
    expect(selected()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    expect(useUi.getState().history.at.page).toBe('run');
  });

  it('reaches over runs that were never read', async () => {
    await show(manyRuns(700));
    row('run 0').focus();
    await userEvent.keyboard(' {Shift>}{End}{/Shift}');
    scrollTo(690 * 32);
    await waitFor(() => expect(useRunSelection.getState().runs.size).toBe(700));
    await waitFor(() => expect(row('run 699')).toHaveFocus());
    expect(row('run 699')).toHaveAttribute('aria-rowindex', '701');
    expect(grid().querySelectorAll('[data-index]').length).toBeLessThan(60);
  });

  it('has a menu of its commands: tags are put on all', async () => {
    const fake = await show(fiveRuns());
    row('ash').focus();
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    fireEvent.contextMenu(row('birch'));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Tags…/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Tags of 2 runs' });
    await userEvent.type(within(dialog).getByLabelText('Add tags'), 'keep, old{Enter}');
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(fake.world.runs.map(({ tags }) => tags.join())).toEqual([
      'keep,old',
      'keep,old',
      '',
      '',
      '',
    ]);
  });

  it('is opened as a menu by the keyboard, on one run that was not selected', async () => {
    await show(fiveRuns());
    row('cedar').focus();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    expect(await screen.findByRole('menu', { name: 'Selected runs' })).toBeVisible();
    expect(selected()).toEqual(['cedar']);
    expect(screen.getByRole('menuitem', { name: /^Open/ })).toBeVisible();
    expect(screen.queryByRole('menuitem', { name: /Compare/ })).toBeNull();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(row('cedar')).toHaveFocus());
  });

  it('goes to the bin, with a way back', async () => {
    const fake = await show(fiveRuns());
    row('ash').focus();
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    const bar = screen.getByRole('toolbar', { name: 'Selected runs' });
    await userEvent.click(within(bar).getByRole('button', { name: /Move to bin/ }));
    await waitFor(() => expect(names()).toEqual(['cedar', 'dogwood', 'elm']));
    expect(selected()).toEqual([]);
    useUi.getState().notices.at(-1)?.undo?.();
    await waitFor(() => expect(names()).toEqual(NAMES));
    expect(fake.world.runs.every(({ binnedAt }) => binnedAt === null)).toBe(true);
  });
});

describe('a list that lives', () => {
  it('shows a changed run at once, and a new one in its place, with focus and selection kept', async () => {
    const fake = await show(fiveRuns());
    await userEvent.click(row('birch'));
    row('birch').focus();
    const stopped = { ...fake.world.runs[2]!, state: 'stopped' as const };
    fake.world.runs[2] = stopped;
    fake.pushChanges({ runs: [stopped] });
    await waitFor(() => expect(row('cedar')).toHaveTextContent('Stopped'));
    const fresh = makeRun({ id: 'run-new', name: 'fir', createdAt: 1_700_000_100_000 });
    fake.world.runs.unshift(fresh);
    fake.pushChanges({ runs: [fresh] });
    await waitFor(() => expect(names()).toEqual(['fir', ...NAMES]), { timeout: 3000 });
    expect(row('birch')).toHaveFocus();
    expect(row('birch')).toHaveAttribute('aria-rowindex', '4');
    expect(selected()).toEqual(['birch']);
  });

  it('keeps the old rows until the new ones are there, and takes the newest answer alone', async () => {
    const gates: (() => void)[] = [];
    const fake = await show(fiveRuns());
    const honest = runListHandlers(fake.world).queryRuns;
    fake.answer('queryRuns', async (query) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return { ok: true, value: honest(query) as never };
    });
    const field = screen.getByRole('searchbox', { name: 'Filter runs' });
    await userEvent.type(field, 'a');
    await userEvent.type(field, 'sh');
    expect(names()).toEqual(NAMES);
    expect(gates).toHaveLength(1);
    gates[0]!();
    await waitFor(() => expect(gates).toHaveLength(2));
    expect(names()).toEqual(NAMES);
    expect(lastQuery(fake).filter).toEqual({ text: 'ash' });
    gates[1]!();
    await waitFor(() => expect(names()).toEqual(['ash']));
  });

  it('keeps its rows when asking fails, says so, and tries again', async () => {
    const fake = await show(fiveRuns());
    const honest = runListHandlers(fake.world).queryRuns;
    const busy = { code: 'E_DB_BUSY', message: 'It is busy.', next: 'Close the other.' } as const;
    fake.answer('queryRuns', () => ({ ok: false, error: busy }));
    await userEvent.click(title('State'));
    expect(await screen.findByRole('alert')).toHaveTextContent('It is busy.');
    expect(names()).toEqual(NAMES);
    fake.answer('queryRuns', honest);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(names()[0]).toBe('birch'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('draws and holds only what is near of a hundred thousand runs', async () => {
    const fake = await show(fiveRuns(), (bridge) =>
      bridge.answer('queryRuns', ({ offset, limit }) => ({
        all: 100_000,
        total: 100_000,
        groups: null,
        runs: manyRuns(offset + limit).runs.slice(offset),
      })),
    );
    expect(grid()).toHaveAttribute('aria-rowcount', '100001');
    row('run 0').focus();
    await userEvent.keyboard('{PageDown}');
    scrollTo(2000 * 32);
    await waitFor(() => expect(row('run 2000')).toBeVisible());
    const asked = fake.calls.flatMap(({ name, input }) =>
      name === 'queryRuns' ? [(input as RunQuery).limit] : [],
    );
    expect(Math.max(...asked)).toBeLessThanOrEqual(500);
    expect(asked.length).toBeLessThan(8);
    expect(names().length).toBeLessThan(60);
  });
});

describe('a list without runs', () => {
  it('says what a run is', async () => {
    startWorld(emptyWorld());
    render(<RunsPage />);
    expect(await screen.findByRole('heading', { name: 'No runs yet' })).toBeVisible();
    expect(screen.queryByRole('searchbox')).toBeNull();
  });
});
