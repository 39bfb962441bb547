import assert from 'node:assert/strict';
import type { AssetRow } from '../store/contract.ts';
import { localTimeText } from './local-times.ts';
import { assetsText } from './security-texts.ts';

const times = (instant: string) => localTimeText(instant, 'Asia/Shanghai');

describe('lists of the security register on a terminal', () => {
  const row = (subject: string): AssetRow => ({
    ...{ id: 'web', name: '门户', kind: 'host', owner: null, aliases: [], sendsLogs: false, subject },
    ...{ isListed: false, firstSeenAt: '2031-05-01T08:00:00.000Z', lastScanAt: null, lastLogAt: null },
    ...{ open: { critical: 2, high: 0, medium: 0, low: 0, info: 0 }, baseline: null },
  });

  it('name the subjects of their rows where there are several', () => {
    assert.doesNotMatch(assetsText({ total: 1, rows: [row('hexi')] }, 'zh', times), /评估对象|hexi/);
    const both = assetsText({ total: 3, rows: [row('hexi'), row('hexi/east')] }, 'zh', times);
    assert.match(both, /评估对象/);
    assert.match(both, /hexi\/east/);
    assert.match(both, /共 3 条，显示 2 条$/);
  });

  it('give days in the zone of the subject', () => {
    const late = { ...row('hexi'), lastScanAt: '2031-05-01T16:30:00.000Z' };
    assert.match(assetsText({ total: 1, rows: [late] }, 'zh', times), /│ 2031-05-02 +│ — +│/);
  });

  it('say that nothing matches only when nothing does', () => {
    assert.equal(assetsText({ total: 0, rows: [] }, 'zh', times), '没有符合条件的资产');
    assert.match(assetsText({ total: 7, rows: [] }, 'en', times), /0 of 7 are shown$/);
  });
});
