import assert from 'node:assert/strict';
import { dayNumber, offsetAt, zoneOffsets } from './zone-offsets.ts';

describe('the offsets of a zone', () => {
  it('are one for a zone without summer time', () => {
    assert.deepEqual(zoneOffsets('Asia/Shanghai', '2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z'), [
      { from: null, offset: 28_800 },
    ]);
  });

  it('change at the instants of summer time', () => {
    assert.deepEqual(zoneOffsets('Europe/Berlin', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'), [
      { from: null, offset: 3600 },
      { from: Date.parse('2026-03-29T01:00:00Z') / 1000, offset: 7200 },
      { from: Date.parse('2026-10-25T01:00:00Z') / 1000, offset: 3600 },
    ]);
    assert.deepEqual(
      ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'].map((at) => offsetAt('Europe/Berlin', at)),
      [3600, 7200],
    );
  });

  it('are refused for a zone that nobody knows', () => {
    assert.throws(() => offsetAt('Asia/Hexi', '2026-03-29T00:59:59Z'), RangeError);
  });
});

describe('the number of a day', () => {
  it('counts from 1970, and is null for what is no date', () => {
    assert.deepEqual(
      ['1970-01-01', '2026-10-01', '2026-02-29', '2026-13-01', '2026-1-1', 'today'].map(dayNumber),
      [0, 20_727, null, null, null, null],
    );
  });
});
