import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../contract.ts';
import { faultWords } from '../run/fault-words.ts';
import { coverOf } from './cover.ts';
import { maskRows } from './mask-rows.ts';
import { maskSql } from './mask-sql.ts';
import { looksPersonalName } from './personal-names.ts';
import { looksPersonal, maskText } from './personal-values.ts';

const asterisks = coverOf('asterisks');

describe('masks of samples', () => {
  it('keep three characters and two of a number, the first of a name', () => {
    assert.deepEqual(
      ['13800138000', '110101199003070897', '张三丰', '欧阳', '李', '12345', 'a@b.cn', ''].map(asterisks),
      ['138******00', '110*************97', '张**', '欧*', '*', '****', 'a*****', ''],
    );
  });

  it('hash equal values of a run alike and those of another run differently', () => {
    const [one, other] = [coverOf('hash'), coverOf('hash')];
    assert.equal(one('13800138000'), one('13800138000'));
    assert.notEqual(one('13800138000'), one('13800138001'));
    assert.notEqual(one('13800138000'), other('13800138000'));
    assert.match(one('张三'), /^#[0-9a-f]{16}$/);
  });

  it('cover columns declared sensitive, columns named like personal data, and personal values anywhere', () => {
    const columns = ['id', 'remark', '联系电话', 'nick'];
    const rows = [
      ['7', '请回电 138-0013-8000，谢谢', '5501', '小明'],
      ['8', null, null, '阿强'],
    ];
    assert.deepEqual(maskRows({ columns, rows }, ['nick'], asterisks), {
      columns: [
        { name: 'id', isMasked: false },
        { name: 'remark', isMasked: true },
        { name: '联系电话', isMasked: true },
        { name: 'nick', isMasked: true },
      ],
      rows: [
        ['7', '请回电 138********00，谢谢', '***', '小*'],
        ['8', null, null, '阿*'],
      ],
    });
  });

  it('know personal data by the names of columns, and leave things with names alone', () => {
    const personal = [
      'phone',
      'ContactPhone2',
      'user_name',
      'name',
      'id_card',
      'E-mail',
      '申请人姓名',
      '来电人',
      '经办人',
      'Reporter',
      'complainant_name',
      'sfzh',
    ];
    const plain = [
      'street_name',
      'neighborhood',
      'CASE_ENQUIRY_ID',
      'status',
      '部门名称',
      'telemetry',
      'reporter_type',
      'opened',
    ];
    assert.deepEqual(personal.filter(looksPersonalName), personal);
    assert.deepEqual(plain.filter(looksPersonalName), []);
  });

  it('know personal values by their form', () => {
    const personal = [
      '11010119900307089X',
      '110101900307089',
      '１３８００１３８０００',
      '+86 138 0013 8000',
      '0755-88123456',
      '+44 20 7946 0958',
      '(617) 635-4500',
      '6222 0212 3456 7890 128',
      '4111111111111111',
      '078-05-1120',
      'zhang.san@mail.gov.cn',
      'E12345678',
      '粤B12345',
    ];
    const plain = [
      '101000295613',
      '2015-03-01 05:00:00',
      '91350100M000100Y43',
      '4111111111111112',
      'WO-2015',
    ];
    assert.deepEqual(personal.filter(looksPersonal), personal);
    assert.deepEqual(plain.filter(looksPersonal), []);
  });

  it('cover texts of the data in statements and messages', () => {
    const sql = "select n from t where name = '张三' or name = 'O''Neill'";
    const of = (columns: readonly string[], sensitive: readonly string[]) => ({ columns, sensitive });
    assert.equal(maskSql(sql, of(['name'], [])), "select n from t where name = '***' or name = '***'");
    assert.equal(maskSql(sql, of(['area'], ['area'])), maskSql(sql, of(['name'], [])));
    assert.equal(maskSql(sql, of(['area'], [])), sql);
    const messages = [
      'invalid input syntax for type integer: "张三"',
      "Incorrect integer value: '张三' for column 'size' at row 1",
      "Could not convert string '张三' to INT32",
      'value "张三" is out of range for type integer',
    ];
    for (const message of messages) {
      const { reason } = faultWords(new InputError(message));
      assert.ok(!`${reason.zh}${reason.en}`.includes('张三'), reason.en);
    }
    const column = faultWords(new InputError('column "nowhere" does not exist (42703)'));
    assert.equal(column.reason.en, 'column "nowhere" does not exist (42703)');
  });

  it('let no resident id and no mobile number through, in a sample or in a message', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const mobile = fc
      .tuple(fc.integer({ min: 3, max: 9 }), fc.array(digit, { minLength: 9, maxLength: 9 }))
      .map(([second, rest]) => `1${second}${rest.join('')}`);
    const resident = fc
      .tuple(
        fc.integer({ min: 110000, max: 659999 }),
        fc.date({ min: new Date('1920-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }),
        fc.integer({ min: 100, max: 999 }),
        fc.constantFrom(...'0123456789Xx'),
      )
      .map(([area, day, serial, check]) => {
        return `${area}${day.toISOString().slice(0, 10).replaceAll('-', '')}${serial}${check}`;
      });
    const around = fc.constantFrom('', ' ', '"', "'", '(', '电话', ',', '=', '：', '/', '\n');
    fc.assert(
      fc.property(fc.oneof(mobile, resident), around, around, (secret, before, after) => {
        const text = `invalid input syntax for type bigint: ${before}${secret}${after}`;
        const { reason } = faultWords(new Error(text));
        assert.ok(!maskText(text).includes(secret));
        assert.ok(!`${reason.zh}${reason.en}`.includes(secret));
        for (const style of ['asterisks', 'hash'] as const) {
          const masked = maskRows({ columns: ['remark'], rows: [[text]] }, [], coverOf(style));
          assert.ok(!JSON.stringify(masked).includes(secret));
        }
      }),
      { numRuns: 300 },
    );
  });
});
