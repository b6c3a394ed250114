import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { useStore } from 'zustand';
import type { LogLine } from '../../../shared/contract/log-stream.ts';
import type { FakeLog } from '../../testing/fake-log.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { LogPane } from './log-pane.tsx';
import type { LogSession } from './log-session.ts';
import { useLogSession } from './use-log-session.ts';

const step = (number: number): LogLine => ({
  ...{ text: `step ${number}`, stream: 1, number, at: 0, continues: false },
});

const failsAt = (at: number, lines: number): FakeLog => ({
  ...{ lines, ended: false },
  line: (index) => (index === at ? { ...step(index), text: 'ValueError: no' } : step(index)),
});

function Failing({ session }: { session: LogSession }) {
  return <output>Failing: {useStore(session.state, ({ failing }) => failing)}</output>;
}

function Log({ runId }: { runId: string }) {
  const session = useLogSession(runId, 'run');
  if (!session) return null;
  return (
    <>
      <LogPane session={session} runId={runId} kind="run" label="Log" startedAt={0} />
      <Failing session={session} />
      <button onClick={() => void session.findFailure()}>It failed</button>
    </>
  );
}

let runs = 0;

async function fail(log: FakeLog): Promise<void> {
  const runId = `failed-${(runs += 1)}`;
  startWorld(emptyWorld(), (bridge) => bridge.logs.set(runId, log));
  render(<Log runId={runId} />);
  await waitFor(() => expect(row(log.lines - 1)).not.toBeNull());
  await userEvent.click(screen.getByRole('button', { name: 'It failed' }));
}

const row = (index: number) => document.querySelector<HTMLElement>(`[data-line="${index}"]`);

describe('the failing line of a log that grows', () => {
  it.each([
    ['is no longer in sight', 395],
    ['was printed after the first look', 430],
  ])('is gone to when the log has ended and it %s', async (_, at) => {
    const log = failsAt(at, 400);
    await fail(log);
    if (at < 400) await waitFor(() => expect(row(at)?.className).toMatch(/failing/));
    Object.assign(log, { lines: 500 });
    await waitFor(() => expect(row(499)).not.toBeNull());
    expect(row(at)).toBeNull();
    Object.assign(log, { ended: true });
    await waitFor(() => expect(row(at)?.className).toMatch(/failing/));
  });

  it('is marked and no more where the reader went elsewhere', async () => {
    const log = failsAt(395, 400);
    await fail(log);
    await waitFor(() => expect(row(395)?.className).toMatch(/failing/));
    const field = screen.getByRole('searchbox', { name: 'Find in log' });
    fireEvent.change(field, { target: { value: 'step 77' } });
    expect(await screen.findByText('1 line')).toBeVisible();
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(row(77)).not.toBeNull());
    Object.assign(log, failsAt(430, 500), { ended: true });
    expect(await screen.findByText('Failing: 430')).toBeInTheDocument();
    expect(row(77)).not.toBeNull();
  });
});
