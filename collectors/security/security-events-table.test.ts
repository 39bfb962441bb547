import assert from 'node:assert/strict';
import { mkdirSync, utimesSync } from 'node:fs';
import { runOnce, targetTexts } from '../../test/probe-run.ts';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import type { CollectorYield } from '../contract.ts';
import { securityEventsTable } from './security-events-table.ts';

const startedAt = '2031-03-05T06:00:00.000Z';

describe('security-events-table', () => {
  const folder = scratchFolder();
  const write = (name: string, text: string, minutesAgo = 0) => {
    const path = folder.write(name, text);
    const seconds = Date.parse(startedAt) / 1000 - minutesAgo * 60;
    utimesSync(path, seconds, seconds);
    return path;
  };
  const read = (settings: object) => runOnce(securityEventsTable, settings, { startedAt });
  const rowsOf = ({ records = [] }: CollectorYield) => records.flatMap(({ rows }) => rows);
  const gapsOf = ({ gaps = [] }: CollectorYield) =>
    gaps.map(({ labels, reason }) => [labels, reason.en.replaceAll(folder.path, '')]);

  it('makes a record of each row, its words as codes and its times in UTC', async () => {
    const file = write(
      'events.csv',
      '编号,类别,级别,发现时间,遏制时间,关闭时间,时限,重开次数,来源告警\nS-1,C3,重大,2031-03-01 08:00,2031-03-01 09:30,,2031-03-04 08:00,1,1:7:10\nS-2,数据使用,,2031年3月2日 10:05,,,,,\n',
    );
    const brought = await read({ file });
    assert.deepEqual(brought.records, [
      {
        kind: 'security-events',
        rows: [
          {
            id: 'S-1',
            class: 'C3',
            severity: 'high',
            found: '2031-03-01T00:00:00.000Z',
            contained: '2031-03-01T01:30:00.000Z',
            closed: null,
            due: '2031-03-04T00:00:00.000Z',
            reopened: 1,
            alarm: '1:7:10',
          },
          {
            id: 'S-2',
            class: 'C4',
            severity: null,
            found: '2031-03-02T02:05:00.000Z',
            contained: null,
            closed: null,
            due: null,
            reopened: null,
            alarm: null,
          },
        ],
      },
    ]);
    assert.deepEqual(targetTexts(brought), { [file]: 'up: 2 events, 0 gaps' });
  });

  it('reads JSON with English names the same way', async () => {
    const file = write(
      'events.json',
      JSON.stringify([{ id: 'S-3', class: 'c1', severity: 'Low', found_at: '2031-03-01T08:00:00Z' }]),
    );
    assert.deepEqual(
      rowsOf(await read({ file })).map(({ id, class: kind, severity, found }) => [id, kind, severity, found]),
      [['S-3', 'C1', 'low', '2031-03-01T08:00:00.000Z']],
    );
  });

  it('takes the later row of an event, and the newer file of a folder', async () => {
    mkdirSync(`${folder.path}/a`);
    write('a/older.csv', 'id,class,found,closed\nS-1,C1,2031-03-01,\nS-2,C2,2031-03-01,2031-03-02\n', 30);
    write(
      'a/newer.csv',
      'id,class,found,closed\nS-1,C1,2031-03-01,2031-03-01\nS-1,C1,2031-03-01,2031-03-03\n',
      5,
    );
    write('a/notes.txt', 'nothing');
    assert.deepEqual(
      rowsOf(await read({ folder: `${folder.path}/a` })).map(({ id, closed }) => `${id} ${closed}`),
      ['S-2 2031-03-01T16:00:00.000Z', 'S-1 2031-03-02T16:00:00.000Z'],
    );
  });

  it('leaves out rows without a known class or severity, with line and reason', async () => {
    const file = write(
      'odd.csv',
      'id,class,severity,found\nS-1,C5,,2031-03-01\nS-2,C2,grave,2031-03-01\n,C1,,2031-03-01\nS-4,C1,高危,2031-03-01\n',
    );
    const brought = await read({ file });
    assert.deepEqual(
      rowsOf(brought).map(({ id }) => id),
      ['S-4'],
    );
    assert.deepEqual(gapsOf(brought), [
      [{ line: '4' }, '/odd.csv line 4: column id is empty'],
      [{ id: 'S-1' }, '/odd.csv line 2: the class "C5" is not known; known are C1, C2, C3, C4'],
      [
        { id: 'S-2' },
        '/odd.csv line 3: the severity "grave" is not known; known are critical, high, medium, low',
      ],
    ]);
  });

  it('tells a file of a folder that cannot be read and goes on; an only one fails the run', async () => {
    mkdirSync(`${folder.path}/b`);
    write('b/bad.csv', 'id,kind,found\nS-1,C1,2031-03-01\n', 9);
    write('b/good.csv', 'id,class,found\nS-9,C1,2031-03-01\n', 5);
    const brought = await read({ folder: `${folder.path}/b` });
    assert.deepEqual(
      rowsOf(brought).map(({ id }) => id),
      ['S-9'],
    );
    assert.deepEqual(gapsOf(brought), [
      [
        { source: `${folder.path}/b/bad.csv` },
        '/b/bad.csv: the column "class" is missing; there are id, kind, found',
      ],
    ]);
    const fault = await rejectionOf(read({ file: `${folder.path}/b/bad.csv` }));
    assert.match(fault.message, /the column "class" is missing/);
    mkdirSync(`${folder.path}/c`);
    const none = await rejectionOf(read({ folder: write('c/x.txt', '').replace('/x.txt', '') }));
    assert.match(none.message, /holds no table$/);
  });

  it('tells a row without the time at which it was found, and refuses a table without that column', async () => {
    const file = write('unfound.csv', 'id,class,发现时间\nS-1,C1,\nS-2,C2,2031-03-02\n');
    const brought = await read({ file, isComplete: true });
    assert.deepEqual(
      brought.gaps?.map(({ labels, state, reason }) => [labels.id, state, reason.en.split('/').at(-1)]),
      [['S-1', 'failed', 'unfound.csv line 2: column 发现时间 is empty']],
    );
    assert.deepEqual(
      brought.records?.map(({ rows, covers }) => [rows.map(({ id }) => id), covers]),
      [[['S-2'], undefined]],
      'the row may be an event of any day',
    );
    const fault = await rejectionOf(read({ file: write('old.csv', 'id,class\nS-1,C1\n') }));
    assert.match(fault.message, /the column "found" is missing/);
  });

  it('covers the time from its earliest event, or the date that is set, to its last change', async () => {
    const file = write('all.csv', 'id,class,found\nS-2,C2,2031-03-02\nS-1,C1,2031-03-01 08:00\n', 60);
    const covers = async (settings: object) => (await read({ file, ...settings })).records?.[0]?.covers;
    const to = '2031-03-05T05:00:00.000Z';
    assert.equal(await covers({}), undefined);
    assert.deepEqual(await covers({ isComplete: true }), { from: '2031-03-01T00:00:00.000Z', to });
    const since = { isComplete: true, completeFrom: '2031-01-01' };
    assert.deepEqual(await covers(since), { from: '2030-12-31T16:00:00.000Z', to });
    assert.deepEqual(await covers({ ...since, completeFrom: '2031-04-01' }), undefined);
    write('all.csv', 'id,class,found\n', -600);
    const empty = await read({ file, ...since });
    assert.deepEqual(empty.records, [
      { kind: 'security-events', rows: [], covers: { from: '2030-12-31T16:00:00.000Z', to: startedAt } },
    ]);
    const unsaid = await read({ file, isComplete: true });
    assert.deepEqual(
      [unsaid.records, gapsOf(unsaid)],
      [[], [[{ source: file }, '/all.csv holds no event and nothing says since when it is complete']]],
    );
  });

  it('needs either a file or a folder', () => {
    for (const given of [{}, { file: 'a.csv', folder: 'b' }])
      assert.match(
        securityEventsTable.settings.safeParse(given).error?.issues[0]?.message ?? '',
        /needs either file or folder/,
      );
  });
});
