import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backupTable } from '../backup-table.ts';
import { capacityTable } from '../capacity-table.ts';
import { costTable } from '../cost-table.ts';
import { inventoryTable } from '../inventory-table.ts';
import { platformTable } from '../platform-table.ts';
import { powerTable } from '../power-table.ts';
import { collectTable, gapsOf, linesOf } from './test-tables.ts';
import { daysToFull } from './trend.ts';

const power = '机房,月份,总用电量(万千瓦时),IT用电量(MWh)\n一号,2026-10,42,300\n';

describe('the inventory table', () => {
  it('gives kind, owner and region, utilisations, and idleness as stated or by its rule', async () => {
    const table = [
      'Resource,Kind,Owner,Region,CPU utilisation (%),Network utilisation,Idle',
      'vm-1,vm,civil,r1,4.9,4%,',
      'vm-2,vm,,r2,5,0.01,',
      'vm-3,,,,2,1%,no',
    ].join('\n');
    const got = await collectTable(inventoryTable, table);
    assert.deepEqual(linesOf(got), [
      'resource_info{resource="vm-1",kind="vm",owner="civil",region="r1"} 1',
      'resource_utilisation_ratio{resource="vm-1",kind="cpu"} 0.049',
      'resource_utilisation_ratio{resource="vm-1",kind="network"} 0.04',
      'resource_is_idle{resource="vm-1"} 1',
      'resource_info{resource="vm-2",kind="vm",region="r2"} 1',
      'resource_utilisation_ratio{resource="vm-2",kind="cpu"} 0.05',
      'resource_utilisation_ratio{resource="vm-2",kind="network"} 0.01',
      'resource_is_idle{resource="vm-2"} 0',
      'resource_info{resource="vm-3"} 1',
      'resource_utilisation_ratio{resource="vm-3",kind="cpu"} 0.02',
      'resource_utilisation_ratio{resource="vm-3",kind="network"} 0.01',
      'resource_is_idle{resource="vm-3"} 0',
    ]);
    assert.deepEqual(gapsOf(got), []);
  });

  it('goes by the days below the bound where the table counts them, and says where it cannot tell', async () => {
    const table = '资源,低负载天数,开通时长(天)\na,30,0.5\nb,29.9,\nc,,2\n';
    const got = await collectTable(inventoryTable, table);
    assert.deepEqual(linesOf(got), [
      'resource_info{resource="a"} 1',
      'resource_is_idle{resource="a"} 1',
      'resource_provisioning_hours{resource="a"} 12',
      'resource_info{resource="b"} 1',
      'resource_is_idle{resource="b"} 0',
      'resource_info{resource="c"} 1',
      'resource_provisioning_hours{resource="c"} 48',
    ]);
    assert.deepEqual(gapsOf(got), [
      'resource_is_idle c failed: the inventory neither says whether it is idle nor gives a utilisation or days below the bound to tell',
    ]);
  });

  it('does not call a resource idle by an average over fewer days than the rule asks for', async () => {
    const got = await collectTable(inventoryTable, '资源,CPU使用率\na,1%\n', {
      settings: { utilisationDays: 7 },
    });
    assert.deepEqual(
      got.readings.map(({ metric }) => metric),
      ['citygauge_resource_info', 'citygauge_resource_utilisation_ratio'],
    );
  });

  it('names the rows it cannot take with line and reason, and takes the rest', async () => {
    const table = '资源,CPU使用率,是否闲置\na,140%,\nb,85,maybe\n,3%,\nc,30%\na,20%,否\nd,10%,否\nd,11%,否\n';
    const got = await collectTable(inventoryTable, table);
    assert.deepEqual(
      got.readings
        .filter(({ metric }) => metric === 'citygauge_resource_info')
        .map(({ labels }) => labels.resource),
      ['a', 'd'],
    );
    assert.deepEqual(gapsOf(got), [
      '* a failed: table.csv line 2: "140%" in column CPU使用率 is outside 0 to 100%: write 85%, or a number from 0 to 1',
      '* b failed: table.csv line 3: "85" in column CPU使用率 is outside 0 to 100%: write 85%, or a number from 0 to 1; "maybe" in column 是否闲置 is neither yes nor no',
      '* 4 failed: table.csv line 4: column 资源 is empty',
      '* 5 failed: table.csv line 5: 2 cells where the header has 3 columns: check delimiters and quotes',
      '* 8 failed: table.csv line 8: d stands in line 7 already, which is used',
    ]);
  });
});

describe('the capacity table', () => {
  const rows = (kind: string, used: readonly number[]) =>
    used.map((value, i) => `p,${kind},2026-10-${String(i * 10 + 5).padStart(2, '0')},${value},200`);
  const table = (...lines: string[]) => ['资源池,类型,日期,已用,总量', ...lines].join('\n');

  it('says when the trend of least squares fills a pool, counted from now', async () => {
    const got = await collectTable(capacityTable, table(...rows('内存', [100, 110, 120])), {
      settings: { timeZone: 'UTC' },
    });
    assert.deepEqual(linesOf(got), [
      'capacity_used{pool="p",kind="memory"} 120',
      'capacity_installed{pool="p",kind="memory"} 200',
      'capacity_headroom_days{pool="p",kind="memory"} 70',
    ]);
  });

  it('says the horizon where nothing grows, 0 where it is full, and nothing where there are too few dates', async () => {
    const got = await collectTable(
      capacityTable,
      table(
        ...rows('cpu', [100, 100, 90]),
        ...rows('storage', [180, 190, 200]),
        ...rows('network', [10, 20]),
      ),
    );
    const headroom = linesOf(got).filter((line) => line.startsWith('capacity_headroom'));
    assert.deepEqual(headroom, [
      'capacity_headroom_days{pool="p",kind="cpu"} 365',
      'capacity_headroom_days{pool="p",kind="storage"} 0',
    ]);
    assert.deepEqual(gapsOf(got), [
      'capacity_headroom_days p/network failed: the last 90 days have 2 dates where a trend needs 3',
    ]);
  });

  it('leaves old rows out of the trend, and a pool whose newest row is old out altogether', async () => {
    const old = 'p,cpu,2026-07-01,199,200\nq,cpu,2026-09-01,5,10';
    const got = await collectTable(capacityTable, table(old, ...rows('cpu', [100, 110, 120])), {
      settings: { timeZone: 'UTC' },
    });
    assert.equal(linesOf(got)[2], 'capacity_headroom_days{pool="p",kind="cpu"} 70');
    assert.deepEqual(gapsOf(got), [
      '* q/cpu failed: stale: the newest row is 64 days old where 35 are allowed',
    ]);
  });

  it('refuses a total of nothing and a date to come', async () => {
    const got = await collectTable(capacityTable, table('p,cpu,2026-10-01,0,0', 'q,cpu,2027-01-01,1,2'));
    assert.deepEqual(gapsOf(got), [
      '* p/cpu failed: table.csv line 2: the total has to be above 0',
      '* 3 failed: table.csv line 3: the date lies in the future',
    ]);
  });

  it('has a headroom between 0 and the horizon for any history', () => {
    const points = fc.array(
      fc.record({ day: fc.integer({ min: 0, max: 90 }), value: fc.integer({ min: 0, max: 300 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 400 }), (list, total) => {
        const days = daysToFull(list, { total, today: 90, horizonDays: 365 });
        assert.ok(days === null || (days >= 0 && days <= 365));
      }),
    );
  });
});

describe('the cost table', () => {
  const header = '费用项,服务,月份,金额(万元),服务量\n';

  it('takes each service’s newest month and divides its cost by its units', async () => {
    const got = await collectTable(
      costTable,
      `${header}主机,一网,2026-09,9,5\n主机,一网,2026年10月,3.5,70\n带宽,一网,2026/10,0.7,\n`,
    );
    assert.deepEqual(linesOf(got), [
      'cost_yuan{item="主机",service="一网"} 35000',
      'cost_yuan{item="带宽",service="一网"} 7000',
      'service_units{service="一网"} 70',
      'cost_per_unit_yuan{service="一网"} 600',
    ]);
  });

  it('says why there is no cost per unit', async () => {
    const rows =
      'a,s1,2026-10,1,0\na,s2,2026-10,1,\na,s3,2026-10,1,2\nb,s3,2026-10,1,3\na,s4,2026-08,1,4\na,s5,2026-12,1,4\n';
    const got = await collectTable(costTable, header + rows);
    assert.deepEqual(gapsOf(got), [
      '* 7 failed: table.csv line 7: the month 2026-12 is yet to come',
      'cost_per_unit_yuan s1 notApplicable: the units are 0: there is no cost per unit',
      'cost_per_unit_yuan s2 failed: no row of the service gives its units',
      'cost_per_unit_yuan s3 failed: the rows of one month give different units',
      '* s4 failed: stale: the newest month 2026-08 ended 64 days ago where 35 are allowed',
    ]);
  });
});

describe('the backup table', () => {
  it('gives results, ages and durations, and says what is missing or too long ago', async () => {
    const table = [
      '系统,最近备份时间,备份结果,恢复演练时间,恢复演练结果,恢复演练时长(小时)',
      'a,2026-11-04 02:00,成功,2026-06-18,通过,1.5',
      'b,2026-11-03T00:00:00Z,failed,2025-11-02,passed,2',
      'c,,,,,',
      'd,2026-11-05,成功,,,',
    ].join('\n');
    const got = await collectTable(backupTable, table);
    assert.deepEqual(linesOf(got), [
      'backup_success{system="a"} 1',
      'backup_age_seconds{system="a"} 21600',
      'restore_drill_success{system="a"} 1',
      'restore_drill_duration_seconds{system="a"} 5400',
      'backup_success{system="b"} 0',
      'backup_age_seconds{system="b"} 86400',
    ]);
    const drill = 'time or result of a restore drill is not given';
    const old = 'stale: the last restore drill was 367 days ago where 366 are allowed';
    assert.deepEqual(gapsOf(got), [
      '* d failed: table.csv line 5: a time lies in the future',
      `restore_drill_success b failed: ${old}`,
      `restore_drill_duration_seconds b failed: ${old}`,
      'backup_success c failed: the result of the backup is not given',
      'backup_age_seconds c failed: the time of the backup is not given',
      `restore_drill_success c failed: ${drill}`,
      `restore_drill_duration_seconds c failed: ${drill}`,
    ]);
  });
});

describe('the power table', () => {
  it('gives energies in kWh whatever the unit of the header, and the PUE', async () => {
    assert.deepEqual(linesOf(await collectTable(powerTable, power)), [
      'facility_energy_kwh{site="一号"} 420000',
      'it_energy_kwh{site="一号"} 300000',
      'power_usage_effectiveness{site="一号"} 1.4',
    ]);
  });

  it('refuses a PUE below 1 and an IT energy of nothing; 1 itself can be', async () => {
    const got = await collectTable(
      powerTable,
      'site,month,facility kWh,IT kWh\na,2026-10,90,100\nb,2026-10,9,0\nc,2026-10,77,77\n',
    );
    assert.equal(linesOf(got).at(-1), 'power_usage_effectiveness{site="c"} 1');
    assert.deepEqual(gapsOf(got), [
      '* a failed: table.csv line 2: a PUE of 0.90 cannot be: it is never below 1; check both energies and their units',
      '* b failed: table.csv line 3: the IT energy has to be above 0',
    ]);
  });
});

describe('the platform table', () => {
  it('takes figures by their titles or names and refuses what cannot be', async () => {
    const table = [
      'Metric,Label,Value',
      '管道成功率,sync,0.97',
      'pipeline_lag_seconds,sync,42.5',
      'citygauge_systems_connected,,47',
      'Systems planed,,60',
      'sensors_online,,3',
      'alarms_armed,smoke,1.5',
      'Pipeline success,b,1.2',
    ].join('\n');
    const got = await collectTable(platformTable, table);
    assert.deepEqual(linesOf(got), [
      'pipeline_success_ratio{pipeline="sync"} 0.97',
      'pipeline_lag_seconds{pipeline="sync"} 42.5',
      'systems_connected 47',
    ]);
    assert.deepEqual(gapsOf(got), [
      '* 5 failed: table.csv line 5: "Systems planed" is no figure of a platform; did you mean "Systems planned"?',
      '* 6 failed: table.csv line 6: "sensors_online" needs its kind of device in the column "label"',
      '* 7 failed: table.csv line 7: 1.5 is not a whole number',
      '* 8 failed: table.csv line 8: the ratio 1.2 is above 1: write 0.85 for 85%',
    ]);
  });
});
