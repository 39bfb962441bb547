import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { scratchFolder } from '../../test/scratch-folder.ts';
import type { Unit } from '../contract.ts';
import { indicatorLookup } from './indicator-lookup.ts';
import { readMappingFile } from './mapping/mapping-file.ts';
import { readObservations } from './read-observations.ts';
import { runImport, testCity } from './test-imports.ts';

const folder = join(import.meta.dirname, '..', '..', 'samples', 'mappings');
const shanghai = { ...testCity, id: 'shi', timeZone: 'Asia/Shanghai' };
const indicators = indicatorLookup(
  new Map<string, Unit>([
    ['S1.T1', 'day'],
    ['S3.P1', 'ratio'],
    ['S4.P2', 'ratio'],
    ['S6.P1', 'ratio'],
  ]),
);

describe('the shipped mappings', () => {
  const scratch = scratchFolder();
  const tried = new Set<string>();

  async function importWith(name: string, file: string, contents: string | Uint8Array) {
    tried.add(`${name}.yaml`);
    const { mapping } = await readMappingFile(join(folder, `${name}.yaml`));
    if (mapping.kind === 'observations') return assert.fail('not records');
    const path = scratch.write(file, contents);
    return runImport({ path, kind: mapping.kind, mapping, subject: shanghai, indicators });
  }

  it('read 12345 work orders from a GB18030 spreadsheet with a title above its columns', async () => {
    const text = `示例市12345热线工单,,,,,,,,,,,,,,,,,
工单编号,来源,来电时间,受理时间,派单时间,处置完成时间,回访时间,办结时间,办理时限,诉求类型,所属街道,承办单位,协办单位,并案工单,退回重办次数,有效性,状态,满意度
GD001,电话,2026-03-04 05:06:07,2026-03-04 05:10:00,2026/3/4 8:00,2026年3月5日 9时30分,-,2026-03-06 10:00:00,2026-03-08 18:00:00,井盖破损,东城街道,城市管理局,住房和城乡建设局、公安局交警支队,,1,有效,已办结,满意
GD002,视频识别,,2026-03-05 00:30:00,,,,,2026-03-10 18:00:00,占道经营,西城街道,园林绿化局,,GD001,0,无效,办理中,未评价
`;
    const { records, subjects, rejects, summary } = await importWith(
      '12345-work-orders',
      '工单.csv',
      iconv.encode(text, 'gb18030'),
    );
    assert.deepEqual(rejects, []);
    assert.deepEqual(
      summary.notes.map(({ zh }) => zh),
      ['文件不是 UTF-8 编码，已按 GB18030 读取'],
    );
    assert.deepEqual(records[0], {
      id: 'GD001',
      subject: 'shi/chengguan',
      line: 3,
      fault: null,
      fields: {
        type: '井盖破损',
        channel: 'citizen',
        neighbourhood: '东城街道',
        found: '2026-03-03T21:06:07.000Z',
        accepted: '2026-03-03T21:10:00.000Z',
        dispatched: '2026-03-04T00:00:00.000Z',
        handled: '2026-03-05T01:30:00.000Z',
        checked: null,
        closed: '2026-03-06T02:00:00.000Z',
        due: '2026-03-08T10:00:00.000Z',
        status: 'closed',
        ownerUnit: '城市管理局',
        leadUnit: null,
        supportingUnits: ['住房和城乡建设局', '公安局交警支队'],
        duplicateOf: null,
        invalid: false,
        reopened: 1,
        rating: 4,
      },
    });
    const { channel, status, rating, duplicateOf, invalid } = records[1]?.fields ?? {};
    assert.deepEqual(
      [channel, status, rating, duplicateOf, invalid],
      ['ai', 'dispatched', null, 'GD001', true],
    );
    assert.deepEqual(
      subjects.map(({ id, name }) => [id, name.en]),
      [
        ['shi/chengguan', 'City Management Bureau'],
        ['shi/u-534c929f', '园林绿化局'],
      ],
    );
  });

  it('read requirements from a ledger', async () => {
    const text = `需求编号,需求名称,提出单位,提出日期,答复日期,是否可行,协调完成,设计完成,审批完成,交付日期,验收日期,答复时限,交付时限,投入使用,贴合需求
17,积水预警,水务局,2026-03-02,2026-03-05,可行,2026-03-09,2026-03-20,2026-03-27,,,2026-03-09,2026-05-29,,是
`;
    const { records, rejects } = await importWith('requirements', '需求.csv', text);
    assert.deepEqual(rejects, []);
    const { fields, id } = records[0] ?? assert.fail('no record');
    assert.deepEqual(
      [id, fields.raised, fields.answered, fields.feasible, fields.delivered, fields.inUse, fields.fit],
      ['REQ-17', '2026-03-01T16:00:00.000Z', '2026-03-04T16:00:00.000Z', true, null, null, true],
    );
  });

  it('read incidents from nested JSON with times in epoch seconds', async () => {
    const incident = {
      incident: {
        id: 'INC-9',
        priority: 'P2',
        service: 'gateway',
        started_at: 1772600000,
        resolved_at: 1772603600,
      },
      impact: { users: 1200, minutes: 60.5 },
      postmortem: { cause: 'certificate expired', actions: ['renew automatically', 'alarm 30 days ahead'] },
    };
    const times = { detected_at: null, acknowledged_at: 1772600300, mitigated_at: null };
    const text = JSON.stringify([{ ...incident, incident: { ...incident.incident, ...times } }]);
    const { records, rejects } = await importWith('incidents', 'incidents.json', text);
    assert.deepEqual(rejects, []);
    assert.deepEqual(records[0]?.fields, {
      severity: 'major',
      class: 'gateway',
      started: '2026-03-04T04:53:20.000Z',
      detected: null,
      acknowledged: '2026-03-04T04:58:20.000Z',
      mitigated: null,
      resolved: '2026-03-04T05:53:20.000Z',
      impactUsers: 1200,
      impactMinutes: 60.5,
      cause: 'certificate expired',
      actions: ['renew automatically', 'alarm 30 days ahead'],
    });
  });

  it('read security events by their Chinese classes, and reject a class that is not one', async () => {
    const text = `事件编号,事件类别,等级,发现时间,遏制时间,关闭时间,处置时限
A1,数据安全,较大,2026-03-04 05:06,2026-03-04 07:00,,2026-03-06
A2,网络安全,一般,2026-03-04,,,
`;
    const { records, rejects } = await importWith('security-events', '安全.csv', text);
    assert.deepEqual(
      records.map(({ fields: f }) => [f.class, f.severity, f.found, f.due]),
      [['C3', 'medium', '2026-03-03T21:06:00.000Z', '2026-03-05T16:00:00.000Z']],
    );
    assert.deepEqual(
      rejects.map(({ line, id }) => [line, id]),
      [[3, 'A2']],
    );
  });

  it('read survey answers from NDJSON', async () => {
    const answer = {
      answer_id: 'a-1',
      survey: '2026H1',
      question: 'q3',
      role: 'bureau',
      score: 9,
      submitted_at: '2026-06-03T09:00:00+08:00',
    };
    const { records } = await importWith('surveys', 'answers.ndjson', `${JSON.stringify(answer)}\n`);
    assert.deepEqual(records[0]?.fields, {
      questionnaire: '2026H1',
      question: 'q3',
      respondentKind: 'customer',
      score: 9,
      scale: 10,
      answered: '2026-06-03T01:00:00.000Z',
    });
  });

  it('read entries in percent', async () => {
    const text = `指标编号,评估周期,完成率,完成数,应完成数,佐证材料,填报岗位,核验岗位
S3.P1,2026-Q1,87.5,,,一网通办统计.xlsx,政务服务科,-
S4.P2,2026-Q1,-,42,60,社区台账.pdf,社区建设科,评估办
S6.P1,2026-Q1,140,,,x.pdf,运营中心,-
`;
    const { records, rejects } = await importWith('entries', '填报.csv', text);
    assert.deepEqual(
      records.map(({ id, fields: f }) => [id, f.value, f.numerator, f.denominator, f.verifiedBy]),
      [
        ['S3.P1|2026-Q1|shi', 0.875, null, null, null],
        ['S4.P2|2026-Q1|shi', null, 42, 60, '评估办'],
      ],
    );
    assert.deepEqual(
      rejects.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '4: 140 in column 完成率 is outside 0 to 100: the mapping reads this column as percentages (scale: percent), correct the cell',
      ],
    );
  });

  it('read only the entries of ratios as percentages', async () => {
    const text = `指标编号,评估周期,完成率,完成数,应完成数,佐证材料,填报岗位,核验岗位
S1.T1,2026-Q1,8,,,台账.xlsx,运营中心,-
S1.T1,2026-02,85%,,,台账.xlsx,运营中心,-
S1.T1,2026-03,,81,18,台账.xlsx,运营中心,-
S3.P1,2026-Q1,85%,,,台账.xlsx,运营中心,-
S3.P1,2026-01,100,,,台账.xlsx,运营中心,-
`;
    const { records, rejects, summary } = await importWith('entries', '混合.csv', text);
    assert.deepEqual(
      records.map(({ line, fields: f }) => [line, f.indicator, f.value]),
      [
        [2, 'S1.T1', 8],
        [4, 'S1.T1', null],
        [5, 'S3.P1', 0.85],
        [6, 'S3.P1', 1],
      ],
    );
    assert.deepEqual(
      rejects.map(({ line, text: { zh, en } }) => [line, zh, en]),
      [
        [
          3,
          '「完成率」列的值 "85%" 是百分数，但该指标的单位为 day：请按该单位填写数值，不带百分号',
          '"85%" in column 完成率 is a percentage, but the indicator is in day: write its figure in day, without percent sign',
        ],
      ],
    );
    assert.deepEqual(summary.notes, []);
  });

  it('note percentages that look like ratios already', async () => {
    const text =
      '指标编号,评估周期,完成率,完成数,应完成数,佐证材料,填报岗位,核验岗位\nS3.P1,2026-Q1,0.87,,,,,\nS1.T1,2026-Q1,8,,,,,\n';
    const { records, summary } = await importWith('entries', '比率.csv', text);
    assert.deepEqual(
      records.map(({ fields }) => fields.value),
      [0.0087, 8],
    );
    assert.deepEqual(summary.notes, [
      {
        zh: '映射文件将 "完成率" 列视为百分数并除以 100，但该列没有大于 1 的数，可能本来就是 0 到 1 的比率：请核对，必要时去掉 scale: percent',
        en: 'the mapping divides column "完成率" by 100 as percentages, but none of its numbers is above 1: they look like ratios already; if so, remove scale: percent',
      },
    ]);
  });

  it('read observations of another system', async () => {
    tried.add('observations.yaml');
    const { mapping } = await readMappingFile(join(folder, 'observations.yaml'));
    const text =
      'code;quarter;result;n;total;status;remark;document\nS3.P1;2026-Q1;87.5;;;ok;;annual report\nS4.P2;2026-Q1;;;;n/a;no such service;\nS1.T1;2026-Q1;4.5;;;ok;;annual report\n';
    const read = await readObservations({
      path: scratch.write('o.csv', text),
      subject: shanghai,
      period: null,
      mapping,
      isSubject: () => false,
      indicators,
      asOf: '2026-04-01T00:00:00Z',
    });
    assert.deepEqual(read.rejects, []);
    assert.deepEqual(
      read.observations.map(({ indicator, state, value, provenance, reason }) => [
        indicator,
        state,
        value,
        provenance,
        reason?.en,
      ]),
      [
        ['S3.P1', 'submitted', 0.875, 'submitted', undefined],
        ['S4.P2', 'notApplicable', null, null, 'no such service'],
        ['S1.T1', 'submitted', 4.5, 'submitted', undefined],
      ],
    );
  });

  it('are each tried here or on the real data they are for', () => {
    const shipped = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    assert.deepEqual([...tried, 'boston-311.yaml'].sort(), shipped.sort());
  });
});
