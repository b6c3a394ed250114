import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseUse } from './parse-use.ts';

const STAT = 'S 1 41 40 0 -1 4194304 10 0 0 0 100 20 3 4 20 0 1 0 98765 1 2';

it('what a process uses is read whatever it is called', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 15 }), (name) => {
      const status = 'Name:\tx\nVmHWM:\t  99 kB\nVmRSS:\t  12 kB\n';
      const io = 'rchar: 1\nread_bytes: 7\nwrite_bytes: 8\ncancelled_write_bytes: 0\n';
      expect(parseUse(`42 (${name}) ${STAT}`, status, io)).toEqual({
        ...{ group: 41, session: 40, ticks: 127, memoryBytes: 12 * 1024 },
        ...{ diskRead: 7, diskWritten: 8 },
      });
    }),
  );
});

it('what is not told is not known', () => {
  expect(parseUse(`42 (x) ${STAT}`, '', '')).toMatchObject({ memoryBytes: 0, diskRead: null });
  expect(parseUse('', '', '')).toBeNull();
  expect(parseUse(`42 (x) ${STAT.replace('S', 'Z')}`, '', '')).toBeNull();
});
