import assert from 'node:assert/strict';
import { collectTable, gapsOf, linesOf } from '../cloud/table/test-tables.ts';
import { useTable } from './use-table.ts';

const header = '应用名称,是否上架,注册用户数,激活用户数,近30天活跃用户数,最近使用时间';

describe('the table of the use of applications', () => {
  it('reads a row per application, in Chinese headers', async () => {
    const brought = await collectTable(useTable, `${header}\n城市服务,是,520000,405600,228800,2026-11-03\n`);
    assert.deepEqual(linesOf(brought), [
      'application_is_listed{application="城市服务"} 1',
      'application_is_effective{application="城市服务"} 1',
      'application_users_registered{application="城市服务"} 520000',
      'application_users_activated{application="城市服务"} 405600',
      'application_users_active_30_days{application="城市服务"} 228800',
    ]);
    assert.deepEqual(gapsOf(brought), []);
  });

  it('reads the same in English headers', async () => {
    const brought = await collectTable(
      useTable,
      'application,listed,registered,activated,active30Days,last used\nportal,yes,52,41,0,2026-10-05\n',
    );
    assert.equal(linesOf(brought)[1], 'application_is_effective{application="portal"} 1');
  });

  it('takes an application as effective for thirty whole days after its last use, not longer', async () => {
    // Runs begin at 2026-11-04 08:00 in Shanghai.
    const rows = 'a,2026-10-04 08:01\nb,2026-10-04 08:00\nc,2026-11-04\n';
    const brought = await collectTable(useTable, `应用,最近使用时间\n${rows}`);
    assert.deepEqual(
      linesOf(brought).filter((line) => line.includes('effective')),
      [
        'application_is_effective{application="a"} 1',
        'application_is_effective{application="b"} 0',
        'application_is_effective{application="c"} 1',
      ],
    );
  });

  it('takes an application with users in 30 days as effective, and one that is not listed never', async () => {
    const brought = await collectTable(useTable, '应用,上架,近30天活跃用户数\na,是,3\nb,是,0\nc,否,3\n');
    assert.deepEqual(
      linesOf(brought).filter((line) => /effective|listed/.test(line)),
      [
        'application_is_listed{application="a"} 1',
        'application_is_effective{application="a"} 1',
        'application_is_listed{application="b"} 1',
        'application_is_effective{application="b"} 0',
        'application_is_listed{application="c"} 0',
        'application_is_effective{application="c"} 0',
      ],
    );
  });

  it('names what cannot be: negative, broken or too many users, a future, the same application again', async () => {
    const rows = [
      'a,是,10,-1,0,',
      'b,是,10,11,0,',
      'c,是,10,9,12,',
      'd,是,2.5,1,1,',
      'e,是,10,9,8,2026-11-30',
      'f,是,10,9,8,2026-11-01',
      'f,是,10,9,8,2026-11-01',
      ',是,10,9,8,2026-11-01',
    ];
    const brought = await collectTable(useTable, `${header}\n${rows.join('\n')}\n`);
    assert.deepEqual(gapsOf(brought), [
      '* a failed: table.csv line 2: -1 in column 激活用户数 is below 0',
      '* 9 failed: table.csv line 9: column 应用名称 is empty',
      '* 8 failed: table.csv line 8: f stands in line 7 already, which is used',
      '* b failed: table.csv line 3: activated is 11 where only 10 are registered',
      '* c failed: table.csv line 4: active 30 days is 12 where only 10 are registered',
      '* d failed: table.csv line 5: registered is 2.5, which is no whole number',
      '* e failed: table.csv line 6: the time of the last use lies in the future',
    ]);
    assert.equal(linesOf(brought).filter((line) => line.includes('is_listed')).length, 1);
  });

  it('names figures that are left empty, but asks for no column that is not there', async () => {
    const brought = await collectTable(useTable, '应用,注册用户数,最近使用时间\na,,\n');
    assert.deepEqual(linesOf(brought), ['application_is_listed{application="a"} 1']);
    assert.deepEqual(gapsOf(brought), [
      'application_is_effective a failed: last used or active 30 days is not given',
      'application_users_registered a failed: registered is not given',
    ]);
  });

  it('refuses a table without the column of applications', async () => {
    await assert.rejects(collectTable(useTable, '用户数,上架\n1,是\n'), {
      message: 'table.csv: the column "application" is missing; there are 用户数, 上架',
    });
  });
});
