import assert from 'node:assert/strict';
import type { ScannedAlarm } from '../../collectors/contract.ts';
import { freshSubject, type SuiteStore, subject } from './fixtures.ts';
import { asset, day, found, importReport, report } from './security-fixtures.ts';

function alarm(from: string, to: string, count: number, other: Partial<ScannedAlarm> = {}): ScannedAlarm {
  const what = { signature: '1:2024897', title: 'Suspicious login', severity: 'high' as const };
  return { ...what, asset: '10.1.2.3', firstAt: from, lastAt: to, count, ...other };
}

const stream = (alarms: readonly ScannedAlarm[]) =>
  report(null, [], { format: 'eve', scanner: 'suricata', alarms });
const nine = (minute: number) => day(9, `09:${String(minute).padStart(2, '0')}:00.000`);

/** Alarms and their judgement, suppressions, and the tables that reports and pages are made from. */
export function describeSecurityAlarms(suite: SuiteStore): void {
  describe('security register, alarms', () => {
    const list = async (city: string, at = day(20)) =>
      (await suite.store.security.alarms({ subjects: [city], at, offset: 0, limit: 9 })).rows;
    const read = (city: string, alarms: readonly ScannedAlarm[], fileName: string) =>
      importReport(suite.store, city, stream(alarms), { fileName });

    it('of a day are one, whose count grows with a file and adds up over files', async () => {
      const city = await freshSubject(suite.store);
      const counts = async () => (await list(city)).map(({ count }) => count);
      assert.equal((await read(city, [alarm(nine(0), nine(10), 4)], 'eve.json')).alarms, 1);
      assert.equal((await read(city, [alarm(nine(0), nine(30), 9)], 'eve.json')).alarms, 0);
      assert.deepEqual(await counts(), [9]);
      await read(city, [alarm(nine(5), nine(10), 2)], 'eve.json');
      assert.deepEqual(await counts(), [9]);
      await read(city, [alarm(nine(31), nine(40), 3)], 'eve.json');
      assert.deepEqual(await counts(), [12]);
      await read(city, [alarm(nine(0), nine(40), 5)], 'sensor-2/eve.json');
      assert.deepEqual(await counts(), [17]);
      await read(
        city,
        [alarm(day(10), day(10), 1), alarm(nine(0), nine(1), 1, { signature: '1:7' })],
        'eve.json',
      );
      assert.deepEqual(
        (await list(city)).map(({ signature, firstAt, lastAt }) => [signature, firstAt, lastAt]),
        [
          ['1:2024897', day(10), day(10)],
          ['1:2024897', nine(0), nine(40)],
          ['1:7', nine(0), nine(1)],
        ],
      );
    });

    it('grow worse as their number does, and not better again', async () => {
      const city = await freshSubject(suite.store);
      const severities = async () => (await list(city)).map(({ severity }) => severity);
      for (const [count, severity, expected] of [
        [9, 'info', 'info'],
        [140, 'medium', 'medium'],
        [12, 'low', 'medium'],
      ] as const) {
        await read(city, [alarm(nine(0), nine(count % 60), count, { severity })], 'auth.log');
        assert.deepEqual(await severities(), [expected]);
      }
    });

    it('are judged, the latest judgement counting, and make no zero of what was never raised', async () => {
      const city = await freshSubject(suite.store);
      const { security } = suite.store;
      const figures = async (at: string) => (await security.figures({ subjects: [city], at })).alarms;
      assert.equal(await figures(day(20)), null);
      await read(
        city,
        [alarm(nine(0), nine(1), 2), alarm(nine(0), nine(1), 2, { signature: '1:8' })],
        'a.json',
      );
      const [first] = await list(city);
      const judgement = { verdict: 'dismissed' as const, by: '赵六', reason: '演练', at: day(10) };
      await security.judgeAlarm(first?.id ?? 0, judgement);
      await security.judgeAlarm(first?.id ?? 0, { ...judgement, verdict: 'confirmed', at: day(12) });
      assert.equal(await figures(day(9, '08:59:59.999')), null);
      assert.deepEqual(await figures(day(9, '09:00:00.000')), { raised: 2, confirmed: 0, dismissed: 0 });
      assert.deepEqual(await figures(day(11)), { raised: 2, confirmed: 0, dismissed: 1 });
      assert.deepEqual(await figures(day(12)), { raised: 2, confirmed: 1, dismissed: 0 });
      assert.deepEqual((await list(city, day(11)))[0]?.judgement, judgement);
      const open = await security.alarms({
        subjects: [city],
        at: day(20),
        isJudged: false,
        offset: 0,
        limit: 9,
      });
      assert.deepEqual([open.total, open.rows[0]?.signature], [1, '1:8']);
      for (const unknown of [999_999, 99_999_999_999, 0, -1, 1.5]) {
        await assert.rejects(security.judgeAlarm(unknown, judgement), {
          name: 'InputError',
          message: `there is no alarm ${unknown}: see citygauge alarm list`,
        });
      }
      await assert.rejects(security.judgeAlarm(first?.id ?? 0, { ...judgement, reason: ' ' }), {
        message: /needs reason/,
      });
    });

    it('follow their asset to its name in the inventory', async () => {
      const city = await freshSubject(suite.store);
      await read(city, [alarm(nine(0), nine(1), 2), alarm(nine(0), nine(2), 3, { asset: 'web' })], 'a.json');
      await suite.store.security.putAssets(city, [asset('web', { aliases: ['10.1.2.3'] })], day(9));
      assert.deepEqual(
        (await list(city)).map((each) => [each.asset, each.count]),
        [['web', 5]],
      );
      await read(city, [alarm(day(10), day(10), 1)], 'b.json');
      assert.deepEqual(
        (await list(city)).map((each) => [each.asset, each.count]),
        [
          ['web', 1],
          ['web', 5],
        ],
      );
    });
  });

  describe('security register, suppressions and figures', () => {
    it('hide findings of a subject and those below it from their beginning to their end', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const office = `${city}/office`;
      await store.subjects.put([subject(office, city)]);
      const findings = [
        found('CVE-1', 'web'),
        found('CVE-1', 'mail'),
        found('CVE-2', 'web', { severity: 'low' }),
      ];
      await importReport(store, office, report(day(1), ['web', 'mail'], { findings }));
      const order = { subject: city, rule: 'CVE-1', asset: null, reason: '补丁窗口在下月', by: '王五' };
      const made = await store.security.suppress({ ...order, at: day(3), expiresAt: day(9) });
      assert.deepEqual(made, {
        ...order,
        id: made.id,
        at: day(3),
        expiresAt: day(9),
        ended: null,
        findings: 2,
      });
      const one = await store.security.suppress({ ...order, asset: 'WEB', at: day(12), expiresAt: day(20) });
      assert.equal(one.findings, 1);
      await store.security.endSuppression(one.id, '李四', day(14));
      const at = async (instant: string) => {
        const { open, suppressed } = await store.security.figures({ subjects: [office], at: instant });
        return [open?.high, suppressed?.high];
      };
      const instants = [day(2), day(3), day(9), day(13), day(14)];
      const expected = [
        [2, 0],
        [0, 2],
        [2, 0],
        [1, 1],
        [2, 0],
      ];
      assert.deepEqual(await Promise.all(instants.map(at)), expected);
      const trend = await store.security.trend([office], instants);
      assert.deepEqual(
        trend.map(({ open }) => open?.high),
        expected.map(([open]) => open),
      );
      const listed = await store.security.suppressions({ subjects: [office], at: day(15) });
      assert.deepEqual(
        listed.map(({ ended, findings: hidden }) => [ended, hidden]),
        [
          [{ by: '李四', at: day(14) }, 0],
          [null, 0],
        ],
      );
      const refused = [{ reason: ' ' }, { by: '' }, { rule: '' }, { expiresAt: day(3) }];
      for (const wrong of refused) {
        const bad = { ...order, at: day(3), expiresAt: day(9), ...wrong };
        await assert.rejects(store.security.suppress(bad), { name: 'InputError' });
      }
      for (const gone of [one.id, 99_999_999_999])
        await assert.rejects(store.security.endSuppression(gone, '李四', day(15)), { name: 'InputError' });
    });

    it('hide what PostgreSQL can hold of any text, a NUL and half a surrogate pair too', async () => {
      const { security } = suite.store;
      const city = await freshSubject(suite.store);
      const findings = [found('CVE\u0000-1', 'we\ud800b')];
      await importReport(suite.store, city, report(day(1), ['we\ud800b'], { findings }));
      const made = await security.suppress({
        ...{
          subject: city,
          rule: 'CVE\u0000-1',
          asset: 'we\ud800b\u0000',
          reason: 'a\u0000b',
          by: '\udc00王五',
        },
        ...{ at: day(3), expiresAt: day(9) },
      });
      assert.deepEqual([made.findings, made.reason, made.by], [1, 'a\ufffdb', '\ufffd王五']);
      const filter = { subjects: [city], at: day(4), offset: 0, limit: 9 };
      assert.equal((await security.findings({ ...filter, rule: 'CVE\u0000-1' })).total, 1);
      assert.equal(await security.finding(99_999_999_999), null);
    });

    it('count open findings by severity and age, by asset and by rule', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      await store.security.putAssets(city, [asset('web', { owner: '信息中心' })], day(1));
      const at = '2031-08-30T08:00:00.000Z';
      const seen = [
        ['2031-05-31T08:00:00.000Z', [found('R-91', 'web', { severity: 'critical' })]],
        ['2031-06-01T08:00:00.000Z', [found('R-90', 'web')]],
        ['2031-08-22T08:00:00.000Z', [found('R-8', 'web'), found('R-8', 'db', { title: 'Weak cipher' })]],
        ['2031-08-23T08:00:00.000Z', [found('R-7', 'db', { severity: 'info' })]],
      ] as const;
      for (const [instant, findings] of seen)
        await importReport(store, city, report(instant, [], { findings }), { importedAt: at });
      await store.security.suppress({
        ...{ subject: city, rule: 'R-7', asset: 'db', reason: 'r', by: 'b' },
        ...{ at: '2031-08-24T00:00:00.000Z', expiresAt: '2031-09-01T00:00:00.000Z' },
      });
      const exposure = await store.security.exposure({ subjects: [city], at, limit: 2 });
      const ages = (week: number, month: number, quarter: number, more: number) => ({
        '7': week,
        '30': month,
        '90': quarter,
        more,
      });
      assert.deepEqual(exposure.bySeverity, [
        { severity: 'critical', ages: ages(0, 0, 0, 1), suppressed: 0 },
        { severity: 'high', ages: ages(0, 2, 1, 0), suppressed: 0 },
        { severity: 'medium', ages: ages(0, 0, 0, 0), suppressed: 0 },
        { severity: 'low', ages: ages(0, 0, 0, 0), suppressed: 0 },
        { severity: 'info', ages: ages(0, 0, 0, 0), suppressed: 1 },
      ]);
      const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
      assert.deepEqual(exposure.byAsset, [
        { asset: 'web', owner: '信息中心', open: { ...none, critical: 1, high: 2 } },
        { asset: 'db', owner: null, open: { ...none, high: 1 } },
      ]);
      assert.deepEqual(exposure.byRule, [
        { rule: 'R-8', title: 'Title of R-8', severity: 'high', assets: 2 },
        { rule: 'R-91', title: 'Title of R-91', severity: 'critical', assets: 1 },
      ]);
      const figures = await store.security.figures({ subjects: [city], at });
      assert.deepEqual(figures.oldestAgeDays, { ...none, critical: 91, high: 90 });
      const excerpt = await store.security.excerpt({ subjects: [city], at, limit: 2 });
      assert.deepEqual(
        [excerpt?.findings.map(({ rule, owner }) => [rule, owner]), excerpt?.omitted, excerpt?.figures],
        [
          [
            ['R-91', '信息中心'],
            ['R-90', '信息中心'],
          ],
          2,
          figures,
        ],
      );
      assert.deepEqual(
        excerpt?.suppressions.map(({ rule, findings }) => [rule, findings]),
        [['R-7', 1]],
      );
      const search = await store.security.findings({
        subjects: [city],
        at,
        search: 'weak CIPHER',
        offset: 0,
        limit: 9,
      });
      assert.deepEqual(
        search.rows.map(({ asset: id }) => id),
        ['db'],
      );
    });

    it('are absent, not zero, while nobody has scanned', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      assert.deepEqual(await store.security.figures({ subjects: [city], at: day(20) }), {
        ...{ open: null, suppressed: null, oldestAgeDays: null, assets: null, baselines: [] },
        ...{ logSources: null, alarms: null, scanners: [] },
      });
      assert.equal(await store.security.excerpt({ subjects: [city], at: day(20), limit: 9 }), null);
      assert.equal(await store.security.finding(999_999), null);
    });

    it('are absent while scanners only asked which hosts are up, not zero', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const request = { subjects: [city], at: day(20) };
      const hosts = report(day(2), ['10.1.0.9'], { format: 'nmap', scanner: 'nmap-discovery' });
      await importReport(store, city, hosts);
      const { open, assets, scanners } = await store.security.figures(request);
      assert.deepEqual(
        { open, assets, scanners },
        { open: null, assets: { all: 1, unowned: 1 }, scanners: [] },
      );
      assert.deepEqual(await store.security.trend([city], [day(3)]), [{ at: day(3), open: null }]);
      await importReport(store, city, report(day(4), ['10.1.0.9'], { format: 'nmap', scanner: 'nmap' }));
      assert.equal((await store.security.figures(request)).open?.high, 0);
    });
  });
}
