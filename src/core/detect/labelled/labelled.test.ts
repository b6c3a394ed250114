import { expect, it } from 'vitest';
import { detectCase, labelledCases, score, sum, type Score } from './cases.ts';

const NEEDED = 0.95;

async function scored(holdout: boolean): Promise<Score> {
  const cases = labelledCases().filter((each) => each.holdout === holdout);
  const scores = cases.map(async (each) => score(each, (await detectCase(each)).parameters));
  return sum(await Promise.all(scores));
}

const share = (part: number, whole: number): string => (part / whole).toFixed(3);

const summary = (all: Score): string =>
  [
    `labels ${all.labels}, found ${all.found}`,
    `precision ${share(all.right, all.found)}, recall ${share(all.right, all.labels)}`,
    `types ${share(all.rightTypes, all.right)}, defaults ${share(all.rightDefaults, all.defaults)}`,
    ...all.faults.map((fault) => `  ${fault}`),
  ].join('\n');

it('ships enough labelled scripts', () => {
  const cases = labelledCases();
  expect(cases.length).toBeGreaterThanOrEqual(25);
  expect(cases.flatMap(({ labels }) => labels).length).toBeGreaterThanOrEqual(150);
  expect(cases.filter(({ holdout }) => holdout).length).toBeGreaterThanOrEqual(8);
});

it.each([
  { name: 'the scripts it was made with', holdout: false },
  { name: 'scripts held out', holdout: true },
])('finds the parameters of $name', async ({ name, holdout }) => {
  const all = await scored(holdout);
  process.stdout.write(`${name}: ${summary(all)}\n`);
  expect(all.right / all.found).toBeGreaterThanOrEqual(NEEDED);
  expect(all.right / all.labels).toBeGreaterThanOrEqual(NEEDED);
  expect(all.rightTypes / all.right).toBeGreaterThanOrEqual(0.9);
  expect(all.rightDefaults / all.defaults).toBeGreaterThanOrEqual(0.9);
});
