import assert from 'node:assert/strict';
import { localTimeText } from './local-times.ts';

describe('an instant on a terminal', () => {
  it('is the local date and time with the offset', () => {
    const print = (timeZone: string) => localTimeText('2031-06-30T16:05:59.999Z', timeZone);
    assert.deepEqual(['Asia/Shanghai', 'UTC', 'America/New_York', 'Asia/Kathmandu'].map(print), [
      '2031-07-01 00:05 +08:00',
      '2031-06-30 16:05 +00:00',
      '2031-06-30 12:05 -04:00',
      '2031-06-30 21:50 +05:45',
    ]);
  });
});
