import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../testing/thrown-by.ts';
import { parseMoment } from './moment.ts';

const NOW = new Date(2026, 10, 22, 12, 6, 30, 250).getTime();
const local = (
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number => new Date(year, month, day, hour, minute, second).getTime();

describe('a time to start', () => {
  it.each([
    ['14:30', local(2026, 10, 22, 14, 30)],
    ['23:59:59', local(2026, 10, 22, 23, 59, 59)],
    ['+2h', NOW + 7_200_000],
    ['+1h30m', NOW + 5_400_000],
    ['+0.5s', NOW + 500],
    [' +2 days ', NOW + 172_800_000],
    ['2026-11-23', local(2026, 10, 23)],
    ['2026-11-23T08:05', local(2026, 10, 23, 8, 5)],
    ['2026-11-23 08:05:09', local(2026, 10, 23, 8, 5, 9)],
    ['2026-11-24T08:05Z', Date.UTC(2026, 10, 24, 8, 5)],
    ['2026-11-24T08:05:01+02:00', Date.UTC(2026, 10, 24, 6, 5, 1)],
    ['2028-02-29T00:00', local(2028, 1, 29)],
  ])('%s', (text, at) => {
    expect(parseMoment(text, NOW)).toBe(at);
  });

  it.each([
    ['', 'is not a time'],
    ['soon', 'is not a time'],
    ['24:00', 'is not a time'],
    ['12:60', 'is not a time'],
    ['+2', 'is not a time'],
    ['+', 'is not a time'],
    ['+2parsecs', 'is not a time'],
    ['-2h', 'is not a time'],
    ['2h', 'is not a time'],
    ['1763812800000', 'is not a time'],
    ['2026-02-30', 'is not a time'],
    ['2026-13-01', 'is not a time'],
    ['2026-11-23T25:00', 'is not a time'],
    ['2026-11-23T10:00+99:99', 'is not a time'],
    ['+0s', 'has passed'],
    ['12:06', 'has passed'],
    ['2026-11-22', 'has passed'],
    ['1999-12-31T23:59Z', 'has passed'],
  ])('"%s" %s', (text, message) => {
    expect(thrownBy(() => parseMoment(text, NOW))).toMatchObject({
      code: 'E_ARGS',
      message: expect.stringContaining(message) as string,
      next: expect.any(String) as string,
    });
  });

  it('of this morning is offered for tomorrow', () => {
    expect(thrownBy(() => parseMoment('8:15', NOW))).toMatchObject({
      next: expect.stringContaining('2026-11-23T08:15') as string,
    });
  });

  it('is read back from what a date is written as', () => {
    const times = fc.date({
      min: new Date(NOW + 1),
      max: new Date('2999-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (date) => {
        const whole = Math.ceil(date.getTime() / 1000) * 1000;
        expect(parseMoment(new Date(whole).toISOString(), NOW)).toBe(whole);
      }),
    );
  });

  it('is never in the past, whatever is written', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[+\d:T -]{1,20}$/));
    fc.assert(
      fc.property(texts, (text) => {
        const error = thrownBy(() => expect(parseMoment(text, NOW)).toBeGreaterThan(NOW));
        if (error !== null) expect(error).toMatchObject({ code: 'E_ARGS' });
      }),
    );
  });
});
