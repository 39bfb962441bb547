import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { importFile } from './import-file.ts';
import { runImport, testCity } from './test-imports.ts';

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

  it('is an error for a truncated and for a damaged gzip file', async () => {
    const whole = gzipSync(orders.repeat(5000));
    const cut = await rejectionOf(
      runImport({ path: csv(whole.subarray(0, -12), 'cut.csv.gz'), name: 'cut.csv.gz', kind: 'work-orders' }),
    );
    assert.equal(
      cut.message,
      'cut.csv.gz ends in the middle of its gzip data: it is truncated, fetch it again',
    );
    const wrong = Buffer.from(whole);
    wrong.fill(0xff, 100, 140);
    const error = await rejectionOf(runImport({ path: csv(wrong, 'bad.csv.gz'), kind: 'work-orders' }));
    assert.match(error.message, /bad\.csv\.gz holds damaged gzip data \(Z_DATA_ERROR\): fetch it again/);
  });

  it('is an error for a file that is absent, a folder or empty', async () => {
    const of = (path: string) => rejectionOf(runImport({ path, kind: 'work-orders', name: 'x.csv' }));
    assert.equal((await of(`${folder.path}/none.csv`)).message, 'x.csv does not exist: check the path');
    assert.equal((await of(folder.path)).message, 'x.csv is a folder: name one file in it');
    assert.equal(
      (await of(csv('', 'empty.csv'))).message,
      'x.csv is empty: it needs a header line with the names of its columns',
    );
  });

  it('is an error for an empty file, in words of its format', async () => {
    for (const [name, message] of [
      ['e.json', 'e.json is empty: it needs an array of records, [{...}, {...}]; without records write []'],
      ['e.ndjson', 'e.ndjson is empty: it needs one record {...} per line'],
      ['e.xlsx', 'e.xlsx is empty: it is no workbook, save or fetch it again'],
      ['e.csv.gz', 'e.csv.gz is empty: it needs a header line with the names of its columns'],
    ] as const) {
      const error = await rejectionOf(runImport({ path: csv('', name), name, kind: 'work-orders' }));
      assert.equal(error.message, message);
    }
  });

  it('notes a file without one record, with and without a mapping', async () => {
    const noRows = { zh: '表头之下没有数据行', en: 'there are no rows below the header' };
    const noRecord = { zh: '文件中没有任何记录', en: 'the file holds no record' };
    const yaml = 'kind: work-orders\nid: id\nfields: {accepted: accepted}\n';
    for (const [name, text, note] of [
      ['n.csv', 'id,accepted\n', noRows],
      ['n.json', '[]', noRecord],
      ['n.ndjson', '\n\n', noRecord],
    ] as const) {
      for (const mapping of [{}, { yaml }]) {
        const { summary } = await runImport({ path: csv(text, name), kind: 'work-orders', ...mapping });
        assert.deepEqual([summary.read, summary.notes], [0, [note]], name);
      }
    }
  });

  it('names the faults of lines that are no objects, and those of objects without keys', async () => {
    const lines = csv('7\n', 'seven.ndjson');
    const { rejects, summary } = await runImport({ path: lines, kind: 'work-orders' });
    assert.deepEqual(
      rejects.map(({ line, text }) => [line, text]),
      [
        [
          1,
          {
            zh: '"7" 不是一个对象：每条记录是一个 {...}',
            en: '"7" is not an object; each record is one {...}',
          },
        ],
      ],
    );
    assert.deepEqual([summary.read, summary.notes], [1, []]);
    const bare = await rejectionOf(
      runImport({ path: csv('[{}]', 'bare.json'), name: 'bare.json', kind: 'security-events' }),
    );
    assert.match(bare.message, /; its records have no keys$/);
  });

  it('stops when the signal says so, with the reason given', async () => {
    const path = csv(
      `id,accepted\n${Array.from({ length: 60_000 }, (_, i) => `${i},2015-03-02`).join('\n')}`,
      'long.csv',
    );
    const controller = new AbortController();
    const run = importFile({
      path,
      kind: 'work-orders',
      subject: testCity,
      mapping: null,
      isSubject: () => false,
      indicators: null,
      signal: controller.signal,
    });
    let batches = 0;
    const reading = async () => {
      for await (const batch of run.batches) {
        batches += 1;
        assert.ok(batch.records.length >= 1000 && batch.records.length < 2000);
        controller.abort(new Error('interrupted'));
      }
    };
    const error = await rejectionOf(reading());
    assert.equal(error.message, 'interrupted');
    assert.equal(batches, 1);
    assert.throws(() => run.summary(), /has not been read to its end/);
  });
});

describe('importing entries', () => {
  const folder = scratchFolder();
  const run = (text: string, yaml?: string) =>
    runImport({
      path: folder.write('entries.csv', text),
      kind: 'entries',
      ...(yaml === undefined ? {} : { yaml }),
    });

  it('derives the id from indicator, period and subject', async () => {
    const { records } = await run('indicator,period,value,evidence\nS3.P1,2015-Q1,0.83,doc.pdf\n');
    assert.deepEqual(records, [
      {
        id: 'S3.P1|2015-Q1|boston',
        subject: 'boston',
        fields: {
          indicator: 'S3.P1',
          period: '2015-Q1',
          value: 0.83,
          numerator: null,
          denominator: null,
          evidence: 'doc.pdf',
          submittedBy: null,
          verifiedBy: null,
        },
        fault: null,
        line: 2,
      },
    ]);
  });

  it('takes a denominator of 0 as it is and rejects figures that cannot be', async () => {
    const { records, rejects } = await run(`indicator,period,value,numerator,denominator
S3.P1,2015-01,,0,0
S3.P1,2015-02,1.3,,
S3.P1,2015-03,-0.1,,
S3.P1,2015-04,83,,
S3.P1,2015-05,83%,,
S3.P1,2015-06,,7,6
S3.P1,2015-07,,7,
S3.P1,2015-08,0.9,45,60
S3.P1,2015-13,0.9,,
S3.PI,2015-09,0.9,,
S6.P3,2015-09,-2,,
S8.X,2015-09,104,,
S3.P1,2015-10,,,
,2015-10,0.4,,
S3.P1,2015-11,NaN,,
S3.P1,2015-12,0.75,45,60
S3.P1,2015-01,,5,0
S1.T1,2015-01,85%,,
`);
    assert.deepEqual(
      records.map(({ fields: f }) => [f.period, f.value, f.numerator, f.denominator]),
      [
        ['2015-01', null, 0, 0],
        ['2015-12', 0.75, 45, 60],
      ],
    );
    assert.deepEqual(
      rejects.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '3: 1.3 in column value is outside 0 to 1: if it is a percentage, write 0.85 for 85%; in an import a mapping can set scale: percent',
        '4: -0.1 in column value is outside 0 to 1: give a ratio from 0 to 1',
        '5: 83 in column value is outside 0 to 1: if it is a percentage, write 0.85 for 85%; in an import a mapping can set scale: percent',
        '6: "83%" in column value is a percentage: write 0.85 for 85%; in an import a mapping can set scale: percent',
        '7: the numerator 7 is above the denominator 6: check whether they are swapped',
        '8: there is no figure: give a value, or numerator and denominator',
        '9: the value 0.9 is not numerator 45 / denominator 60',
        '10: the period "2015-13" does not parse: write 2026-W37, 2026-09, 2026-Q3 or 2026',
        '11: there is no indicator "S3.PI"; did you mean S3.P1?',
        '12: the value -2 is negative: an indicator in count cannot be below 0',
        '13: the score 104 is outside 0 to 100',
        '14: there is no figure: give a value, or numerator and denominator',
        '15: indicator is missing',
        '16: "NaN" in column value is not a finite number: write digits without thousands separators',
        '18: the numerator is 5 though the denominator is 0: where there is nothing to count both are 0, correct one of them',
        '19: "85%" in column value is a percentage, but the indicator is in day: write its figure in day, without percent sign',
      ],
    );
  });
});
