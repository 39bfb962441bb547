import assert from 'node:assert/strict';
import fc from 'fast-check';
import { declaredTypes } from './declared-types.ts';
import {
  type ExpositionFormat,
  ExpositionParser,
  type ExpositionSample,
  expositionFormats,
  parseExposition,
} from './exposition.ts';
import { ExpositionFault } from './exposition-fault.ts';
import { printPage } from './test-pages.ts';

function faultOf(page: string | Uint8Array, format: ExpositionFormat = 'text'): string {
  try {
    parseExposition(page, format);
  } catch (error) {
    assert.ok(error instanceof ExpositionFault, String(error));
    return error.message;
  }
  return 'accepted';
}

const samplesOf = (page: string, format: ExpositionFormat = 'text') => parseExposition(page, format).samples;

describe('a page of metrics in text 0.0.4', () => {
  it('gives names, labels with their escapes undone, values and millisecond times', () => {
    const page =
      '# a comment\nrpc_seconds{path="C:\\\\x\\n\\"y\\"",city="广州",} 1.458255915e9 1395066363000\n\nup 3';
    assert.deepEqual(samplesOf(page), [
      {
        name: 'rpc_seconds',
        labels: { path: 'C:\\x\n"y"', city: '广州' },
        value: 1.458255915e9,
        timestamp: 1395066363000,
      },
      { name: 'up', labels: {}, value: 3, timestamp: null },
    ]);
  });

  it('allows blanks around every part', () => {
    assert.deepEqual(samplesOf('\t a { b = "c" , d = "" }\t 7  -5 \n'), [
      { name: 'a', labels: { b: 'c' }, value: 7, timestamp: -5 },
    ]);
  });

  it('takes NaN and both infinities, and rounds decimals as the language does', () => {
    const texts = [
      'NaN',
      '+Inf',
      '-Inf',
      'inf',
      '0.1',
      '-0',
      '123456789.123456',
      '1e-7',
      '1234567890123456789012',
      '.5',
    ];
    const values = samplesOf(texts.map((text) => `a ${text}\n`).join('')).map(({ value }) => value);
    assert.deepEqual(values, [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      0.1,
      -0,
      123456789.123456,
      1e-7,
      1.2345678901234568e21,
      0.5,
    ]);
  });

  it('takes names in quotes, which may be any UTF-8', () => {
    const { samples, families } = parseExposition(
      '# TYPE "请求.总数" counter\n{"请求.总数","区.域"="越秀"} 4\n',
      'text',
    );
    assert.deepEqual(samples, [
      { name: '请求.总数', labels: { '区.域': '越秀' }, value: 4, timestamp: null },
    ]);
    assert.equal(families.get('请求.总数')?.type, 'counter');
  });

  it('keeps type and help of a family', () => {
    const { families } = parseExposition(
      '# HELP a one\\ntwo\n# TYPE a histogram\na_bucket{le="+Inf"} 3\n',
      'text',
    );
    assert.deepEqual(families.get('a'), { type: 'histogram', help: 'one\ntwo', unit: '' });
  });

  const malformed: readonly (readonly [page: string, reason: string])[] = [
    [
      'ok 1\na{b="c"; d="e"} 1',
      'line 2 is malformed (a label name is expected): "a{b=\\"c\\"; d=\\"e\\"} 1"',
    ],
    ['a', 'line 1 is malformed (the value is missing): "a"'],
    ['a 1 2 3', 'line 1 is malformed (there is more at the end of the line): "a 1 2 3"'],
    ['a 0x1p3', 'line 1 is malformed ("0x1p3" is no number): "a 0x1p3"'],
    ['a 1_000', 'line 1 is malformed ("1_000" is no number): "a 1_000"'],
    ['a 1e999', 'line 1 is malformed (the value 1e999 is out of range): "a 1e999"'],
    ['a 1 1.5', 'line 1 is malformed (the timestamp 1.5 is no whole number of milliseconds): "a 1 1.5"'],
    ['1a 3', 'line 1 is malformed (a metric name is expected): "1a 3"'],
    ['a{b="c', 'line 1 is malformed (a quote is not closed): "a{b=\\"c"'],
    ['a{b=c} 1', 'line 1 is malformed (a label value needs quotes): "a{b=c} 1"'],
    ['a{b="1",b="2"} 1', 'line 1 is malformed (the label b stands twice): "a{b=\\"1\\",b=\\"2\\"} 1"'],
    [
      'a{__proto__="1"} 1',
      'line 1 is malformed (the label name __proto__ is reserved): "a{__proto__=\\"1\\"} 1"',
    ],
    ['a 1\r\n', 'line 1 is malformed ("1\\r" is no number): "a 1\\r"'],
    ['# TYPE a thing', 'line 1 is malformed (there is no metric type "thing"): "# TYPE a thing"'],
    ['<html>', 'line 1 is malformed (a metric name is expected): "<html>"'],
  ];
  for (const [page, reason] of malformed) {
    it(`refuses ${JSON.stringify(page)} and says why`, () => assert.equal(faultOf(page), reason));
  }

  it('does not take a label called constructor for one that stands twice', () => {
    assert.deepEqual(samplesOf('a{constructor="x",toString="y"} 1')[0]?.labels, {
      constructor: 'x',
      toString: 'y',
    });
  });

  it('refuses bytes that are no UTF-8', () => {
    assert.match(
      faultOf(Buffer.from('a{b="\xff"} 1', 'latin1')),
      /^line 1 is malformed \(a text is not valid UTF-8\)/,
    );
  });

  it('bounds the length of a line and the labels of a sample', () => {
    assert.match(
      faultOf(`a{b="${'x'.repeat(200_000)}"} 1\n`),
      /^line 1 is longer than 131072 bytes \(200009 so far\)/,
    );
    assert.match(faultOf(`ok 1\n${'x'.repeat(131_073)}`), /^line 2 is longer than 131072 bytes/);
    const labels = Array.from({ length: 129 }, (_, i) => `l${i}="x"`).join(',');
    assert.match(faultOf(`a{${labels}} 1\n`), /more than 128 labels/);
  });
});

describe('a page of metrics in OpenMetrics 1.0', () => {
  it('dates in seconds, forgets exemplars and keeps units', () => {
    const page = [
      '# TYPE wait_seconds histogram',
      '# UNIT wait_seconds seconds',
      '# HELP wait_seconds How "long"\\\\.',
      'wait_seconds_bucket{le="0.5"} 17 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.5',
      'wait_seconds_count 21',
      '# EOF',
      '',
    ].join('\n');
    const { samples, families } = parseExposition(page, 'openMetrics');
    assert.deepEqual(samples, [
      { name: 'wait_seconds_bucket', labels: { le: '0.5' }, value: 17, timestamp: 1520879607789 },
      { name: 'wait_seconds_count', labels: {}, value: 21, timestamp: null },
    ]);
    assert.deepEqual(families.get('wait_seconds'), {
      type: 'histogram',
      help: 'How "long"\\.',
      unit: 'seconds',
    });
  });

  const malformed: readonly (readonly [page: string, reason: string])[] = [
    ['a 1\n', '# EOF is missing after line 1: the page is cut short'],
    ['', '# EOF is missing after line 0: the page is cut short'],
    ['a 1\n# EOF\nb 2\n', 'line 3 is malformed (there is more after # EOF): "b 2"'],
    ['a 1\n\n# EOF\n', 'line 2 is malformed (OpenMetrics has no empty lines): ""'],
    ['# hello\n# EOF\n', 'line 1 is malformed (OpenMetrics has no such comment): "# hello"'],
    ['a{b="c",} 1\n# EOF\n', 'line 1 is malformed (a label name is expected): "a{b=\\"c\\",} 1"'],
    ['a  1\n# EOF\n', 'line 1 is malformed ("" is no number): "a  1"'],
    ['a 1 NaN\n# EOF\n', 'line 1 is malformed (the timestamp NaN is out of range): "a 1 NaN"'],
    [
      '# UNIT a seconds\n# EOF\n',
      'line 1 is malformed (the unit seconds is no suffix of a): "# UNIT a seconds"',
    ],
    ['a 1 # {b="c"}\n# EOF\n', 'line 1 is malformed (a space is expected): "a 1 # {b=\\"c\\"}"'],
  ];
  for (const [page, reason] of malformed) {
    it(`refuses ${JSON.stringify(page)} and says why`, () =>
      assert.equal(faultOf(page, 'openMetrics'), reason));
  }

  it('names counters with the _total that their samples bear', () => {
    const page = '# TYPE jobs counter\n# TYPE build info\n# TYPE speed gauge\n# TYPE wait summary\n# EOF\n';
    const { families } = parseExposition(page, 'openMetrics');
    assert.deepEqual(declaredTypes(families, 'openMetrics'), {
      jobs_total: { type: 'counter', help: '' },
      build_info: { type: 'gauge', help: '' },
      speed: { type: 'gauge', help: '' },
      wait: { type: 'unknown', help: '' },
    });
  });
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text.isWellFormed());
const classicName = fc
  .stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/)
  .filter((name) => !name.startsWith('__'));
const samples: fc.Arbitrary<ExpositionSample[]> = fc.array(
  fc.record(
    {
      name: fc.oneof(
        classicName,
        anyText.filter((text) => text !== ''),
      ),
      labels: fc.dictionary(
        fc.oneof(
          classicName,
          anyText.filter((text) => text !== '' && text !== '__proto__' && text !== '__name__'),
        ),
        anyText.filter((text) => text !== ''),
        { maxKeys: 4, noNullPrototype: true },
      ),
      value: fc.double(),
      timestamp: fc.option(fc.integer({ min: -(10 ** 13), max: 10 ** 13 })),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 8 },
);

describe('the parser of metrics pages', () => {
  for (const format of expositionFormats) {
    it(`reads back whatever samples are printed, in pieces of any size (${format})`, () => {
      fc.assert(
        fc.property(samples, fc.integer({ min: 1, max: 40 }), (wanted, size) => {
          const page = Buffer.from(printPage(wanted, format));
          const got: ExpositionSample[] = [];
          const parser = new ExpositionParser(format, (sample) => got.push(sample));
          for (let at = 0; at < page.length; at += size) parser.push(page.subarray(at, at + size));
          parser.end();
          assert.deepEqual(got, wanted);
        }),
        { numRuns: 150 },
      );
    });

    it(`answers random bytes and damaged pages with samples or its own fault (${format})`, () => {
      const damaged = fc
        .tuple(samples, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }))
        .map(([list, changes]) => {
          const page = Buffer.from(printPage(list, format));
          for (const [at, byte] of changes) if (page.length > 0) page[at % page.length] = byte;
          return page;
        });
      fc.assert(
        fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (page) => {
          try {
            const read = parseExposition(page, format);
            assert.ok(read.samples.every(({ name, value }) => name !== '' && typeof value === 'number'));
          } catch (error) {
            assert.ok(error instanceof ExpositionFault, String(error));
          }
        }),
        { numRuns: 600 },
      );
    });
  }

  it('takes a time that grows with the page alone, though it comes byte by byte', () => {
    const line = Buffer.from(`a{b="${'x'.repeat(100_000)}"} 1\n`);
    const got: ExpositionSample[] = [];
    const parser = new ExpositionParser('text', (sample) => got.push(sample));
    const before = performance.now();
    for (let round = 0; round < 3; round++) for (const byte of line) parser.push(Uint8Array.of(byte));
    assert.equal(got.length, 3);
    assert.ok(performance.now() - before < 3000);
  });
});
