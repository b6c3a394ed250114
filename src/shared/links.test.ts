import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLink, parseLink, type LinkTarget } from './links.ts';

const id = fc.stringMatching(/^[0-9a-z-]{1,64}$/);
const target: fc.Arbitrary<LinkTarget> = fc.oneof(
  fc.record({
    page: fc.constant('run' as const),
    runId: id,
    line: fc.option(fc.integer({ min: 0, max: 999_999_999 })),
  }),
  fc.record({ page: fc.constant('job' as const), jobId: id }),
  fc.record({ page: fc.constant('sweep' as const), sweepId: id }),
);

describe('links', () => {
  it('lead back to where they were made', () =>
    fc.assert(
      fc.property(target, (to) => {
        expect(parseLink(formatLink(to))).toEqual(to);
      }),
    ));

  it('count lines from 1', () =>
    expect(parseLink('slipway://run/a1/log/1')).toEqual({ page: 'run', runId: 'a1', line: 0 }));

  it.each([
    'https://run/a1',
    'slipway://run/',
    'slipway://run/A1',
    'slipway://run/a1/log/0',
    'slipway://run/a1/log/-1',
    'slipway://run/a1/log/1e3',
    'slipway://run/a1/../../etc',
    'slipway://job/a1/log/1',
    'slipway://run/a1?x=1',
    'slipway://run/a1#x',
    'slipway://user@run/a1',
    ' slipway://run/a1',
    'slipway://run/a1\n',
  ])('%j is none', (text) => expect(parseLink(text)).toBeNull());
});
