import { expect, it } from 'vitest';
import { linkIn } from './deep-links.ts';

it.each([
  ['none', ['electron', '/app', '--data-dir=/d'], null],
  ['one', ['electron', 'slipway://job/j1'], { page: 'job', jobId: 'j1' }],
  [
    'one among switches in any order',
    ['electron', '--no-sandbox', 'slipway://run/r1/log/5', '--data-dir=/d', '--inspect'],
    { page: 'run', runId: 'r1', line: 4 },
  ],
  ['the first of many', ['slipway://job/a', 'slipway://job/b'], { page: 'job', jobId: 'a' }],
  ['one that is a switch', ['--url=slipway://job/a'], null],
  ['one with more to it', ['slipway://job/a?run=1', 'slipway://job/a --flag'], null],
  ['what begins like one', ['slipway://settings', 'slipway:job/a', 'SLIPWAY://job/a'], null],
])('%s', (_what, argv, target) => {
  expect(linkIn(argv)).toEqual(target);
});
