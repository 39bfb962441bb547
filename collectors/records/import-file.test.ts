import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { runImport } from './test-imports.ts';

const orders = 'id,accepted,closed,due,channel\nA-1,2015-03-04T05:06:07,2015-03-05,2015-03-01,app\n';

describe('importing a file', () => {
  const folder = scratchFolder();
  const csv = (text: string | Uint8Array, name = 'orders.csv') => folder.write(name, text);

  it('yields records with every field of the kind, and the hash of the file', async () => {
    const { records, rejects, summary, progress } = await runImport({
      path: csv(orders),
      kind: 'work-orders',
    });
    const none = {
      type: null,
      neighbourhood: null,
      found: null,
      dispatched: null,
      handled: null,
      checked: null,
    };
    const unset = { status: null, ownerUnit: null, leadUnit: null, supportingUnits: null, duplicateOf: null };
    assert.deepEqual(records, [
      {
        id: 'A-1',
        subject: 'boston',
        fields: {
          ...none,
          ...unset,
          channel: 'app',
          accepted: '2015-03-04T10:06:07.000Z',
          closed: '2015-03-05T05:00:00.000Z',
          due: '2015-03-01T05:00:00.000Z',
          invalid: null,
          reopened: null,
          rating: null,
        },
        fault: null,
        line: 2,
      },
    ]);
    assert.deepEqual(rejects, []);
    assert.equal(summary.sha256, createHash('sha256').update(orders).digest('hex'));
    assert.deepEqual([summary.read, summary.rejected, summary.faulty, summary.notes], [1, 0, 0, []]);
    assert.deepEqual(progress, [{ bytesRead: orders.length, totalBytes: orders.length, rowsRead: 1 }]);
  });

  it('gives the same records from every format and encoding', async () => {
    const object = {
      id: 'A-1',
      accepted: '2015-03-04T05:06:07',
      closed: '2015-03-05',
      due: '2015-03-01',
      channel: 'app',
    };
    const { records } = await runImport({ path: csv(orders), kind: 'work-orders' });
    const chinese =
      '编号,受理时间,结案时间,办理时限,渠道\nA-1,2015-03-04T05:06:07,2015-03-05,2015-03-01,app\n';
    for (const path of [
      csv(gzipSync(orders), 'orders.csv.gz'),
      csv(`\uFEFF${orders}`, 'bom.csv'),
      csv(Buffer.from(`\uFEFF${orders}`, 'utf16le'), 'utf16.csv'),
      csv(iconv.encode(chinese, 'gb18030'), 'gb18030.csv'),
      csv(orders.replaceAll(',', '\t'), 'orders.tsv'),
      csv(JSON.stringify([object]), 'orders.json'),
      csv(gzipSync(JSON.stringify([object])), 'orders.json.gz'),
      csv(JSON.stringify(object), 'orders.ndjson'),
    ]) {
      const read = await runImport({ path, kind: 'work-orders' });
      const lines = records.map((record) => ({ ...record, line: path.includes('json') ? 1 : 2 }));
      assert.deepEqual(read.records, lines, path);
    }
  });

  it('keeps a record whose times cannot be, with the field unknown and the fault in words', async () => {
    const text = `id,accepted,closed
1,2015-02-30,2015-03-01
2,2015-03-02,2015-03-01
3,2015-03-02,2015-03-02
4,,2015-03-02
5,soon,never
`;
    const { records, rejects, summary } = await runImport({ path: csv(text), kind: 'work-orders' });
    assert.deepEqual(
      records.map(({ fields, fault }) => [fields.accepted, fields.closed, fault]),
      [
        [
          null,
          '2015-03-01T05:00:00.000Z',
          '「accepted」列的时间 "2015-02-30" 不存在或无法识别\n"2015-02-30" in column accepted is not a time that exists or can be read',
        ],
        [
          '2015-03-02T05:00:00.000Z',
          '2015-03-01T05:00:00.000Z',
          '结案时间 2015-03-01T05:00:00Z 早于受理时间 2015-03-02T05:00:00Z\nClosed 2015-03-01T05:00:00Z lies before Accepted 2015-03-02T05:00:00Z',
        ],
        ['2015-03-02T05:00:00.000Z', '2015-03-02T05:00:00.000Z', null],
        [
          null,
          '2015-03-02T05:00:00.000Z',
          '缺少受理时间，无法据此归入评估周期\nAccepted, which places it in a period, is missing',
        ],
        [
          null,
          null,
          '「accepted」列的时间 "soon" 不存在或无法识别\n"soon" in column accepted is not a time that exists or can be read',
        ],
      ],
    );
    assert.deepEqual([rejects.length, summary.faulty], [0, 4]);
  });

  it('takes a due time before the start and an order that was only found as sound', async () => {
    const text = 'id,found,accepted,due\n1,,2015-03-02,2015-01-01\n2,2015-03-02,,\n';
    const { records } = await runImport({ path: csv(text), kind: 'work-orders' });
    assert.deepEqual(
      records.map(({ fault }) => fault),
      [null, null],
    );
  });

  it('reads times that daylight saving skips or repeats', async () => {
    const text = 'id,accepted\n1,2015-03-08T02:30\n2,2015-11-01T01:30\n3,2015-11-01T01:30-05:00\n';
    const { records } = await runImport({ path: csv(text), kind: 'work-orders' });
    assert.deepEqual(
      records.map(({ fields }) => fields.accepted),
      ['2015-03-08T07:30:00.000Z', '2015-11-01T05:30:00.000Z', '2015-11-01T06:30:00.000Z'],
    );
  });

  it('rejects rows with line, id and reason in both languages, and goes on', async () => {
    const text = `id,accepted,channel,rating,reopened,invalid
,2015-03-02,app,,,
2,2015-03-02,pigeon,,,
3,2015-03-02,app,NaN,,
4,2015-03-02,app,Infinity,,
5,2015-03-02,app,"1,5",,
6,2015-03-02,app,4.5,1.5,
7,2015-03-02,app,4.5,1,maybe
8,2015-03-02,app
${'9'.repeat(201)},2015-03-02,app,,,
10,2015-03-02,App,4.5,2,否
`;
    const { records, rejects, summary } = await runImport({ path: csv(text), kind: 'work-orders' });
    assert.deepEqual(
      rejects.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '2: the id is missing: every record needs one of its own',
        '3: "pigeon" in column channel is none of citizen, app, employee, sensor, ai: list it under fields.channel.values of the mapping',
        '4: "NaN" in column rating is not a finite number: write digits without thousands separators',
        '5: "Infinity" in column rating is not a finite number: write digits without thousands separators',
        '6: "1,5" in column rating is not a finite number: write digits without thousands separators',
        '7: "1.5" in column reopened is not a whole number',
        '8: "maybe" in column invalid is neither yes nor no: change it, or list it under fields.invalid.values of the mapping',
        '9: 3 cells where the header has 6 columns: check delimiters and quotes',
        `10: the id "${'9'.repeat(77)}..." is too long or holds control characters: use at most 200 visible ones`,
      ],
    );
    assert.equal(rejects[0]?.text.zh, '缺少编号：每条记录都要有唯一编号');
    assert.deepEqual(
      records.map(({ fields }) => [fields.channel, fields.rating, fields.reopened, fields.invalid]),
      [['app', 4.5, 2, false]],
    );
    assert.deepEqual([summary.read, summary.rejected], [10, 9]);
  });

  it('rejects survey scores that are no share of a full score', async () => {
    const text = `id,respondentKind,score,scale,answered
a,user,13,10,2026-03-01T00:00:00Z
b,user,11,10,2026-03-01T00:00:00Z
c,user,-1,10,2026-03-01T00:00:00Z
d,user,5,0,2026-03-01T00:00:00Z
e,user,,-10,2026-03-01T00:00:00Z
f,user,5,,2026-03-01T00:00:00Z
g,user,10,10,2026-03-01T00:00:00Z
h,user,0,10,2026-03-01T00:00:00Z
i,user,,,2026-03-01T00:00:00Z
`;
    const { records, rejects } = await runImport({ path: csv(text, 'survey.csv'), kind: 'surveys' });
    assert.deepEqual(
      records.map(({ id }) => id),
      ['g', 'h', 'i'],
    );
    assert.deepEqual(
      rejects.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '2: the score 13 is above the scale 10: correct one of them',
        '3: the score 11 is above the scale 10: correct one of them',
        '4: the score -1 is negative: correct it, or leave it empty where none was given',
        '5: the scale 0 is not above 0: give the full score of the question, such as 10',
        '6: the scale -10 is not above 0: give the full score of the question, such as 10',
        '7: the score 5 has no scale: give the full score, or set scale: {constant: 10} in the mapping',
      ],
    );
    assert.equal(rejects[0]?.text.zh, '得分（score）13 高于满分（scale）10：请更正其中一项');
  });

  it('bounds texts and keeps control characters out of them', async () => {
    const long = 'x'.repeat(4001);
    const objects = [
      { id: 1, accepted: '2015-03-02', type: 'a\u0001b\u0000c\ud800' },
      { id: 2, accepted: '2015-03-02', type: long },
      { id: 3, accepted: '2015-03-02', type: 'x', supportingUnits: ['城管局', ' 交警 '] },
    ];
    const path = csv(JSON.stringify(objects), 'o.json');
    const { records, rejects } = await runImport({ path, kind: 'work-orders' });
    assert.deepEqual(
      records.map(({ id, fields }) => [id, fields.type, fields.supportingUnits]),
      [
        ['1', 'a b c\uFFFD', null],
        ['3', 'x', ['城管局', '交警']],
      ],
    );
    assert.deepEqual(
      rejects.map(({ reason }) => reason),
      ['column type holds 4001 characters where 4000 are allowed: shorten it'],
    );
  });

  it('names the columns of a file that lacks those of the mapping, with what was meant', async () => {
    const yaml = 'kind: work-orders\nid: CASE_ID\nfields:\n  accepted: OPEN\n';
    const error = await rejectionOf(
      runImport({ path: csv('CASEID,OPEND,x\n1,2,3\n', 'c.csv'), kind: 'work-orders', yaml, name: 'c.csv' }),
    );
    assert.equal(
      error.message,
      'c.csv has no column "CASE_ID" (id); did you mean "CASEID"?; its columns are "CASEID", "OPEND", "x"\nc.csv has no column "OPEN" (fields.accepted); did you mean "OPEND"?; its columns are "CASEID", "OPEND", "x"',
    );
    const json = csv('[{"CASEID":1,"OPEN":"2015-03-02"}]', 'c.json');
    assert.match(
      (await rejectionOf(runImport({ path: json, kind: 'work-orders', yaml }))).message,
      /has no column "CASE_ID"/,
    );
  });

  it('names what a file without mapping lacks, and notes the columns it leaves aside', async () => {
    const error = await rejectionOf(
      runImport({ path: csv('nr,open\n1,2\n', 'n.csv'), kind: 'work-orders', name: 'n.csv' }),
    );
    assert.equal(
      error.message,
      'n.csv has no column for "id" (编号) of work-orders; name it so or give a mapping; its columns are "nr", "open"\nn.csv has no column for "accepted" (受理时间) of work-orders; name it so or give a mapping; its columns are "nr", "open"',
    );
    const { summary } = await runImport({
      path: csv('ID,Accepted,chanel\n1,2015-03-02,app\n'),
      kind: 'work-orders',
    });
    assert.deepEqual(summary.notes, [
      {
        zh: '未使用的列：chanel（是否应为 channel？）',
        en: 'columns left aside: chanel (did you mean channel?)',
      },
    ]);
  });

  it('refuses a mapping for another kind', async () => {
    const yaml = 'kind: surveys\nid: id\nfields: {respondentKind: who, answered: at}\n';
    const error = await rejectionOf(runImport({ path: csv(orders), kind: 'work-orders', yaml }));
    assert.equal(
      error.message,
      'the mapping is for surveys but the import is of work-orders: name the right mapping',
    );
  });

  it('takes subjects by id only below the one named and only when they exist', async () => {
    const text =
      'id,accepted,subject\n1,2015-03-02,boston/isd\n2,2015-03-02,boston/nil\n3,2015-03-02,bostonia\n4,2015-03-02,\n';
    const { records, rejects } = await runImport({
      path: csv(text),
      kind: 'work-orders',
      isSubject: (id) => id === 'boston/isd',
    });
    assert.deepEqual(
      records.map(({ id, subject }) => [id, subject]),
      [
        ['1', 'boston/isd'],
        ['4', 'boston'],
      ],
    );
    assert.deepEqual(
      rejects.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '3: the subject "boston/nil" does not exist: add it with citygauge subject add',
        '4: the subject "bostonia" does not lie below boston: name its parent with --subject',
      ],
    );
  });

  it('translates values, takes constants, empty values and other time formats as the mapping says', async () => {
    const yaml = `kind: work-orders
timeZone: Asia/Shanghai
timeFormat: yyyy/M/d H:mm
emptyValues: ['-', 无]
delimiter: ';'
id: {column: 号, prefix: 12345-}
fields:
  accepted: 受理
  closed: {column: 办结, timeFormat: epoch-seconds}
  channel: {column: 来源, values: {电话: citizen, 巡查: employee}, otherwise: null}
  type: {column: 来源, values: {电话: 来电}, otherwise: keep}
  status: {constant: closed}
  supportingUnits: {column: 配合, separator: '|'}
  rating: {column: 分, scale: percent}
`;
    const text =
      '号;受理;办结;来源;配合;分\n7;2026/3/4 5:06;1772600000;电话;城管|交警;80\n8;2026/3/4 5:06;-;传真;无;45%\n';
    const { records, rejects } = await runImport({ path: csv(text), kind: 'work-orders', yaml });
    assert.deepEqual(rejects, []);
    assert.deepEqual(
      records.map(({ id, fields: f }) => [
        id,
        f.accepted,
        f.closed,
        f.channel,
        f.type,
        f.status,
        f.supportingUnits,
        f.rating,
      ]),
      [
        [
          '12345-7',
          '2026-03-03T21:06:00.000Z',
          '2026-03-04T04:53:20.000Z',
          'citizen',
          '来电',
          'closed',
          ['城管', '交警'],
          0.8,
        ],
        ['12345-8', '2026-03-03T21:06:00.000Z', null, null, '传真', 'closed', null, 0.45],
      ],
    );
  });

  it('makes sub-subjects from a column, each once, before the records that need them', async () => {
    const yaml =
      'kind: work-orders\nid: id\nsubject: {column: unit}\nfields: {accepted: at, ownerUnit: unit}\n';
    const text = 'id,at,unit\n1,2015-03-02,Parks\n2,2015-03-02,\n3,2015-03-02,Parks\n4,2015-03-02,城管局\n';
    const { records, subjects } = await runImport({ path: csv(text), kind: 'work-orders', yaml });
    assert.deepEqual(
      records.map(({ subject }) => subject),
      ['boston/parks', 'boston', 'boston/parks', 'boston/u-cabca7eb'],
    );
    assert.deepEqual(
      subjects.map(({ id, name, kind }) => [id, name.zh, kind]),
      [
        ['boston/parks', 'Parks', 'department'],
        ['boston/u-cabca7eb', '城管局', 'department'],
      ],
    );
  });
});
