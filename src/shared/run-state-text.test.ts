import { expect, it } from 'vitest';
import { RUN_STATES } from './domain/run.ts';
import { runStateText } from './run-state-text.ts';

it.each(RUN_STATES)('%s, with an engine that answers, is all that is said', (state) => {
  expect(runStateText({ state, engineReachable: true })).toBe(state);
});

it.each([
  ['preparing', 'preparing (engine does not answer)'],
  ['building', 'building (engine does not answer)'],
  ['starting', 'starting (engine does not answer)'],
  ['running', 'running (engine does not answer)'],
  ['stopping', 'stopping (engine does not answer)'],
  // What it waits for is told with it; how it ended is known.
  ['queued', 'queued'],
  ['finished', 'finished'],
  ['crashed', 'crashed'],
] as const)('%s, while the engine does not answer, is told as %s', (state, text) => {
  expect(runStateText({ state, engineReachable: false })).toBe(text);
});
