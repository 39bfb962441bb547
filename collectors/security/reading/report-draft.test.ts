import assert from 'node:assert/strict';
import type { ScannedFinding } from '../../contract.ts';
import { ReportDraft } from './report-draft.ts';

const finding = (given: Partial<ScannedFinding>): ScannedFinding => ({
  ...{ rule: 'R1', asset: 'quay', title: 'First', severity: 'low', cvss: null, places: [], url: null },
  ...given,
});
const finish = (draft: ReportDraft) =>
  draft.finish({ format: 'sarif', scanner: ' Tide\u202eLint\n', scannerVersion: '', producedAt: null });

describe('a report while it is read', () => {
  it('makes one finding of a rule and asset: the worst of all, every place', () => {
    const draft = new ReportDraft('r');
    draft.addFinding(finding({ places: ['b', 'a'], cvss: 3.1 }), '1');
    draft.addFinding(finding({ title: 'Second', severity: 'high', places: ['a\u0000c', 'a'] }), '2');
    draft.addFinding(finding({ severity: 'medium', cvss: 7.7, url: 'https://quay.example/a' }), '3');
    const { findings, scanner, scannerVersion } = finish(draft);
    assert.deepEqual(findings, [
      {
        ...{ rule: 'R1', asset: 'quay', title: 'First', severity: 'high', cvss: 7.7 },
        ...{ url: 'https://quay.example/a', places: ['a', 'a c', 'b'] },
      },
    ]);
    assert.deepEqual([scanner, scannerVersion], ['tide lint', null]);
  });

  it('counts places beyond the hundredth, cuts texts, and never cuts a name', () => {
    const draft = new ReportDraft('r');
    const places = Array.from({ length: 107 }, (_, i) => `p${String(i).padStart(3, '0')}`);
    draft.addFinding(finding({ places, title: `${'x'.repeat(298)}\u{1f30a}yy` }), '1');
    draft.attempt(() => draft.addFinding(finding({ rule: 'x'.repeat(301) }), 'line 9'));
    draft.attempt(() => draft.addFinding(finding({ asset: ' \n' }), 'line 10'));
    const { findings, skipped } = finish(draft);
    assert.deepEqual(findings[0]?.places.slice(-2), ['p099', '(+7)']);
    assert.equal(findings[0]?.title, `${'x'.repeat(298)}…`);
    assert.deepEqual(
      skipped.examples.map(({ place, reason }) => `${place} ${reason.en}`),
      ['line 9 has a name of more than 300 characters', 'line 10 has an empty name'],
    );
  });

  it('keeps addresses of the web alone', () => {
    const urls = [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://a:b@c.example/',
      'http://c.example',
      'no',
    ];
    const kept = urls.map((url, i) => {
      const draft = new ReportDraft('r');
      draft.addFinding(finding({ url, rule: String(i) }), '1');
      return finish(draft).findings[0]?.url;
    });
    assert.deepEqual(kept, [null, null, null, 'http://c.example/', null]);
  });

  it('is the same whatever the order of its entries', () => {
    const [a, b] = [
      [1, 2, 3],
      [3, 1, 2],
    ].map((order) => {
      const draft = new ReportDraft('r');
      for (const n of order) draft.addFinding(finding({ rule: `R${n}` }), '1');
      for (const n of order) draft.addAsset({ id: `a${n}`, kind: null, aliases: [`b${n}`, `a${n}`] }, '1');
      return finish(draft);
    });
    assert.deepEqual(a, b);
    assert.deepEqual(a?.assets[0], { id: 'a1', kind: null, aliases: ['b1'] });
  });

  it('tells twenty skipped entries and counts all', () => {
    const draft = new ReportDraft('r');
    for (let i = 0; i < 33; i += 1) draft.skip(`line ${i}`, { zh: '无', en: 'no' });
    const { skipped } = finish(draft);
    assert.deepEqual([skipped.count, skipped.examples.length], [33, 20]);
  });
});
