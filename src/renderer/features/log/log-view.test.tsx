import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { LogReply, LogRequest } from '../../../shared/contract/log-stream.ts';
import { setBridge } from '../../bridge/client.ts';
import { createFakeBridge } from '../../testing/fake-bridge.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { VIEW } from '../../testing/setup.ts';
import type { LineRange } from './copy-lines.ts';
import { LogView } from './log-view.tsx';
import { useLogFeed } from './use-log-feed.ts';

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
  const say = (message: LogReply): void => act(() => reply(message));
  /** Answers every read, and those that follow from it, with lines that name themselves. */
  const serve = (textOf = (line: number) => `line ${line}`): void => {
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
      say({ type: 'lines', requestId: request.requestId, first: request.line, lines });
    }
  };
  const head = (lines: number, ended = false): void =>
    say({ type: 'head', view: 0, lines, bytes: lines * 10, ended });
  return { requests, say, serve, head };
}

let runs = 0;

function Log() {
  const [place] = useState(() => `run-${(runs += 1)}`);
  const feed = useLogFeed(place, 'run');
  const [selection, setSelection] = useState<LineRange | null>(null);
  if (!feed) return null;
  return (
    <LogView
      feed={feed}
      place={place}
      label="Log"
      streams
      selection={selection}
      onSelect={setSelection}
    />
  );
}

/** Gives the scroller the height of its content, which nothing computes in tests. */
function scrollTo(top: number): HTMLElement {
  const scroller = screen.getByRole('log');
  const height = Number.parseInt((scroller.firstElementChild as HTMLElement).style.height, 10);
  Object.defineProperty(scroller, 'scrollHeight', { value: height, configurable: true });
  scroller.scrollTop = top;
  fireEvent.scroll(scroller);
  return scroller;
}

const shownLines = (): number[] =>
  [...document.querySelectorAll('[data-line]')].map((row) => Number(row.getAttribute('data-line')));

describe('LogView', () => {
  it('asks for the end of a log and for no more than is shown', () => {
    const port = fakePort();
    render(<Log />);
    port.head(1_000_000);
    const reads = port.requests.filter((request) => request.type === 'read');
    expect(reads).toHaveLength(1);
    expect(reads[0]!.line + reads[0]!.count).toBe(1_000_000);
    expect(reads[0]!.count).toBeLessThanOrEqual(60);
    port.serve();
    expect(screen.getByText('line 999999')).toBeInTheDocument();
    expect(shownLines().length).toBeLessThan(60);
  });

  it('acknowledges a head only once its last lines are drawn', async () => {
    const port = fakePort();
    render(<Log />);
    port.head(100);
    expect(port.requests.some(({ type }) => type === 'ack')).toBe(false);
    port.serve();
    await waitFor(() => expect(port.requests.filter(({ type }) => type === 'ack')).toHaveLength(1));
  });

  it('stops following when the reader scrolls up, counts what is new, and follows again', async () => {
    const port = fakePort();
    render(<Log />);
    port.head(5_000);
    port.serve();
    scrollTo(1000);
    port.head(6_204);
    port.serve();
    const pill = screen.getByRole('button', { name: '1,204 new lines' });
    expect(shownLines()).toContain(1000 / 20);
    expect(shownLines()).not.toContain(6_203);
    await userEvent.click(pill);
    port.serve();
    expect(screen.queryByRole('button', { name: /new lines/ })).toBeNull();
    expect(shownLines()).toContain(6_203);
  });

  it('asks for the lines it comes to', () => {
    const port = fakePort();
    render(<Log />);
    port.head(5_000);
    port.serve();
    scrollTo(2_000 * 20);
    port.serve();
    expect(screen.getByText('line 2010')).toBeInTheDocument();
  });

  it('moves by keyboard', () => {
    const port = fakePort();
    render(<Log />);
    port.head(5_000);
    port.serve();
    const scroller = scrollTo(10_000);
    fireEvent.keyDown(scroller, { key: 'PageDown' });
    expect(scroller.scrollTop).toBe(10_000 + VIEW.height - 20);
    fireEvent.keyDown(scroller, { key: 'ArrowUp' });
    expect(scroller.scrollTop).toBe(10_000 + VIEW.height - 40);
    fireEvent.keyDown(scroller, { key: 'End' });
    port.serve();
    expect(shownLines()).toContain(4_999);
  });

  it('shows markup as text, folds progress bars and tells stderr', () => {
    const port = fakePort();
    render(<Log />);
    port.head(10);
    port.serve((n) => (n === 5 ? ' 1%\r 99% <img src=x>' : '\x1b[31mred\x1b[0m'));
    const text = screen.getByText('99% <img src=x>', { exact: false });
    expect(text.parentElement?.textContent).toBe(' 99% <img src=x>');
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getByText('6').title).toMatch(/stderr$/);
    expect(screen.getByText('7').title).not.toMatch(/stderr/);
    expect(screen.getAllByText('red')[0]?.style.color).toBe('var(--ansi-1)');
  });

  it('reads the last line again when it grew', () => {
    const port = fakePort();
    render(<Log />);
    port.say({ type: 'head', view: 0, lines: 3, bytes: 20, ended: false });
    port.serve((n) => `part ${n}`);
    expect(screen.getByText('part 2')).toBeInTheDocument();
    port.say({ type: 'head', view: 0, lines: 3, bytes: 29, ended: true });
    port.serve((n) => `whole ${n}`);
    expect(screen.getByText('whole 2')).toBeInTheDocument();
  });

  it('goes on after a read that failed', async () => {
    const port = fakePort();
    render(<Log />);
    port.head(10);
    const [first] = port.requests.filter((request) => request.type === 'read');
    port.say({ type: 'error', requestId: first!.requestId, message: 'too many open files' });
    await waitFor(() => expect(port.requests.some(({ type }) => type === 'ack')).toBe(true));
    port.head(20);
    port.serve();
    expect(screen.getByText('line 19')).toBeInTheDocument();
  });
});
