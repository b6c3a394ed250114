import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGivenToRuns, wandbEnvironment, type WandbFacts } from './wandb-environment.ts';

const FACTS: WandbFacts = {
  runId: 'ab12cd34',
  runName: 'brisk-1',
  projectName: 'proj',
  jobName: 'train',
  config: {},
  git: null,
  hasSecrets: false,
};

test('what every run gets', () => {
  expect(wandbEnvironment(FACTS, {})).toEqual({
    WANDB_MODE: 'offline',
    WANDB_LAUNCH: 'True',
    WANDB_ENTITY: 'local',
    WANDB_PROJECT: 'proj',
    WANDB_RUN_ID: 'ab12cd34',
    WANDB_NAME: 'brisk-1',
    WANDB_JOB_NAME: 'train',
  });
});

test('what every run gets is known before there is one', () => {
  const given = Object.keys(wandbEnvironment({ ...FACTS, config: { a: 1 } }, {}));
  expect(given.filter((name) => !isGivenToRuns(name))).toEqual([]);
  expect(['WANDB_API_KEY', 'DATA_ROOT'].some(isGivenToRuns)).toBe(false);
});

test('no copy of what is printed, where there are secrets', () => {
  expect(wandbEnvironment({ ...FACTS, hasSecrets: true }, {})).toMatchObject({
    WANDB_CONSOLE: 'off',
  });
});

test('git facts when they are known', () => {
  const git = { remote: 'https://host.example/x.git', commit: 'c0ffee' };
  expect(wandbEnvironment({ ...FACTS, git }, {})).toMatchObject({
    WANDB_GIT_REMOTE_URL: git.remote,
    WANDB_GIT_COMMIT: git.commit,
  });
});

test('what the person gives is theirs to decide', () => {
  const given = { WANDB_MODE: 'online', WANDB_CONFIG: '{}', WANDB_NAME: 'mine' };
  const made = wandbEnvironment({ ...FACTS, config: { lr: 1 } }, given);
  for (const name of Object.keys(given)) expect(made).not.toHaveProperty(name);
  expect(made).toHaveProperty('WANDB_PROJECT');
});

test('a name of a project that the SDK would refuse', () => {
  expect(wandbEnvironment({ ...FACTS, projectName: 'a/b:c#d' }, {})['WANDB_PROJECT']).toBe(
    'a-b-c-d',
  );
});

describe('the config', () => {
  const configOf = (made: Record<string, string>): string =>
    made['WANDB_CONFIG'] ??
    Object.keys(made)
      .filter((name) => name.startsWith('WANDB_CONFIG_'))
      .map((_name, at) => made[`WANDB_CONFIG_${at}`] ?? '')
      .join('');

  const text = (length: number) => ({ t: 'x'.repeat(length - '{"t":""}'.length) });

  test.each([
    [32_670, 1],
    [32_671, 2],
    [65_340, 2],
    [65_341, 3],
  ])('of %i characters is in %i variables', (length, count) => {
    const made = wandbEnvironment({ ...FACTS, config: text(length) }, {});
    const names = Object.keys(made).filter((name) => name.startsWith('WANDB_CONFIG'));
    expect(names).toHaveLength(count);
    expect(names.includes('WANDB_CONFIG')).toBe(count === 1);
    expect(configOf(made)).toBe(JSON.stringify(text(length)));
  });

  test('every piece is UTF-8 of its own, and within what a variable can hold', () => {
    const pieces = fc.string({
      unit: fc.constantFrom('a', 'é', '漢', '😀'),
      minLength: 20_000,
      maxLength: 70_000,
    });
    fc.assert(
      fc.property(pieces, (value) => {
        const made = wandbEnvironment({ ...FACTS, config: { value } }, {});
        expect(configOf(made)).toBe(JSON.stringify({ value }));
        for (const each of Object.values(made)) {
          expect(each.isWellFormed()).toBe(true);
          expect(Buffer.byteLength(each)).toBeLessThan(128 * 1024 - 20);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('an empty one is left away', () => {
    expect(wandbEnvironment(FACTS, {})).not.toHaveProperty('WANDB_CONFIG');
  });
});
