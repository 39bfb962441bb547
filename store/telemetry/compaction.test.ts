import assert from 'node:assert/strict';
import { movesOf } from './compaction.ts';

const now = Date.parse('2026-04-01T10:20:30Z');
const at = (text: string) => Date.parse(text);

describe('what moves when readings age', () => {
  it('goes from raw to five minutes, to hours, and away, on whole hours', () => {
    assert.deepEqual(movesOf(now, { rawDays: 15, fiveMinuteDays: 90, hourDays: 800 }), [
      { from: 0, to: 300, before: at('2026-03-17T10:00:00Z') },
      { from: 300, to: 3600, before: at('2026-01-01T10:00:00Z') },
      { from: 3600, to: null, before: at('2024-01-22T10:00:00Z') },
    ]);
  });

  it('leaves out a level that is kept for no day, and empties what is left of it', () => {
    const moves = (fiveMinuteDays: number, hourDays: number) =>
      movesOf(now, { rawDays: 1, fiveMinuteDays, hourDays }).map(({ from, to, before }) => [
        from,
        to,
        Math.round((now - before) / 86_400_000),
      ]);
    assert.deepEqual(moves(0, 9), [
      [0, 3600, 1],
      [300, 3600, 1],
      [3600, null, 9],
    ]);
    assert.deepEqual(moves(9, 0), [
      [0, 300, 1],
      [300, null, 9],
      [3600, null, 9],
    ]);
    assert.deepEqual(moves(0, 0), [
      [0, null, 1],
      [300, null, 1],
      [3600, null, 1],
    ]);
  });
});
