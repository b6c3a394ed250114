import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyScore } from './fuzzy.ts';

const best = (typed: string, texts: string[]): string | undefined =>
  texts
    .map((text) => ({ text, score: fuzzyScore(text, typed) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => b.score! - a.score!)[0]?.text;

describe('fuzzyScore', () => {
  const titles = [
    'New job from a folder…',
    'New job from a git repository…',
    'Go to Jobs',
    'Go to Runs',
    'Stop run',
    'Settings: Notifications',
    'train-resnet-50',
  ];

  it.each([
    ['jobs', 'Go to Jobs'],
    ['git', 'New job from a git repository…'],
    ['njg', 'New job from a git repository…'],
    ['run stop', 'Stop run'],
    ['notif', 'Settings: Notifications'],
    ['resnet', 'train-resnet-50'],
    ['tr50', 'train-resnet-50'],
    ['GO TO RUNS', 'Go to Runs'],
  ])('%s means %s', (typed, title) => expect(best(typed, titles)).toBe(title));

  it.each(['xyz', 'jobz', 'settings job', 'gggg'])('%s means nothing', (typed) =>
    expect(best(typed, titles)).toBeUndefined(),
  );

  it('finds every text by itself and by any part of it, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (text, from, length) => {
        const part = text.slice(from % (text.length + 1)).slice(0, length);
        expect(fuzzyScore(text, part)).not.toBeNull();
      }),
    );
  });

  it('takes any two texts without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, typed) => {
        const score = fuzzyScore(text, typed);
        expect(score === null || Number.isFinite(score)).toBe(true);
      }),
    );
  });
});
