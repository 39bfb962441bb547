import assert from 'node:assert/strict';
import { editedBy } from './history.ts';

describe('the history of a dashboard', () => {
  it('tells who saved the newest version by hand, in both shapes of Grafana’s answer', () => {
    const byHand = { version: 3, message: '', createdBy: 'li.na' };
    const ours = { version: 2, message: 'citygauge 0.1.0 dashboards push', createdBy: 'sa-citygauge' };
    assert.equal(editedBy([byHand, ours]), 'li.na');
    assert.equal(editedBy({ continueToken: '', versions: [byHand] }), 'li.na');
    assert.equal(editedBy([{ version: 3, message: 'Restored from version 1' }]), 'somebody');
    assert.equal(editedBy([ours, byHand]), null);
  });

  it('tells nobody where there is no telling', () => {
    for (const answer of [[], {}, null, 'x', [{ message: 7 }]]) assert.equal(editedBy(answer), null);
  });
});
