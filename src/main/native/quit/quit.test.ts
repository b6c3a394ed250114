import type { MessageBoxOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/domain/settings.ts';
import { quitQuestion, type Unfinished } from './quit-question.ts';
import { Quit, type QuitParts } from './quit.ts';
import { goingRun } from '../testing.ts';

const GOING: Unfinished = { going: [goingRun()], waiting: 0 };

function quitOn(
  unfinished: Unfinished,
  press: string,
  more: { quitWithRuns?: Settings['quitWithRuns']; checkboxChecked?: boolean } = {},
) {
  const { quitWithRuns = 'ask', checkboxChecked = false } = more;
  const ask = vi.fn(async (box: MessageBoxOptions, signal: AbortSignal) => {
    if (press !== 'nothing') return { response: box.buttons!.indexOf(press), checkboxChecked };
    const { promise, resolve } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => resolve());
    await promise;
    return { response: box.cancelId!, checkboxChecked: false };
  });
  const parts = {
    unfinished: () => unfinished,
    settings: () => ({ ...DEFAULT_SETTINGS, quitWithRuns }),
    remember: vi.fn(),
    ask,
    stopAll: vi.fn<QuitParts['stopAll']>(async () => true),
  };
  return { quit: new Quit(parts), ...parts };
}

describe('quitQuestion', () => {
  it('asks nothing when nothing goes on', () => {
    expect(quitQuestion({ going: [], waiting: 0 })).toBeNull();
  });

  it('keeps runs by default, and cancels with Esc', () => {
    const { box, answers } = quitQuestion(GOING)!;
    expect(box.message).toBe('The run "amber-comet-204" is going.');
    expect(box.buttons).toEqual(['Keep running', 'Stop it', 'Cancel']);
    expect([answers[box.defaultId!], answers[box.cancelId!]]).toEqual(['keep', 'cancel']);
  });

  it('says what becomes of runs that are prepared and of those that wait', () => {
    const going = [goingRun(), goingRun({ state: 'building' }), goingRun({ state: 'queued' })];
    const { box } = quitQuestion({ going, waiting: 2 })!;
    expect(box.message).toBe('3 runs are going.');
    expect(box.detail).toContain('A run kept running goes on without Slipway');
    expect(box.detail).toContain('2 runs are still being prepared: that does not go on');
    expect(box.detail).toContain('2 runs that wait are started when Slipway is next opened');
  });

  it('has nothing to stop when runs only wait', () => {
    const { box, answers } = quitQuestion({ going: [], waiting: 1 })!;
    expect(box.message).toBe('1 run waits to be started.');
    expect(answers).toEqual(['keep', 'cancel']);
  });
});

describe('Quit', () => {
  it.each([
    ['Keep running', true, 0],
    ['Stop it', true, 1],
    ['Cancel', false, 0],
  ])('%s', async (press, mayQuit, stops) => {
    const { quit, stopAll } = quitOn(GOING, press);
    expect(await quit.mayQuit()).toBe(mayQuit);
    expect(stopAll).toHaveBeenCalledTimes(stops);
    if (stops > 0) expect(stopAll.mock.calls[0]![0]).toEqual(['run-1']);
  });

  it('stays when the person would rather not wait for the ends', async () => {
    const { quit, stopAll } = quitOn(GOING, 'Stop it');
    stopAll.mockResolvedValue(false);
    expect(await quit.mayQuit()).toBe(false);
  });

  it.each([
    ['Keep running', true, ['keep']],
    ['Stop it', true, ['stop']],
    ['Cancel', true, null],
    ['Keep running', false, null],
  ])('%s, not to be asked again: %j', async (press, checkboxChecked, kept) => {
    const { quit, remember } = quitOn(GOING, press, { checkboxChecked });
    await quit.mayQuit();
    expect(remember.mock.calls).toEqual(kept ? [kept] : []);
  });

  it('does not ask who said before what is wanted', async () => {
    const keep = quitOn(GOING, '', { quitWithRuns: 'keep' });
    const stop = quitOn(GOING, '', { quitWithRuns: 'stop' });
    expect([await keep.quit.mayQuit(), await stop.quit.mayQuit()]).toEqual([true, true]);
    expect([keep.ask.mock.calls, stop.ask.mock.calls]).toEqual([[], []]);
    expect([keep.stopAll, stop.stopAll].map((each) => each.mock.calls.length)).toEqual([0, 1]);
  });

  it('asks nothing when the session ends, and keeps runs', async () => {
    const { quit, ask, stopAll } = quitOn(GOING, 'Stop it', { quitWithRuns: 'stop' });
    quit.beQuiet();
    expect(await quit.mayQuit()).toBe(true);
    expect([ask.mock.calls, stopAll.mock.calls]).toEqual([[], []]);
  });

  it('takes the question back when the session ends meanwhile, and keeps runs', async () => {
    const { quit, stopAll } = quitOn(GOING, 'nothing');
    const mayQuit = quit.mayQuit();
    quit.beQuiet();
    expect(await mayQuit).toBe(true);
    expect(stopAll).not.toHaveBeenCalled();
  });
});
