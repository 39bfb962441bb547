import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { EvidenceStore, Finding } from '../../store/contract.ts';
import { openStore } from '../../store/open-store.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { runIn } from './run.ts';

/** A report of Trivy on one image, as its published schema has it. */
function trivyReport(createdAt: string, ids: readonly string[]): string {
  return JSON.stringify({
    SchemaVersion: 2,
    CreatedAt: createdAt,
    ArtifactName: 'registry.example/portal:2.7',
    ArtifactType: 'container_image',
    Results: [
      {
        Target: 'registry.example/portal:2.7 (debian 11)',
        Class: 'os-pkgs',
        Type: 'debian',
        Vulnerabilities: ids.map((id) => ({
          VulnerabilityID: id,
          PkgName: 'openssl',
          InstalledVersion: '1.1.1n-0',
          Severity: 'CRITICAL',
          Title: `A fault in openssl (${id})`,
          PrimaryURL: `https://avd.example/${id}`,
        })),
      },
    ],
  });
}

const eveLine = JSON.stringify({
  timestamp: '2026-11-18T03:04:05.678901+0000',
  event_type: 'alert',
  src_ip: '203.0.113.7',
  dest_ip: '10.1.2.3',
  alert: { signature_id: 2024897, signature: 'ET SCAN Suspicious login', severity: 1 },
});

describe('the security register on the command line', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  let store: EvidenceStore;
  /** As a server runs what is sent to it: on its store. */
  const cg = (...argv: string[]) =>
    runIn(folder.path, { hostStore: { dataFolder: join(folder.path, 'data'), store } }, ...argv);
  const json = async (...argv: string[]) => {
    const { stdout, stderr, exitCode } = await cg('--json', ...argv);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout);
  };
  const importFindings = (file: string, ...more: string[]) =>
    json('import', 'findings', file, '--subject', 'lin', ...more);

  before(async () => {
    store = await openStore({ dataFolder: join(folder.path, 'data') });
    folder.write('first.json', trivyReport('2026-11-10T08:00:00Z', ['CVE-2026-1001', 'CVE-2026-1002']));
    folder.write('second.json', trivyReport('2026-11-17T08:00:00Z', ['CVE-2026-1002', 'CVE-2026-1003']));
    folder.write('eve.json', `${eveLine}\n`);
    folder.write(
      'assets.csv',
      '资产编号,资产名称,资产类型,责任部门,别名,应报送日志\nregistry.example/portal,政务门户,image,市大数据局,portal;10.1.2.3,是\nDB01,数据库,host,,,否\n',
    );
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
  });

  after(() => store.close());

  it('imports reports of scanners: dry, once, and what the next one has fixed', async () => {
    const dry = await importFindings('first.json', '--dry-run');
    assert.deepEqual([dry.new, dry.isDryRun, dry.format], [2, true, 'trivy']);
    assert.equal((await json('finding', 'list', '--subject', 'lin')).total, 0);
    assert.equal((await importFindings('first.json')).new, 2);
    assert.equal((await importFindings('first.json')).isDuplicate, true);
    const { stdout } = await cg('import', 'findings', 'second.json', '--subject', 'lin');
    assert.match(stdout, /读取 2，新增 1，复发 0，修复 1，变更 0，未变 1/);
  });

  it('lists findings by state and instant, and shows the history of one', async () => {
    const rulesOf = async (...argv: string[]) => {
      const { rows } = await json('finding', 'list', '--subject', 'lin', ...argv);
      return rows.map(({ rule, state }: Finding) => `${rule} ${state}`).sort();
    };
    assert.deepEqual(await rulesOf(), ['CVE-2026-1002 open', 'CVE-2026-1003 open']);
    assert.deepEqual(await rulesOf('--state', 'fixed'), ['CVE-2026-1001 fixed']);
    assert.deepEqual(await rulesOf('--as-of', '2026-11-12'), ['CVE-2026-1001 open', 'CVE-2026-1002 open']);
    const { rows } = await json('finding', 'list', '--state', 'fixed');
    const { stdout } = await cg('finding', 'show', String(rows[0].id));
    assert.match(
      stdout,
      /2026-11-10 16:00 \+08:00 {2}发现 {2}trivy\n2026-11-17 16:00 \+08:00 {2}修复 {2}trivy/,
    );
    assert.match((await cg('finding', 'list')).stdout, /严重.*CVE-2026-1002.*未修复/);
    const wrong = await cg('finding', 'list', '--state', 'gone');
    assert.deepEqual(
      [wrong.exitCode, wrong.stderr],
      [2, 'citygauge: --state "gone" is unknown: write one of open, fixed, suppressed, all\n'],
    );
    assert.match((await cg('finding', 'show', '9999')).stderr, /there is no finding 9999/);
  });

  it('hides what is suppressed until it is ended, with who and why', async () => {
    const order = ['finding', 'suppress', '--subject', 'lin', '--rule', 'CVE-2026-1002', '--by', '王五'];
    const until = ['--until', '2026-12-01'];
    assert.equal((await cg(...order, ...until)).exitCode, 2);
    const past = await cg(...order, '--reason', '已隔离', '--until', '2026-11-01');
    assert.match(past.stderr, /expires at 2026-11-01T16:00:00Z, which is past/);
    const made = await json(...order, '--reason', '已隔离，十二月换版', ...until);
    assert.deepEqual([made.findings, made.ended], [1, null]);
    assert.equal(Date.parse(made.expiresAt), Date.parse('2026-12-01T16:00:00Z'), 'the day in full');
    const suppressed = await json('finding', 'list', '--state', 'suppressed');
    assert.deepEqual(
      suppressed.rows.map(({ rule }: Finding) => rule),
      ['CVE-2026-1002'],
    );
    assert.equal((await json('finding', 'list')).total, 1);
    assert.equal((await cg('finding', 'unsuppress', String(made.id), '--by', '王五')).exitCode, 0);
    assert.match(
      (await cg('finding', 'unsuppress', String(made.id), '--by', '王五')).stderr,
      /no suppression 1 in force/,
    );
    assert.equal((await json('finding', 'list')).total, 2);
  });

  it('takes the inventory of assets, names faulty rows and renames an asset with its findings', async () => {
    const taken = await json('import', 'assets', 'assets.csv', '--subject', 'lin');
    assert.deepEqual([taken.read, taken.added, taken.changed], [2, 2, 0]);
    const again = await json('import', 'assets', 'assets.csv', '--subject', 'lin');
    assert.deepEqual([again.added, again.changed, again.unchanged], [0, 0, 2]);
    const unowned = await json('asset', 'list', '--unowned');
    assert.deepEqual(
      unowned.rows.map(({ id }: { id: string }) => id),
      ['db01'],
    );
    folder.write('bad.csv', 'id,name,sends logs\nweb,Web,maybe\n,Nobody,yes\n');
    const bad = await cg('import', 'assets', 'bad.csv', '--subject', 'lin');
    assert.match(bad.stderr, /bad\.csv, line 2: .*maybe.*\ncitygauge: bad\.csv, line 3: /);
    assert.equal(bad.exitCode, 2);
    const rename = ['asset', 'rename', 'registry.example/portal', 'portal-prod', '--subject', 'lin'];
    assert.equal((await cg(...rename)).exitCode, 0);
    const { rows } = await json('finding', 'list', '--asset', 'portal');
    assert.deepEqual(
      rows.map(({ asset, owner }: Finding) => [asset, owner]),
      [
        ['portal-prod', '市大数据局'],
        ['portal-prod', '市大数据局'],
      ],
    );
    assert.match(
      (await cg('asset', 'rename', 'nothing', 'x', '--subject', 'lin')).stderr,
      /there is no asset "nothing"/,
    );
  });

  it('lists alarms and takes judgements', async () => {
    assert.equal((await importFindings('eve.json')).alarms, 1);
    const { rows } = await json('alarm', 'list', '--open');
    assert.deepEqual([rows[0].asset, rows[0].count], ['portal-prod', 1]);
    const judge = ['alarm', 'judge', String(rows[0].id), '--by', '赵六'];
    assert.equal((await cg(...judge, '--verdict', 'maybe', '--reason', '已核实')).exitCode, 2);
    assert.equal((await cg(...judge, '--verdict', 'confirmed', '--reason', '已核实')).exitCode, 0);
    assert.equal((await json('alarm', 'list', '--open')).total, 0);
    assert.match((await cg('alarm', 'list')).stdout, /属实 {2}赵六/);
  });

  it('refuses what is no report, what is not there and options of other kinds', async () => {
    const faultOf = async (...argv: string[]) => (await cg('import', ...argv, '--subject', 'lin')).stderr;
    assert.match(await faultOf('findings', 'none.json'), /none\.json does not exist/);
    assert.match(await faultOf('findings', 'assets.csv'), /assets\.csv.*is no scan report/);
    assert.match(
      await faultOf('findings', 'first.json', '--format', 'nessus'),
      /--format "nessus" is unknown/,
    );
    assert.match(
      await faultOf('findings', 'first.json', '--period', '2026-11'),
      /--period says nothing of findings/,
    );
    assert.match(
      await faultOf('assets', 'assets.csv', '--format', 'trivy'),
      /--format says nothing of assets/,
    );
    assert.match(
      await faultOf('incidents', 'assets.csv', '--asset', 'web'),
      /--asset says nothing of incidents/,
    );
  });
});
