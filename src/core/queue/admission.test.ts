import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admit,
  freeCpus,
  freeMemory,
  type Going,
  type Machine,
  type Need,
  type Needs,
} from './admission.ts';

const GIB = 1024 ** 3;

const asked = (memoryGib: number | null, cpus: number | null = null): Needs => ({
  memory: memoryGib === null ? null : { amount: memoryGib * GIB, isLearned: false },
  cpus: cpus === null ? null : { amount: cpus, isLearned: false },
});
const learned = (memoryGib: number, cpus: number): Needs => ({
  memory: { amount: memoryGib * GIB, isLearned: true },
  cpus: { amount: cpus, isLearned: true },
});
const machine = (memoryGib: number, availableGib: number | null, cpus = 8): Machine => ({
  memoryBytes: memoryGib * GIB,
  availableBytes: availableGib === null ? null : availableGib * GIB,
  cpus,
});
const going = (needs: Needs, isNew = false): Going => ({ needs, isNew });

describe('admit', () => {
  it.each<[string, Needs, Machine, Going[], string]>([
    ['nothing known', asked(null), machine(24, 0), [], 'fits'],
    ['room', asked(8, 2), machine(24, 20), [], 'fits'],
    ['taken by others', asked(8), machine(24, 3.1), [], 'needs 8 GiB, 3.1 GiB free now'],
    [
      'promised to ours',
      asked(8),
      machine(24, 23),
      [going(asked(20))],
      'needs 8 GiB, 4 GiB free now',
    ],
    [
      'not taken yet by ours',
      asked(8),
      machine(24, 12),
      [going(asked(5), true)],
      'needs 8 GiB, 7 GiB free now',
    ],
    ['nobody says what is available', asked(8), machine(24, null), [going(asked(10))], 'fits'],
    ['never', asked(64), machine(24, 24), [], 'can never fit: asks for 64 GiB, machine has 24 GiB'],
    [
      'never by processors',
      asked(1, 16),
      machine(24, 24),
      [],
      'can never fit: asks for 16 CPUs, machine has 8',
    ],
    [
      'processors',
      asked(null, 4),
      machine(24, 24),
      [going(asked(null, 5.5))],
      'needs 4 CPUs, 2.5 free now',
    ],
    ['tenths', asked(null, 0.3), machine(24, 24, 1), [going(asked(null, 0.7))], 'fits'],
    [
      'learned, beside others',
      learned(8, 1),
      machine(24, 3),
      [going(asked(null))],
      'needs 8 GiB, 3 GiB free now',
    ],
    ['learned, alone', learned(8, 1), machine(24, 3), [], 'fits'],
    ['learned on a larger machine', learned(64, 32), machine(24, 3), [], 'fits'],
  ])('%s', (_what, needs, of, those, expected) => {
    const found = admit(needs, of, those);
    expect(found.is === 'fits' ? 'fits' : found.reason.text).toBe(expected);
  });

  const amount = fc.option(fc.double({ min: 0.01, max: 40, noNaN: true }));
  const anyNeeds = fc
    .record({ memory: amount, cpus: amount, isLearned: fc.boolean() })
    .map(({ memory, cpus, isLearned }): Needs => ({
      memory: memory === null ? null : { amount: memory * GIB, isLearned },
      cpus: cpus === null ? null : { amount: cpus, isLearned },
    }));

  it('never promises more than there is, and leaves nobody waiting for ever', () => {
    fc.assert(
      fc.property(fc.array(anyNeeds, { maxLength: 30 }), fc.nat(), (waiting, seed) => {
        const of = machine(24, null, 8);
        const queue = [...waiting];
        const runs: Going[] = [];
        let started = 0;
        let left = 0;
        for (let turn = 0; queue.length > 0; turn++) {
          const found = admit(queue[0]!, of, runs);
          if (found.is === 'waits') {
            // Something of ours is in its way, and ends at some time.
            expect(runs.length).toBeGreaterThan(0);
            runs.splice((seed + turn) % runs.length, 1);
            continue;
          }
          const [needs] = queue.splice(0, 1);
          if (found.is === 'never') left += 1;
          else {
            runs.push(going(needs!, true));
            started += 1;
          }
          expect(isPromised(runs, of)).toBe(true);
        }
        expect(started + left).toBe(waiting.length);
      }),
    );
  });
});

function isPromised(runs: Going[], of: Machine): boolean {
  const memory = runs.flatMap(({ needs }) => needs.memory ?? []);
  const cpus = runs.flatMap(({ needs }) => needs.cpus ?? []);
  return fits(memory, of.memoryBytes) && fits(cpus, of.cpus + 1e-6);
}

/** What was learned is no promise: such a run may take all that there is and more, as the only one. */
function fits(needs: Need[], total: number): boolean {
  if (needs.length === 1 && needs[0]!.isLearned) return true;
  return needs.reduce((sum, { amount }) => sum + amount, 0) <= total;
}

it('has nothing free where more was promised than there is', () => {
  const those = [going(asked(30, 12), true)];
  expect([freeMemory(machine(24, 1), those), freeCpus(machine(24, 1), those)]).toEqual([0, 0]);
});
