import assert from 'node:assert/strict';
import type { Asset } from '../../collectors/contract.ts';
import { freshSubject, type SuiteStore, subject } from './fixtures.ts';
import { asset, day, found, importReport, report, statesOf } from './security-fixtures.ts';

/** The inventory beside what scanners know: owners, aliases, names that change, logs and baselines. */
export function describeSecurityAssets(suite: SuiteStore): void {
  describe('security register, assets', () => {
    const put = (city: string, assets: readonly Asset[], at = day(1)) =>
      suite.store.security.putAssets(city, assets, at);
    const list = async (city: string, at = day(20)) =>
      (await suite.store.security.assets({ subjects: [city], at, offset: 0, limit: 99 })).rows;

    it('are added, changed and left alone, and were unowned until they had an owner', async () => {
      const city = await freshSubject(suite.store);
      const web = asset('WEB.city.example.', { owner: '信息中心', aliases: ['10.1.0.9', ' Portal '] });
      assert.deepEqual(await put(city, [web, asset('db')]), { added: 2, changed: 0, unchanged: 0 });
      assert.deepEqual(await put(city, [web, asset('db')], day(2)), { added: 0, changed: 0, unchanged: 2 });
      const owned = asset('db', { owner: '数据局' });
      const dry = await suite.store.security.putAssets(city, [owned], day(3), { isDryRun: true });
      assert.deepEqual(dry, { added: 0, changed: 1, unchanged: 0 });
      assert.deepEqual(await put(city, [owned], day(4)), { added: 0, changed: 1, unchanged: 0 });
      const figures = async (at: string) =>
        (await suite.store.security.figures({ subjects: [city], at })).assets;
      assert.deepEqual(await figures(day(1, '07:00:00.000')), null);
      assert.deepEqual(await figures(day(3)), { all: 2, unowned: 1 });
      assert.deepEqual(await figures(day(4)), { all: 2, unowned: 0 });
      const open = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
      assert.deepEqual((await list(city))[1], {
        ...{ id: 'web.city.example', name: 'Name of WEB.city.example.', kind: 'host', owner: '信息中心' },
        ...{
          aliases: ['10.1.0.9', 'portal'],
          sendsLogs: false,
          subject: city,
          isListed: true,
          firstSeenAt: day(1),
        },
        ...{ lastScanAt: null, lastLogAt: null, open, baseline: null },
      });
    });

    it('that only scanners know count as unowned, and are found under their aliases', async () => {
      const city = await freshSubject(suite.store);
      await put(city, [asset('web', { owner: '信息中心', aliases: ['10.1.0.9'] })]);
      const findings = [
        found('CVE-1', '10.1.0.9'),
        found('CVE-1', 'WEB', { places: ['p'] }),
        found('CVE-2', 'shadow'),
      ];
      const outcome = await importReport(
        suite.store,
        city,
        report(day(2), ['10.1.0.9', 'shadow'], { findings }),
      );
      assert.deepEqual([outcome.read, outcome.new], [2, 2]);
      const rows = await list(city);
      assert.deepEqual(
        rows.map((row) => [row.id, row.isListed, row.owner, row.kind, row.open.high, row.lastScanAt]),
        [
          ['shadow', false, null, 'image', 1, day(2)],
          ['web', true, '信息中心', 'host', 1, day(2)],
        ],
      );
      const { assets } = await suite.store.security.figures({ subjects: [city], at: day(3) });
      assert.deepEqual(assets, { all: 2, unowned: 1 });
    });

    it('reported under an unknown id are the one listed asset that the report names beside it', async () => {
      const city = await freshSubject(suite.store);
      await put(city, [asset('web', { aliases: ['web.city.example'] }), asset('db')]);
      await importReport(suite.store, city, report(day(2), ['10.1.0.7', 'unlisted']));
      const named: readonly (readonly [id: string, ...aliases: string[]])[] = [
        ['10.1.0.8', '192.0.2.8', 'WEB.city.example.', 'web'],
        ['10.1.0.9', 'web', 'db'],
        ['10.1.0.7', 'db'],
        ['10.1.0.6', 'unlisted'],
        ['db', 'web'],
      ];
      const scan = report(day(3), [], {
        assets: named.map(([id, ...aliases]) => ({ id, kind: 'host', aliases })),
        findings: named.map(([id]) => found(`on ${id}`, id)),
      });
      assert.equal((await importReport(suite.store, city, scan)).new, 5);
      assert.deepEqual(await statesOf(suite.store, city, day(4)), {
        'on 10.1.0.8 web': 'open',
        'on 10.1.0.9 10.1.0.9': 'open',
        'on 10.1.0.7 10.1.0.7': 'open',
        'on 10.1.0.6 10.1.0.6': 'open',
        'on db db': 'open',
      });
      const next = report(day(5), [], {
        assets: [{ id: '10.1.0.8', kind: 'host', aliases: ['web'] }],
      });
      assert.equal((await importReport(suite.store, city, next)).fixed, 1);
    });

    it('refuse an id or alias that two of them have', async () => {
      const city = await freshSubject(suite.store);
      await put(city, [asset('web', { aliases: ['portal'] }), asset('db')]);
      const refused: readonly (readonly Asset[])[] = [
        [asset('mail', { aliases: ['portal'] })],
        [asset('a', { aliases: ['x'] }), asset('b', { aliases: ['X'] })],
        [asset('web'), asset('portal')],
        [asset('mail'), asset('Mail')],
        [asset('web', { aliases: ['db'] }), asset('db')],
      ];
      for (const assets of refused) await assert.rejects(put(city, assets), { name: 'RangeError' });
      await assert.rejects(put(city, [asset('www', { aliases: ['portal'] }), asset('db')]), {
        message: `"portal" is an id or alias of two assets, "web" and "www": keep it at one, or, when it has only a new name, run citygauge asset rename "web" "www" --subject ${city} before`,
      });
      assert.deepEqual(
        (await list(city)).map(({ id }) => id),
        ['db', 'web'],
      );
    });

    it('go on under another name with their findings, and the old name becomes an alias', async () => {
      const city = await freshSubject(suite.store);
      await put(city, [asset('old', { owner: '信息中心' }), asset('other')]);
      await importReport(suite.store, city, report(day(1), ['old'], { findings: [found('CVE-1', 'old')] }));
      await suite.store.security.renameAsset(city, 'old', 'New');
      assert.deepEqual(await statesOf(suite.store, city, day(2)), { 'CVE-1 new': 'open' });
      const scan = report(day(3), ['old'], { findings: [found('CVE-1', 'old'), found('CVE-2', 'new')] });
      assert.deepEqual((await importReport(suite.store, city, scan)).unchanged, 1);
      const renamed = (await list(city)).find(({ id }) => id === 'new');
      assert.deepEqual([renamed?.aliases, renamed?.owner, renamed?.open.high], [['old'], '信息中心', 2]);
      const rename = (from: string, to: string) => suite.store.security.renameAsset(city, from, to);
      await assert.rejects(rename('nothing', 'x'), {
        name: 'InputError',
        message: /there is no asset "nothing"/,
      });
      await assert.rejects(rename('new', 'other'), { name: 'InputError', message: /"other" is taken/ });
      await rename('new', 'old');
      assert.deepEqual(
        (await list(city)).map(({ id }) => id),
        ['old', 'other'],
      );
    });

    it('that scanners saw under two names become one: earliest first seen, places of both, one history', async () => {
      const city = await freshSubject(suite.store);
      const before = [
        found('CVE-1', 'srv1', { places: ['a'] }),
        found('CVE-2', 'srv1'),
        found('CVE-4', 'srv1'),
      ];
      const after = [found('CVE-1', 'srv-new', { places: ['b'] }), found('CVE-3', 'srv-new')];
      await importReport(suite.store, city, report(day(1), ['srv1'], { findings: before }));
      await importReport(suite.store, city, report(day(2), ['srv1'], { findings: before.slice(0, 2) }));
      await importReport(suite.store, city, report(day(4), ['srv-new'], { findings: after }));
      await put(city, [asset('srv-new', { aliases: ['srv1'] })], day(5));
      const request = { subjects: [city], at: day(6), offset: 0, limit: 9 };
      const { rows } = await suite.store.security.findings(request);
      assert.deepEqual(
        rows.map((row) => [row.rule, row.asset, row.state, row.firstSeenAt, row.places, row.reopened]).sort(),
        [
          ['CVE-1', 'srv-new', 'open', day(1), ['a', 'b'], 0],
          ['CVE-2', 'srv-new', 'fixed', day(1), [], 0],
          ['CVE-3', 'srv-new', 'open', day(4), [], 0],
          ['CVE-4', 'srv-new', 'fixed', day(1), [], 0],
        ],
      );
      const gone = rows.find(({ rule }) => rule === 'CVE-2');
      assert.deepEqual([gone?.lastSeenAt, gone?.fixedAt], [day(2), day(4)]);
      const next = await importReport(
        suite.store,
        city,
        report(day(7), ['srv1'], { findings: [found('CVE-1', 'srv1')] }),
      );
      assert.deepEqual(
        { fixed: next.fixed, changed: next.changed, new: next.new },
        { fixed: 1, changed: 1, new: 0 },
      );
    });

    it('tell their newest baseline, and whether they have sent logs in the day before', async () => {
      const city = await freshSubject(suite.store);
      await put(city, [asset('a', { sendsLogs: true }), asset('b', { sendsLogs: true }), asset('c')]);
      const of = (passed: number) => ({ asset: 'a', profile: 'standard', passed, failed: 3, other: 2 });
      await importReport(suite.store, city, report(day(2), ['a'], { baselines: [of(5)] }));
      await importReport(suite.store, city, report(day(4), ['a'], { baselines: [of(7)] }));
      await importReport(suite.store, city, report(day(3), ['a'], { baselines: [of(6)] }));
      const line = (id: string, lastAt: string) => ({ asset: id, lastAt, lines: 3 });
      const logs = [
        line('a', day(3, '12:00:00.000')),
        line('b', day(4, '12:00:00.000')),
        line('b', day(4, '12:40:00.000')),
      ];
      await importReport(suite.store, city, report(null, [], { scanner: 'syslog', format: 'syslog', logs }));
      const at = async (instant: string) => {
        const figures = await suite.store.security.figures({ subjects: [city], at: instant });
        return [figures.baselines[0]?.passed, figures.logSources, figures.scanners];
      };
      const scanners = (instant: string) => [{ scanner: 'trivy', at: instant }];
      assert.deepEqual(await at(day(3, '11:59:59.999')), [
        6,
        { expected: 2, reporting: 0 },
        scanners(day(3)),
      ]);
      assert.deepEqual(await at(day(4, '11:59:59.999')), [
        7,
        { expected: 2, reporting: 1 },
        scanners(day(4)),
      ]);
      assert.deepEqual(await at(day(4, '12:00:00.000')), [
        7,
        { expected: 2, reporting: 1 },
        scanners(day(4)),
      ]);
      assert.deepEqual(await at(day(6)), [7, { expected: 2, reporting: 0 }, scanners(day(4))]);
      assert.deepEqual((await list(city))[0]?.baseline, { ...of(7), at: day(4) });
      assert.equal((await list(city))[1]?.lastLogAt, day(4, '12:40:00.000'));
    });

    it('go with the sample, and so do scans, findings, alarms and suppressions', async () => {
      const city = await freshSubject(suite.store);
      const sample = `${city}-sample`;
      await suite.store.subjects.put([subject(sample, null, { isSample: true })]);
      for (const id of [city, sample]) {
        await importReport(suite.store, id, report(day(2), ['web'], { findings: [found('CVE-1', 'web')] }));
        const order = {
          subject: id,
          rule: 'CVE-1',
          asset: null,
          reason: 'r',
          by: 'b',
          at: day(2),
          expiresAt: day(9),
        };
        await suite.store.security.suppress(order);
      }
      await suite.store.removeSample();
      const request = { at: day(3), subjects: [sample], offset: 0, limit: 9 };
      assert.deepEqual(await suite.store.security.findings(request), { total: 0, rows: [] });
      assert.deepEqual(await suite.store.security.scans([sample], 9), []);
      assert.deepEqual(await suite.store.security.suppressions(request), []);
      assert.equal(await suite.store.security.excerpt(request), null);
      assert.deepEqual(await statesOf(suite.store, city, day(3)), { 'CVE-1 web': 'suppressed' });
    });
  });
}
