import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { fine, type Check } from './checks/check.ts';
import { Doctor } from './doctor.ts';
import type { EngineChooser } from './engine-chooser.ts';

const signal = new AbortController().signal;
const chooser = {
  choice: async () => ({ kind: 'docker', because: 'it answers', engines: [] }),
} as unknown as EngineChooser;

const whole: Check = { id: 'whole', title: 'Whole', look: () => fine('whole') };
const broken: Check = {
  id: 'broken',
  title: 'Broken',
  look: () => {
    throw new AppError('E_DB_BUSY', 'It is locked.', { next: 'Unlock it.' });
  },
  mend: () => 'mended',
};

describe('the doctor', () => {
  it('tells of a check that fails as what it could not find out', async () => {
    const { checks } = await new Doctor(chooser, [broken, whole]).examine(signal);
    expect(checks).toEqual([
      {
        ...{ id: 'broken', title: 'Broken', status: 'warning', mend: null },
        ...{ text: 'cannot be told: It is locked.', fix: 'Unlock it.' },
      },
      { id: 'whole', title: 'Whole', status: 'ok', text: 'whole', fix: null, mend: null },
    ]);
  });

  it('mends what can be mended, and says what to do about anything else', async () => {
    const doctor = new Doctor(chooser, [broken, whole]);
    expect(await doctor.mend('broken', signal)).toBe('mended');
    for (const id of ['whole', 'nothing']) {
      await expect(doctor.mend(id, signal)).rejects.toMatchObject({
        ...{ code: 'E_NOT_FOUND', next: expect.stringMatching(/\.$/) },
      });
    }
  });
});
