import { describe, expect, it } from 'vitest';
import { damageQuestion } from './damage-question.ts';

const error = {
  code: 'E_DB_DAMAGED' as const,
  message: '/d/slipway.db is damaged or is not a Slipway database.',
  detail: 'file is not a database',
};
const backup = { file: '/d/backups/x', takenAt: 7, bytes: 1, kind: 'daily' as const };
const time = (ms: number) => `day ${ms}`;

describe('damageQuestion', () => {
  it('offers the newest backup first', () => {
    const { box, answers } = damageQuestion(error, backup, time);
    expect(box.buttons).toEqual(['Restore the backup of day 7', 'Begin empty', 'Quit']);
    expect(answers).toEqual(['restore', 'empty', 'quit']);
    expect(answers[box.defaultId!]).toBe('restore');
    expect(answers[box.cancelId!]).toBe('quit');
    expect(box.detail).toContain('the damaged file is kept');
    expect(box.detail).toContain('file is not a database');
  });

  it('says that there is none, and begins nothing by itself', () => {
    const { box, answers } = damageQuestion(error, null, time);
    expect(answers).toEqual(['empty', 'quit']);
    expect(answers[box.defaultId!]).toBe('quit');
    expect(box.detail).toContain('There is no backup');
  });
});
