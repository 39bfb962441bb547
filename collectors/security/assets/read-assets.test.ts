import assert from 'node:assert/strict';
import { rejectionOf, scratchFolder } from '../../../test/scratch-folder.ts';
import { InputError } from '../../contract.ts';
import { readAssets } from './read-assets.ts';

describe('an inventory of assets', () => {
  const folder = scratchFolder();
  const read = (...lines: string[]) => {
    folder.write('assets.csv', `${lines.join('\n')}\n`);
    return readAssets(`${folder.path}/assets.csv`, { name: 'assets.csv' });
  };

  it('is read with Chinese and with English headers, its aliases parted by any usual mark', async () => {
    const web = {
      id: 'web',
      name: '门户',
      kind: 'host',
      owner: '信息中心',
      aliases: ['10.1.0.9', 'portal'],
      sendsLogs: true,
    };
    const chinese = await read(
      '资产编号,资产名称,资产类型,责任部门,别名,应报送日志',
      'web,门户,host,信息中心,10.1.0.9；portal,是',
      'db,,,,,',
    );
    assert.deepEqual(chinese.assets, [
      web,
      { id: 'db', name: 'db', kind: '', owner: null, aliases: [], sendsLogs: false },
    ]);
    const english = await read(
      'id,name,kind,owner,aliases,sendsLogs',
      'web,门户,host,信息中心,"10.1.0.9, portal",yes',
    );
    assert.deepEqual(english.assets, [web]);
  });

  it('keeps what can be seen of a text, so that an id is the one that scanners report', async () => {
    const { assets } = await read(
      'id,name,owner,aliases',
      '\ufeff web\u200b,\u202eabc,\u200b,\u206610.1.0.9\u2069;\u200e',
    );
    assert.deepEqual(assets, [
      { id: 'web', name: 'abc', kind: '', owner: null, aliases: ['10.1.0.9'], sendsLogs: false },
    ]);
    const error = await rejectionOf(read('id', '\u200b'));
    assert.match(error.message, /line 2: has no id/);
  });

  it('tells the columns that it does not read', async () => {
    const { notes } = await read('id,负责部门,owner,color', 'web,信息中心,,red');
    assert.deepEqual(notes, [
      {
        zh: 'assets.csv 中以下列未读取：负责部门、color',
        en: 'assets.csv: these columns are not read: 负责部门, color',
      },
    ]);
  });

  it('without an id column, without rows or with faulty rows is refused, each row with its line', async () => {
    const faultsOf = async (...lines: string[]) => {
      const error = await rejectionOf(read(...lines));
      assert.ok(error instanceof InputError);
      return error;
    };
    assert.match(
      (await faultsOf('name,owner', 'a,b')).message,
      /assets\.csv: the column "id" is missing; there are name, owner/,
    );
    assert.match((await faultsOf('id,owner')).message, /assets\.csv holds no asset/);
    const faulty = await faultsOf('id,sends logs', 'web,perhaps', 'db,no', ',yes', 'a,b,c');
    assert.deepEqual(faulty.faults.map((fault) => /line \d+/.exec(fault)?.[0]).sort(), [
      'line 2',
      'line 4',
      'line 5',
    ]);
    assert.match(faulty.zh ?? '', /assets\.csv 第 4 行：没有资产编号/);
  });
});
