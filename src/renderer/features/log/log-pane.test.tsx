import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../commands/registry.ts';
import { useShortcuts } from '../../commands/shortcuts.ts';
import { useUi } from '../../stores/ui.ts';
import { useLogPrefs } from '../../stores/log-prefs.ts';
import type { FakeLog } from '../../testing/fake-log.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { LogPane } from './log-pane.tsx';
import { useLogSession } from './use-log-session.ts';

const START = new Date('2026-06-11T14:00:00').getTime();

/** 500 lines a second apart: every tenth on stderr, every hundredth a warning. */
const training: FakeLog = {
  lines: 500,
  ended: true,
  line: (index) => ({
    text: index % 100 === 7 ? `\x1b[33mWarning\x1b[0m: step ${index} (slow)` : `step ${index}`,
    stream: index % 10 === 5 ? 2 : 1,
    number: index,
    at: START + index * 1000,
    continues: false,
  }),
};

function Log({ runId, line, failed }: { runId: string; line: number | null; failed: boolean }) {
  useShortcuts();
  const session = useLogSession(runId, 'run', line);
  if (!session) return null;
  return (
    <>
      <LogPane session={session} runId={runId} kind="run" label="Log" startedAt={START} />
      {failed && <button onClick={() => void session.findFailure()}>It failed</button>}
    </>
  );
}

let runs = 0;

async function open(
  log: FakeLog = training,
  line: number | null = null,
  runId = `r-${(runs += 1)}`,
) {
  const fake = startWorld(emptyWorld(), (bridge) => bridge.logs.set(runId, log));
  const view = render(<Log runId={runId} line={line} failed />);
  await waitFor(() => expect(document.querySelector('[data-line] span:last-child')).not.toBeNull());
  return { fake, runId, ...view };
}

const row = (index: number) => document.querySelector<HTMLElement>(`[data-line="${index}"]`);
const scroller = () => screen.getByRole('log');
const field = () => screen.getByRole('searchbox', { name: 'Find in log' });
const lookFor = (text: string) => fireEvent.change(field(), { target: { value: text } });
const press = (key: string, shiftKey = false) => fireEvent.keyDown(field(), { key, shiftKey });
const copied = vi.fn(async (_text: string) => undefined);

function watchClipboard(): void {
  copied.mockClear();
  Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: copied },
    configurable: true,
  });
}

afterEach(() => useLogPrefs.setState({ times: 'off', folded: true }));

describe('looking for text', () => {
  it('counts the lines, marks what matches, and goes from one to the next and back', async () => {
    await open();
    fireEvent.keyDown(window, { key: 'f', ctrlKey: true });
    expect(field()).toHaveFocus();
    lookFor('warning');
    expect(await screen.findByText('5 lines')).toBeVisible();
    press('Enter');
    expect(await screen.findByText('1 of 5')).toBeVisible();
    await waitFor(() => expect(row(7)?.querySelector('mark')).toHaveTextContent('Warning'));
    press('Enter', true);
    expect(screen.getByText('5 of 5')).toBeVisible();
    await waitFor(() => expect(row(407)?.className).toMatch(/current/));
    fireEvent.keyDown(window, { key: 'F3' });
    expect(screen.getByText('1 of 5')).toBeVisible();
    expect(screen.getByText(/^Match 1 of 5, line 8: Warning: step 7/)).toBeInTheDocument();
  });

  it('matches case and expressions when asked to, and says what is wrong with one', async () => {
    await open();
    lookFor('warning');
    await screen.findByText('5 lines');
    await userEvent.click(screen.getByRole('button', { name: 'Match case' }));
    expect(await screen.findByText('None')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Regular expression' }));
    lookFor('step 12[0-2]$');
    expect(await screen.findByText('3 lines')).toBeVisible();
    lookFor('step 12(');
    expect(await screen.findByRole('alert')).toHaveTextContent('Unterminated group');
    expect(field()).toHaveAttribute('aria-invalid', 'true');
  });

  it('takes plain text as it is, and marks it across colours', async () => {
    await open();
    lookFor('ning: step 7 (');
    expect(await screen.findByText('1 line')).toBeVisible();
    press('Enter');
    await waitFor(() =>
      expect([...row(7)!.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
        'ning',
        ': step 7 (',
      ]),
    );
  });

  it('shows only what matches, with lines around it', async () => {
    await open();
    lookFor('warning');
    await screen.findByText('5 lines');
    await userEvent.click(screen.getByRole('button', { name: 'Show only lines that match' }));
    await waitFor(() => expect(document.querySelectorAll('[data-line]')).toHaveLength(25));
    const around = screen.getByLabelText('Lines around each match');
    fireEvent.change(around, { target: { value: '0' } });
    await waitFor(() =>
      expect([...document.querySelectorAll('[data-line]')].map((line) => line.textContent)).toEqual(
        [7, 107, 207, 307, 407].map((n) => `${n + 1}Warning: step ${n} (slow)`),
      ),
    );
  });

  it('is left with Esc, which gives the focus back to the log', async () => {
    await open();
    lookFor('warning');
    press('Escape');
    expect(field()).toHaveValue('');
    expect(scroller()).toHaveFocus();
    expect(document.querySelector('mark')).toBeNull();
  });
});

describe('what is shown', () => {
  it('is one stream alone, with the numbers of the whole log', async () => {
    await open();
    await userEvent.click(screen.getByRole('radio', { name: 'stderr' }));
    await waitFor(() => expect(row(49)).toHaveTextContent('496step 495'));
    expect(row(50)).toBeNull();
  });

  it('stands beside its time: of the clock, since the start, or none', async () => {
    await open();
    act(() => COMMANDS.logTimes.run());
    const clock = within(row(499)!).getByText('14:08:19');
    fireEvent.pointerMove(clock);
    expect(clock).toHaveAttribute('title', '2026-06-11 14:08:19.000');
    act(() => COMMANDS.logTimes.run());
    expect(within(row(499)!).getByText('8:19.0')).toBeVisible();
    act(() => COMMANDS.logTimes.run());
    expect(row(499)).toHaveTextContent('500step 499');
  });

  it('is every state of a progress bar when bars are not folded', async () => {
    const bar = { ...training, lines: 1, line: () => ({ ...training.line(0), text: ' 1%\r 99%' }) };
    await open(bar);
    expect(row(0)).toHaveTextContent('1 99%');
    act(() => COMMANDS.foldLog.run());
    await waitFor(() => expect(row(0)).toHaveTextContent('1 1%␍ 99%'));
  });

  it('goes to a time that is asked for', async () => {
    await open();
    act(() => COMMANDS.jumpToTime.run());
    const dialog = await screen.findByRole('dialog', { name: 'Go to a time' });
    const box = within(dialog).getByRole('textbox');
    fireEvent.change(box, { target: { value: 'soon' } });
    fireEvent.submit(box);
    expect(within(dialog).getByRole('alert')).toHaveTextContent('A time of day such as 14:00:00');
    fireEvent.change(box, { target: { value: '+2m' } });
    fireEvent.submit(box);
    await waitFor(() => expect(row(120)).toHaveTextContent('121step 120'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(row(499)).toBeNull();
  });
});

describe('a line', () => {
  it('is opened by its link, and marked', async () => {
    await open(training, 41);
    await waitFor(() => expect(row(41)?.className).toMatch(/linked/));
    expect(row(41)).toHaveTextContent('42step 41');
    expect(row(499)).toBeNull();
  });

  it('that is not there is said so', async () => {
    await open(training, 9_999);
    expect(await screen.findByText(/Line 10000 is not in this log/)).toBeVisible();
    await waitFor(() => expect(row(499)).not.toBeNull());
  });

  it('that is not there leads to the end of the log that is open, too', async () => {
    const { rerender, runId } = await open(training, 41);
    await waitFor(() => expect(row(41)).not.toBeNull());
    rerender(<Log runId={runId} line={9_999} failed={false} />);
    expect(await screen.findByText(/Line 10000 is not in this log/)).toBeVisible();
    await waitFor(() => expect(row(499)).not.toBeNull());
  });

  it('gives its link from the menu of its number', async () => {
    watchClipboard();
    const { runId } = await open();
    fireEvent.contextMenu(row(490)!);
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Copy link to line' }));
    await waitFor(() => expect(copied).toHaveBeenCalledWith(`slipway://run/${runId}/log/491`));
  });

  it('that failed is marked and gone to', async () => {
    const failing: FakeLog = {
      ...training,
      line: (index) =>
        index === 100 ? { ...training.line(index), text: 'ValueError: no' } : training.line(index),
    };
    await open(failing);
    expect(screen.queryByRole('button', { name: 'Go to the failing line' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'It failed' }));
    await waitFor(() => expect(row(100)?.className).toMatch(/failing/));
    expect(within(row(100)!).getByLabelText('The failing line')).toBeInTheDocument();
    fireEvent.keyDown(scroller(), { key: 'End' });
    await waitFor(() => expect(row(100)).toBeNull());
    await userEvent.click(screen.getByRole('button', { name: 'Go to the failing line' }));
    await waitFor(() => expect(row(100)).not.toBeNull());
  });
});

describe('choosing and copying', () => {
  it('takes whole lines by their numbers, and by keys', async () => {
    watchClipboard();
    await open();
    fireEvent.pointerDown(row(490)!.firstElementChild!, { button: 0 });
    fireEvent.pointerUp(document);
    fireEvent.keyDown(scroller(), { key: 'ArrowDown', shiftKey: true });
    fireEvent.keyDown(scroller(), { key: 'c', ctrlKey: true });
    await waitFor(() => expect(copied).toHaveBeenCalledWith('step 490\nstep 491\n'));
    fireEvent.keyDown(scroller(), { key: 'Escape' });
    expect(row(490)?.className).not.toMatch(/selected/);
  });

  it('takes all of it, as shown', async () => {
    watchClipboard();
    await open();
    fireEvent.keyDown(scroller(), { key: 'a', ctrlKey: true });
    fireEvent.keyDown(scroller(), { key: 'c', ctrlKey: true });
    await waitFor(() => expect(copied).toHaveBeenCalledOnce());
    const [text] = copied.mock.calls[0]!;
    expect(text.split('\n')).toHaveLength(501);
    expect(text).toContain('\nWarning: step 107 (slow)\n');
  });

  it('offers to save what is too large for the clipboard', async () => {
    watchClipboard();
    const { fake } = await open({ ...training, lines: 60_000 });
    fireEvent.keyDown(scroller(), { key: 'a', ctrlKey: true });
    fireEvent.keyDown(scroller(), { key: 'c', ctrlKey: true });
    const note = await screen.findByText(/60,000 lines are too many for the clipboard/);
    await userEvent.click(within(note.parentElement!).getByRole('button', { name: 'Save…' }));
    expect(fake.calls.findLast(({ name }) => name === 'saveLog')?.input).toMatchObject({
      kind: 'run',
      streams: null,
      plain: false,
    });
    expect(copied).not.toHaveBeenCalled();
    expect(useUi.getState().notices.at(-1)?.text).toMatch(/Saved/);
  });

  it('copies what is marked without numbers and times', async () => {
    await open();
    act(() => COMMANDS.logTimes.run());
    const range = document.createRange();
    range.setStart(row(497)!.lastElementChild!.firstChild!, 2);
    range.setEnd(row(499)!.lastElementChild!.firstChild!, 4);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    const data = new Map<string, string>();
    fireEvent.copy(row(498)!, {
      clipboardData: { setData: (type: string, text: string) => data.set(type, text) },
    });
    expect(data.get('text/plain')).toBe('ep 497\nstep 498\nstep');
  });
});

describe('coming back', () => {
  it('finds the log where it was left', async () => {
    const { runId, unmount } = await open(training, 100);
    await waitFor(() => expect(row(100)).not.toBeNull());
    unmount();
    await open(training, null, runId);
    await waitFor(() => expect(row(100)).toHaveTextContent('101step 100'));
    expect(row(499)).toBeNull();
  });
});
