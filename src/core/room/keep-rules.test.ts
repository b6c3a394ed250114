import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enoughFor, type Found } from './found.ts';
import { KeepRules, UNUSED_DAYS } from './keep-rules.ts';
import type { EnvironmentUse, WantedVersion } from './room-facts.ts';

const DAY = 24 * 60 * 60_000;
const NOW = 1000 * DAY;
const LONG_AGO = NOW - (UNUSED_DAYS + 20) * DAY;

const use = (over: Partial<EnvironmentUse> = {}): EnvironmentUse => ({
  ...{ name: 'image', versionId: 'v', jobId: 'job', label: 'train v3', usedAt: LONG_AGO },
  ...{ isGoing: false, isStarred: false, seq: 1 },
  ...over,
});

const wanted = (why: WantedVersion['why']): WantedVersion[] => [{ id: 'v', why }];

test.each([
  ['nothing', [], [], false, 'no run uses it'],
  ['an old run of an old version', [use()], [], false, 'no run used it for 34 days'],
  ['a run of yesterday', [use({ usedAt: NOW - DAY })], [], true, 'used by train v3 within 14 days'],
  ['a starred run', [use({ isStarred: true })], [], true, 'used by a starred run of train v3'],
  ['a run that goes on', [use({ isGoing: true })], [], true, 'a run of train v3 uses it now'],
  ['the newest version', [use()], wanted('newest'), true, 'used by train v3, the newest version'],
  ['an alias', [use()], wanted('alias'), true, 'used by train v3, which has an alias'],
  [
    'one that waits',
    [use()],
    wanted('waiting'),
    true,
    'used by train v3, of which a run waits or goes on',
  ],
  [
    'what the newest version used before',
    [use(), use({ name: 'newer', seq: 2 })],
    wanted('newest'),
    false,
    'no run used it for 34 days',
  ],
  [
    'a clock that was set back',
    [use({ usedAt: NOW + 90 * DAY })],
    [],
    true,
    'used by train v3 within 14 days',
  ],
] as const)('what is used by %s', (_, uses, versions, keep, because) => {
  const rules = new KeepRules({ uses: [...uses], wanted: [...versions] }, NOW);
  expect(rules.of('image')).toMatchObject({ keep, because });
});

test('whatever may be launched or was starred finds what it ran in', () => {
  const uses = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      versionId: fc.constantFrom('v0', 'v1', 'v2'),
      isStarred: fc.boolean(),
      isGoing: fc.boolean(),
      usedAt: fc.integer({ min: 0, max: NOW }),
      seq: fc.nat(),
    }),
    { maxLength: 8 },
  );
  const versions = fc.subarray(['v0', 'v1', 'v2']);
  fc.assert(
    fc.property(uses, versions, (some, ids) => {
      const all = some.map((one, at) => use({ ...one, seq: one.seq * 10 + at }));
      const why = ids.map((id) => ({ id, why: 'newest' as const }));
      const rules = new KeepRules({ uses: all, wanted: why }, NOW);
      const last = ids.flatMap((id) => {
        const of = all.filter(({ versionId }) => versionId === id);
        return of.toSorted((a, b) => b.seq - a.seq)[0] ?? [];
      });
      for (const { name } of [
        ...last,
        ...all.filter(({ isStarred, isGoing }) => isStarred || isGoing),
      ]) {
        expect(rules.of(name).keep).toBe(true);
      }
    }),
  );
});

test('a budget takes the oldest first, no more than is needed, and never what stays', () => {
  const item = fc.record({ freeable: fc.nat(100), usedAt: fc.option(fc.nat(1000)) });
  fc.assert(
    fc.property(fc.array(item), fc.nat(2000), fc.nat(2000), (items, total, budget) => {
      const all = items.map((each, at): Found => ({
        ...{ kind: 'images', key: String(at), jobId: null, runId: null, name: '', because: '' },
        ...each,
        bytes: each.freeable,
      }));
      const chosen = enoughFor(all, total, budget);
      const freed = chosen.reduce((sum, { freeable }) => sum + freeable, 0);
      const everything = all.reduce((sum, { freeable }) => sum + freeable, 0);
      expect(chosen.every(({ freeable }) => freeable > 0)).toBe(true);
      expect(total - freed <= budget || freed === everything).toBe(true);
      const last = chosen.at(-1);
      if (last) expect(total - (freed - last.freeable)).toBeGreaterThan(budget);
      const left = all.filter((each) => each.freeable > 0 && !chosen.includes(each));
      for (const each of left) expect(each.usedAt ?? 0).toBeGreaterThanOrEqual(last?.usedAt ?? 0);
    }),
  );
});
