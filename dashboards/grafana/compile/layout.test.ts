import assert from 'node:assert/strict';
import type { PanelDraft } from '../draft.ts';
import { placeRows } from './layout.ts';

const text = { zh: '甲', en: 'a' };
const panel = (width: number, height: number): PanelDraft => ({
  ...{ kind: 'stat', title: text, description: text, unit: 'none', queries: [], page: '/' },
  ...{ width, height },
});
const placesOf = (...rows: readonly (readonly PanelDraft[])[]) =>
  placeRows(rows.map((panels) => ({ title: text, panels }))).map(({ place, panels }) => [
    place.y,
    ...panels.map(({ place: { x, y, w, h } }) => `${x},${y} ${w}x${h}`),
  ]);

describe('the layout of a dashboard', () => {
  it('fills a line of 24 columns before it begins the next, below the highest panel of the line', () => {
    assert.deepEqual(placesOf([panel(6, 5), panel(18, 9), panel(8, 4), panel(17, 3)]), [
      [0, '0,1 6x5', '6,1 18x9', '0,10 8x4', '0,14 17x3'],
    ]);
  });

  it('sets the head of a row below everything before it', () => {
    assert.deepEqual(placesOf([panel(12, 5), panel(12, 7)], [panel(24, 3)], []), [
      [0, '0,1 12x5', '12,1 12x7'],
      [8, '0,9 24x3'],
      [12],
    ]);
  });
});
