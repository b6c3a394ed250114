import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { LogReply, LogRequest } from '../../../shared/contract/log-stream.ts';
import { setBridge } from '../../bridge/client.ts';
import { createFakeBridge } from '../../testing/fake-bridge.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { VIEW } from '../../testing/setup.ts';
import { LogPane } from './log-pane.tsx';
import { useLogSession } from './use-log-session.ts';

/** A port the test plays the part of main on. */
function fakePort() {
  const requests: LogRequest[] = [];
  const answered = new Set<number>();
  let reply: (message: LogReply) => void = () => undefined;
  setBridge({
    ...createFakeBridge(emptyWorld()),
    openLog(_runId, _kind, onReply) {
      reply = onReply;
      return { send: (request) => requests.push(request), close: () => undefined };
    },
  });
  const say = (message: LogReply): Promise<void> => act(async () => reply(message));
  /** Answers every read, and those that follow from it, with lines that name themselves. */
  const serve = async (textOf = (line: number) => `line ${line}`): Promise<void> => {
    for (let at = 0; at < requests.length; at += 1) {
      const request = requests[at];
      if (request?.type !== 'read' || answered.has(request.requestId)) continue;
      answered.add(request.requestId);
      const lines = Array.from({ length: request.count }, (_, n) => ({
        text: textOf(request.line + n),
        number: request.line + n,
        stream: (request.line + n) % 10 === 5 ? 2 : 1,
        at: 0,
        continues: false,
      }));
      await say({ type: 'lines', requestId: request.requestId, first: request.line, lines });
    }
  };
  const head = (lines: number, ended = false): Promise<void> => {
    const view = requests.findLast(({ type }) => type === 'view');
    const number = view?.type === 'view' ? view.view : 0;
    const settled = Math.max(0, lines - 1);
    return say({ type: 'head', view: number, lines, settled, bytes: lines * 10, ended });
  };
  return { requests, say, serve, head };
}

let runs = 0;

function Log({ runId }: { runId: string }) {
  const session = useLogSession(runId, 'run');
  if (!session) return null;
  return <LogPane session={session} runId={runId} kind="run" label="Log" startedAt={0} />;
}

const renderLog = () => render(<Log runId={`run-${(runs += 1)}`} />);

/** Gives the scroller the height of its content, which nothing computes in tests. */
async function scrollTo(top: number): Promise<HTMLElement> {
  const scroller = screen.getByRole('log');
  const height = Number.parseInt((scroller.firstElementChild as HTMLElement).style.height, 10);
  Object.defineProperty(scroller, 'scrollHeight', { value: height, configurable: true });
  scroller.scrollTop = top;
  await act(async () => fireEvent.scroll(scroller));
  return scroller;
}

const shownLines = (): number[] =>
  [...document.querySelectorAll('[data-line]')].map((row) => Number(row.getAttribute('data-line')));

describe('LogView', () => {
  it('asks for the end of a log and for no more than is shown', async () => {
    const port = fakePort();
    renderLog();
    await port.head(1_000_000);
    const reads = port.requests.filter((request) => request.type === 'read');
    expect(reads).toHaveLength(1);
    expect(reads[0]!.line + reads[0]!.count).toBe(1_000_000);
    expect(reads[0]!.count).toBeLessThanOrEqual(60);
    await port.serve();
    expect(screen.getByText('line 999999')).toBeInTheDocument();
    expect(shownLines().length).toBeLessThan(60);
  });

  it('acknowledges a head only once its last lines are drawn', async () => {
    const port = fakePort();
    renderLog();
    await port.head(100);
    expect(port.requests.some(({ type }) => type === 'ack')).toBe(false);
    await port.serve();
    await waitFor(() => expect(port.requests.filter(({ type }) => type === 'ack')).toHaveLength(1));
  });

  it('passes over the head of a view that is not wanted any more', async () => {
    const port = fakePort();
    renderLog();
    await port.say({ type: 'head', view: 0, lines: 7, settled: 6, bytes: 70, ended: false });
    expect(port.requests.filter(({ type }) => type === 'ack')).toHaveLength(1);
    expect(port.requests.filter(({ type }) => type === 'read')).toHaveLength(0);
    await port.head(9);
    await port.serve();
    expect(screen.getByText('line 8')).toBeInTheDocument();
  });

  it('stops following when the reader scrolls up, counts what is new, and follows again', async () => {
    const port = fakePort();
    renderLog();
    await port.head(5_000);
    await port.serve();
    await scrollTo(1000);
    await port.head(6_204);
    await port.serve();
    const pill = screen.getByRole('button', { name: '1,204 new lines' });
    expect(shownLines()).toContain(1000 / 20);
    expect(shownLines()).not.toContain(6_203);
    await userEvent.click(pill);
    await port.serve();
    expect(screen.queryByRole('button', { name: /new lines/ })).toBeNull();
    expect(shownLines()).toContain(6_203);
  });

  it('asks for the lines it comes to', async () => {
    const port = fakePort();
    renderLog();
    await port.head(5_000);
    await port.serve();
    await scrollTo(2_000 * 20);
    await port.serve();
    expect(screen.getByText('line 2010')).toBeInTheDocument();
  });

  it('moves by keyboard', async () => {
    const port = fakePort();
    renderLog();
    await port.head(5_000);
    await port.serve();
    const scroller = await scrollTo(10_000);
    fireEvent.keyDown(scroller, { key: 'PageDown' });
    expect(scroller.scrollTop).toBe(10_000 + VIEW.height - 20);
    fireEvent.keyDown(scroller, { key: 'ArrowUp' });
    expect(scroller.scrollTop).toBe(10_000 + VIEW.height - 40);
    fireEvent.keyDown(scroller, { key: 'End', ctrlKey: true });
    await port.serve();
    expect(shownLines()).toContain(4_999);
  });

  it('shows markup as text, folds progress bars and tells stderr', async () => {
    const port = fakePort();
    renderLog();
    await port.head(10);
    await port.serve((n) => (n === 5 ? ' 1%\r 99% <img src=x>' : '\x1b[31mred\x1b[0m'));
    const text = screen.getByText('99% <img src=x>', { exact: false });
    expect(text.textContent).toBe(' 99% <img src=x>');
    expect(document.querySelector('img')).toBeNull();
    for (const number of ['6', '7']) fireEvent.pointerMove(screen.getByText(number));
    expect(screen.getByText('6').title).toMatch(/stderr$/);
    expect(screen.getByText('7').title).not.toMatch(/stderr/);
    expect(screen.getAllByText('red')[0]?.style.color).toBe('var(--ansi-1)');
  });

  it('reads the last line again when it grew', async () => {
    const port = fakePort();
    renderLog();
    await port.head(3);
    await port.serve((n) => `part ${n}`);
    expect(screen.getByText('part 2')).toBeInTheDocument();
    const { view } = port.requests.find((request) => request.type === 'view')!;
    await port.say({ type: 'head', view, lines: 3, settled: 2, bytes: 39, ended: true });
    await port.serve((n) => `whole ${n}`);
    expect(screen.getByText('whole 2')).toBeInTheDocument();
  });

  it('reads lines that were written over again, also where the reader has stopped', async () => {
    const port = fakePort();
    renderLog();
    await port.head(1000);
    await port.serve((n) => `before ${n}`);
    await scrollTo(18_000);
    await port.serve((n) => `before ${n}`);
    const { view } = port.requests.find((request) => request.type === 'view')!;
    await port.say({ type: 'head', view, lines: 1000, settled: 905, bytes: 20_000, ended: false });
    await port.serve((n) => `settled ${n}`);
    await port.say({ type: 'head', view, lines: 1000, settled: 1000, bytes: 30_000, ended: true });
    const shown = (): string[] =>
      [...document.querySelectorAll('[data-line]')].map((row) => row.textContent ?? '');
    expect(shown().some((text) => text.includes('before 910'))).toBe(true);
    await port.serve((n) => `after ${n}`);
    expect(shown().some((text) => text.includes('after 910'))).toBe(true);
    expect(shown().some((text) => text.includes('before 900'))).toBe(true);
  });

  it('goes on after a read that failed', async () => {
    const port = fakePort();
    renderLog();
    await port.head(10);
    const [first] = port.requests.filter((request) => request.type === 'read');
    await port.say({ type: 'error', requestId: first!.requestId, message: 'too many open files' });
    await waitFor(() => expect(port.requests.some(({ type }) => type === 'ack')).toBe(true));
    await port.head(20);
    await port.serve();
    expect(screen.getByText('line 19')).toBeInTheDocument();
  });
});
