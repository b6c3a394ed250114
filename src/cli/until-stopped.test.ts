import { describe, expect, it } from 'vitest';
import type { RunState } from '../shared/domain/run.ts';
import { untilStopped } from './until-stopped.ts';

const NEVER = new AbortController().signal;

/** A run that is seen like this, one after another. */
function seen(...looks: [state: RunState, engineReachable: boolean][]) {
  const said: string[] = [];
  const rest = looks.map(([state, engineReachable]) => ({ state, engineReachable }));
  const look = () => (rest.length > 1 ? rest.shift()! : rest[0]!);
  return { said, parts: { look, say: (line: string) => void said.push(line) } };
}

describe('a run that is to stop', () => {
  it('is waited for without a word where its engine answers', async () => {
    const { said, parts } = seen(['running', true], ['stopping', true], ['stopped', true]);
    await untilStopped(parts, NEVER);
    expect(said).toEqual([]);
  });

  it('tells once of an engine that does not answer', async () => {
    const { said, parts } = seen(
      ...([
        ['running', true],
        ['stopping', false],
        ['stopping', true],
        ['stopping', false],
        ['stopped', true],
      ] as [RunState, boolean][]),
    );
    await untilStopped(parts, NEVER);
    expect(said.map((line) => line.split(';')[0])).toEqual([
      'The engine does not answer',
      expect.stringContaining('Ctrl-C'),
    ]);
  });

  it('ends when nobody wants to wait any longer', async () => {
    const leave = new AbortController();
    const { parts } = seen(['stopping', false]);
    const waiting = untilStopped(parts, leave.signal);
    leave.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});
