import assert from 'node:assert/strict';
import { differencesOf } from './difference.ts';

describe('the difference between ours and what Grafana has', () => {
  it('is none where Grafana has added to an object', () => {
    assert.deepEqual(
      differencesOf({ a: 1, b: { c: [] } }, { id: 7, version: 3, a: 1, b: { c: [], d: 2 } }),
      [],
    );
  });

  it('names the place, what is there and what shall be', () => {
    const ours = { title: 'x', panels: [{ unit: 's' }, { targets: [{ expr: 'up' }] }], min: null };
    const there = { title: 'y', panels: [{ unit: 's' }, { targets: [{ expr: 'down' }] }] };
    assert.deepEqual(differencesOf(ours, there), [
      'title: "y" -> "x"',
      'panels[1].targets[0].expr: "down" -> "up"',
      'min: absent -> null',
    ]);
  });

  it('compares lists by their length first, and values of other kinds as they are', () => {
    assert.deepEqual(differencesOf({ tags: ['a', 'b'] }, { tags: ['a'] }), ['tags: 1 -> 2 entries']);
    assert.deepEqual(differencesOf({ tags: ['a'] }, { tags: 'a' }), ['tags: "a" -> ["a"]']);
    assert.deepEqual(differencesOf({ o: {} }, { o: [] }), ['o: [] -> {}']);
    assert.deepEqual(differencesOf({ o: {} }, { o: null }), ['o: null -> {}']);
  });

  it('shortens a long value', () => {
    const [line = ''] = differencesOf({ text: 'x'.repeat(500) }, { text: '' });
    assert.equal(line, `text: "" -> "${'x'.repeat(59)}…`);
  });
});
