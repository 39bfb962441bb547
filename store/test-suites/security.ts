import assert from 'node:assert/strict';
import { freshSubject, type SuiteStore } from './fixtures.ts';
import { day, found, importedAt, importReport, report, statesOf } from './security-fixtures.ts';

/** Findings from reports: what is new, fixed, reopened and unchanged, and what is refused. */
export function describeSecurity(suite: SuiteStore): void {
  describe('security register, reports', () => {
    it('opens, fixes and reopens findings, and tells the state of every instant', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const both = [found('CVE-1', 'web', { severity: 'critical', cvss: 9.8 }), found('CVE-2', 'web')];
      const first = await importReport(store, city, report(day(1), ['web'], { findings: both }));
      assert.deepEqual(first, {
        ...{
          scanner: 'trivy',
          producedAt: day(1),
          read: 2,
          new: 2,
          reopened: 0,
          fixed: 0,
          changed: 0,
          unchanged: 0,
        },
        ...{ alarms: 0, writes: 4, isDuplicate: false, isOutdated: false },
      });
      const second = await importReport(store, city, report(day(3), ['web'], { findings: both.slice(1) }));
      assert.deepEqual(
        { fixed: second.fixed, unchanged: second.unchanged, writes: second.writes },
        { fixed: 1, unchanged: 1, writes: 1 },
      );
      const third = await importReport(store, city, report(day(6), ['web'], { findings: both }));
      assert.deepEqual(
        { reopened: third.reopened, new: third.new, writes: third.writes },
        { reopened: 1, new: 0, writes: 1 },
      );
      assert.deepEqual(await statesOf(store, city, day(2)), { 'CVE-1 web': 'open', 'CVE-2 web': 'open' });
      assert.deepEqual(await statesOf(store, city, day(4)), { 'CVE-1 web': 'fixed', 'CVE-2 web': 'open' });
      const { total, rows } = await store.security.findings({
        subjects: [city],
        at: day(8),
        offset: 0,
        limit: 1,
      });
      assert.equal(total, 2);
      assert.deepEqual(rows[0], {
        ...{
          id: rows[0]?.id,
          subject: city,
          rule: 'CVE-1',
          asset: 'web',
          owner: null,
          title: 'Title of CVE-1',
        },
        ...{ severity: 'critical', cvss: 9.8, places: [], url: null, scanners: ['trivy'], state: 'open' },
        ...{ firstSeenAt: day(1), lastSeenAt: day(6), fixedAt: null, reopened: 1, ageDays: 7 },
      });
      const history = await store.security.finding(rows[0]?.id ?? 0, day(8));
      assert.deepEqual(history?.changes, [
        { at: day(1), change: 'opened', scanner: 'trivy' },
        { at: day(3), change: 'fixed', scanner: 'trivy' },
        { at: day(6), change: 'reopened', scanner: 'trivy' },
      ]);
      const open = (critical: number, high: number) => ({ critical, high, medium: 0, low: 0, info: 0 });
      const instants = [day(1, '07:59:59.999'), day(2), day(4), day(8)];
      assert.deepEqual(await store.security.trend([city], instants), [
        { at: instants[0], open: null },
        { at: day(2), open: open(1, 1) },
        { at: day(4), open: open(0, 1) },
        { at: day(8), open: open(1, 1) },
      ]);
    });

    it('fixes a finding only when every scanner that saw it no longer does', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const findings = [found('CVE-7', 'web')];
      await importReport(store, city, report(day(1), ['web'], { findings }));
      await importReport(store, city, report(day(2), ['web'], { findings, scanner: 'grype' }));
      const gone = await importReport(store, city, report(day(3), ['web']));
      assert.deepEqual({ fixed: gone.fixed, writes: gone.writes }, { fixed: 0, writes: 1 });
      assert.deepEqual(await statesOf(store, city, day(4)), { 'CVE-7 web': 'open' });
      assert.equal((await importReport(store, city, report(day(5), ['web'], { scanner: 'grype' }))).fixed, 1);
      assert.deepEqual(await statesOf(store, city, day(6)), { 'CVE-7 web': 'fixed' });
    });

    it('leaves alone what a report did not look at in full', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const findings = [found('CVE-1', 'web'), found('CVE-1', 'mail')];
      await importReport(store, city, report(day(1), ['web', 'mail'], { findings }));
      await importReport(store, city, report(day(2), ['web']));
      const partial = report(day(3), [], { findings: [found('CVE-1', 'mail')] });
      assert.equal((await importReport(store, city, partial)).writes, 1);
      assert.deepEqual(await statesOf(store, city, day(4)), { 'CVE-1 web': 'fixed', 'CVE-1 mail': 'open' });
      const { rows } = await store.security.findings({
        subjects: [city],
        at: day(4),
        state: 'open',
        offset: 0,
        limit: 9,
      });
      assert.equal(rows[0]?.lastSeenAt, day(3));
    });

    it('takes the same bytes once, writes nothing for what is unchanged and nothing in a dry run', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const scan = report(day(1), ['web'], { findings: [found('CVE-1', 'web')] });
      const dry = await importReport(store, city, scan, { isDryRun: true });
      assert.deepEqual({ new: dry.new, writes: dry.writes }, { new: 1, writes: 2 });
      assert.deepEqual(await store.security.scans([city], 9), []);
      assert.equal(
        (await store.security.assets({ subjects: [city], at: day(9), offset: 0, limit: 9 })).total,
        0,
      );
      await importReport(store, city, scan, { sha256: 'same', fileName: 'a.json' });
      const again = await importReport(store, city, scan, { sha256: 'same', fileName: 'b.json' });
      assert.deepEqual(
        { isDuplicate: again.isDuplicate, unchanged: again.unchanged, writes: again.writes },
        { isDuplicate: true, unchanged: 1, writes: 0 },
      );
      const later = await importReport(store, city, { ...scan, producedAt: day(2) });
      assert.deepEqual({ unchanged: later.unchanged, writes: later.writes }, { unchanged: 1, writes: 0 });
      const [newest, oldest, ...others] = await store.security.scans([city], 9);
      assert.deepEqual(
        [newest?.producedAt, oldest?.producedAt, oldest?.fileName, others],
        [day(2), day(1), 'a.json', []],
      );
    });

    it('takes two imports at once one after the other', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const scan = report(day(1), ['web'], { findings: [found('CVE-1', 'web')] });
      const later = { ...scan, producedAt: day(2) };
      const file = { sha256: 'same' };
      const outcomes = await Promise.all([
        importReport(store, city, scan, file),
        importReport(store, city, scan, file),
        importReport(store, city, later),
      ]);
      assert.equal(outcomes.filter(({ isDuplicate }) => isDuplicate).length, 1);
      assert.equal(
        outcomes.reduce((sum, each) => sum + each.new, 0),
        1,
      );
      assert.deepEqual(await statesOf(store, city, day(3)), { 'CVE-1 web': 'open' });
    });

    it('lets a report without findings count for each asset that it is of', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const clean = (id: string) => importReport(store, city, report(null, [id]), { sha256: 'empty' });
      assert.deepEqual([(await clean('a')).isDuplicate, (await clean('b')).isDuplicate], [false, false]);
      assert.equal((await clean('a')).isDuplicate, true);
    });

    it('takes the same list of certificates again once more of them are due', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const certificates = [{ target: 'web:443', asset: 'web', notAfter: day(27) }];
      const list = report(null, ['web'], { format: 'certificates', scanner: 'certificates', certificates });
      const read = async (findings: ReturnType<typeof found>[]) =>
        (await importReport(store, city, { ...list, findings }, { sha256: 'list' })).isDuplicate;
      const due = found('certificate-expired', 'web', { places: ['web:443 2031-05-27'] });
      assert.deepEqual(
        [await read([]), await read([]), await read([due]), await read([due])],
        [false, true, false, true],
      );
    });

    it('lets an outdated report move first seen back and change nothing else', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const now = [found('CVE-1', 'web')];
      await importReport(store, city, report(day(5), ['web'], { findings: now }));
      const old = [found('CVE-1', 'web', { severity: 'low' }), found('CVE-0', 'web')];
      const outcome = await importReport(store, city, report(day(2), ['web'], { findings: old }));
      assert.deepEqual(outcome, {
        ...{
          scanner: 'trivy',
          producedAt: day(2),
          read: 2,
          new: 0,
          reopened: 0,
          fixed: 0,
          changed: 0,
          unchanged: 1,
        },
        ...{ alarms: 0, writes: 1, isDuplicate: false, isOutdated: true },
      });
      const { rows } = await store.security.findings({ subjects: [city], at: day(6), offset: 0, limit: 9 });
      assert.deepEqual(
        rows.map((row) => [row.rule, row.severity, row.firstSeenAt, row.lastSeenAt, row.reopened, row.state]),
        [['CVE-1', 'high', day(2), day(5), 0, 'open']],
      );
    });

    it('keeps what was said at each instant when severity or places change', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const places = ['openssl 3.0.1', 'libssl 3.0.1', 'openssl 3.0.1'];
      await importReport(
        store,
        city,
        report(day(1), ['web'], { findings: [found('CVE-1', 'web', { places })] }),
      );
      const worse = [found('CVE-1', 'web', { severity: 'critical', places: ['openssl 3.0.1'] })];
      const changed = await importReport(store, city, report(day(3), ['web'], { findings: worse }));
      assert.deepEqual({ changed: changed.changed, writes: changed.writes }, { changed: 1, writes: 2 });
      const at = async (instant: string) => {
        const { rows } = await store.security.findings({
          subjects: [city],
          at: instant,
          offset: 0,
          limit: 9,
        });
        return rows.map((row) => [row.severity, row.places, row.reopened]);
      };
      assert.deepEqual(await at(day(2)), [['high', ['libssl 3.0.1', 'openssl 3.0.1'], 0]]);
      assert.deepEqual(await at(day(4)), [['critical', ['openssl 3.0.1'], 0]]);
    });

    it('refuses a report from the future and a subject that does not exist', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const ahead = report(day(28, '08:05:00.001'), ['web']);
      await assert.rejects(importReport(store, city, ahead), {
        name: 'InputError',
        message: /after now .*set the clock/,
      });
      assert.equal((await importReport(store, city, report(day(28, '08:05:00.000'), ['web']))).read, 0);
      await assert.rejects(importReport(store, 'nowhere', report(day(1), [])), { name: 'RangeError' });
      assert.equal((await importReport(store, city, report(null, ['mail']))).producedAt, importedAt);
    });
  });
}
