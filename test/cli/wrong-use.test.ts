import assert from 'node:assert/strict';
import { scratchFolder } from '../scratch-folder.ts';
import { evaluateJanuary, importJanuary, ordersCsv, run } from './run.ts';

describe('wrong use of the command line', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, ...argv);

  before(async () => {
    folder.write('orders.csv', ordersCsv(4));
    folder.write('a.json', '{}');
    await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
  });

  const faults: readonly [string, string[], RegExp][] = [
    [
      'an unknown model',
      ['evaluate', '--model', 'x', '--subject', 'lin', '--period', '2026-01'],
      /model "x" is unknown: name one of scie-2021-value, event-loop-2022/,
    ],
    [
      'a subject that does not exist',
      ['evaluate', '--model', 'event-loop-2022', '--subject', 'nobody', '--period', '2026-01'],
      /subject "nobody" does not exist \(known are lin\)/,
    ],
    [
      'a period that does not parse',
      ['evaluate', '--model', 'event-loop-2022', '--subject', 'lin', '--period', '2026-13'],
      /period "2026-13" does not parse: write 2026-W37/,
    ],
    [
      'an as-of time before the period',
      [...evaluateJanuary, '--as-of', '2025-12-01'],
      /as-of time 2025-11-30T16:00:00Z lies before 2026-01 begins/,
    ],
    ['an unknown interpretation', [...evaluateJanuary, '--interpretation', 'x=y'], /interpretation/],
    [
      'an unknown kind',
      ['import', 'orders', 'orders.csv', '--subject', 'lin'],
      /kind "orders" is unknown: write one of work-orders/,
    ],
    ['a file that is not there', ['import', 'work-orders', 'none.csv', '--subject', 'lin'], /none\.csv/],
    [
      'a zone that IANA does not know',
      ['--time-zone', 'Mars/Olympus', 'subject', 'list'],
      /--time-zone "Mars\/Olympus" is no IANA zone/,
    ],
    [
      'a span of time that ends before it begins',
      [...importJanuary, '--covers', '2026-02-01..2026-01-01'],
      /--covers "2026-02-01\.\.2026-01-01" is no span of time/,
    ],
    [
      'a period of observations that does not parse',
      ['import', 'observations', 'orders.csv', '--subject', 'lin', '--period', '2026-Q9'],
      /period "2026-Q9" does not parse/,
    ],
    ['a subject id that is none', ['subject', 'add', 'BAD ID!'], /BAD ID!/],
    ['a folder where a file is due', ['verify', '.'], /cannot be read: it is a folder/],
    ['an unknown command', ['frobnicate'], /citygauge: unknown command 'frobnicate'/],
    [
      'an unknown format',
      ['report', 'a.json', '--format', 'doc'],
      /format "doc" is unknown: write one of pdf, html/,
    ],
    [
      'an evaluation nobody knows',
      ['report', 'abcdef0123456789'],
      /is neither a file nor the id of an evaluation/,
    ],
    ['a PDF that is none', ['verify', 'orders.csv'], /PDF|bundle/],
    ['a port that is none', ['start', '--port', 'http'], /--port "http" is no port/],
    [
      'an address that is not loopback',
      ['start', '--host', '0.0.0.0', '--no-sample', '--port', '0'],
      /not a loopback address/,
    ],
  ];
  for (const [title, argv, expected] of faults) {
    it(`answers ${title} with exit code 2 and a sentence on stderr`, async () => {
      const { exitCode, stdout, stderr } = await cg(...argv);
      assert.match(stderr, expected);
      assert.doesNotMatch(stderr, /internal fault|\n\s+at /);
      assert.deepEqual([exitCode, stdout], [2, '']);
    });
  }
});
