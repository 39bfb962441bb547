import assert from 'node:assert/strict';
import { endOfDay } from './period.ts';

describe('the end of a local day', () => {
  it('ends with the day in the zone, also where clocks change', () => {
    assert.equal(endOfDay('2026-12-31', 'Asia/Shanghai'), '2026-12-31T16:00:00Z');
    assert.equal(endOfDay('2026-11-01', 'America/New_York'), '2026-11-02T05:00:00Z');
    assert.equal(endOfDay('2028-02-29', 'UTC'), '2028-03-01T00:00:00Z');
  });

  it('is nothing for what is no day', () => {
    for (const text of ['', '2026-02-30', '2026-13-01', '31.12.2026', '2026-12-31T00:00', 'tomorrow'])
      assert.equal(endOfDay(text, 'UTC'), null, text);
  });
});
