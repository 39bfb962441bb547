import assert from 'node:assert/strict';
import { checkModel } from './check-model.ts';
import { changed } from './small-model.ts';

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from(
  { length: 20 },
  (_, i) =>
    `b${i}: &b${i} [${Array(9)
      .fill(i ? `*b${i - 1}` : '*a')
      .join(', ')}]`,
).join('\n')}\n`;

/** A file from a stranger and the first thing said about it. */
const hostile: readonly (readonly [title: string, yaml: string, fault: string])[] = [
  ['an empty file', '', '. null:null the file is empty'],
  ['a text', 'hello', '. 1:1 a model is a YAML mapping'],
  ['two documents', 'a: 1\n---\nb: 2\n', '. null:null the file holds more than one YAML document'],
  [
    'a file beyond the size limit',
    'x'.repeat(600_000),
    '. null:null the file is longer than 524288 characters (600000)',
  ],
  [
    'a hundred thousand brackets',
    '['.repeat(100_000),
    '. null:null the file is nested deeper than 24 levels',
  ],
  ['a hundred thousand dashes', '- '.repeat(100_000), '. null:null the file is nested deeper than 24 levels'],
  [
    'a ladder of nested mappings',
    Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    '. null:null the file is nested deeper than 24 levels',
  ],
  ['aliases that multiply', bomb, '. 5:9 more than 20000 values once its aliases are expanded'],
  [
    'an alias that makes a node contain itself',
    'modules: &m\n  - id: a\n    children: *m\n',
    '. 3:15 cycle: this alias makes a part of the file contain itself',
  ],
  ['an alias of nothing', 'modules: *m\n', '. 1:10 this alias names no anchor that stands before it'],
  [
    'a tag that asks for code',
    'a: !!js/function "x"\n',
    '. 1:4 YAML: Unresolved tag: tag:yaml.org,2002:js/function',
  ],
  ['the same key twice', 'a: 1\na: 2\n', '. 2:1 the key "a" stands twice in this mapping'],
  ['a tab as indentation', 'a:\n\t- b\n', '. 2:1 YAML: Tabs are not allowed as indentation'],
];

describe('checking a model from a stranger', () => {
  for (const [title, yaml, expected] of hostile) {
    it(`refuses ${title}, soon`, () => {
      const before = performance.now();
      const [fault] = checkModel(yaml).faults;
      assert.equal(fault && `${fault.path || '.'} ${fault.line}:${fault.column} ${fault.message}`, expected);
      assert.ok(performance.now() - before < 2000);
    });
  }

  it('treats __proto__ as the unknown key that it is', () => {
    const { faults } = checkModel('__proto__: { id: small }\n');
    assert.match(faults[0]?.message ?? '', /^unknown key "__proto__"/);
    assert.equal(({} as { id?: string }).id, undefined);
  });

  it('resolves an alias that is no cycle', () => {
    const shared = changed('{ zh: 份额, en: Share }', '*m').replace(
      '{ zh: 平均用时, en: Mean time }',
      '&m { zh: 含义, en: Shared }',
    );
    assert.deepEqual(checkModel(shared).model?.nodes[0]?.children[1]?.meaning, { zh: '含义', en: 'Shared' });
  });

  for (const [title, measure, fault] of [
    [
      'a selector beyond its bound',
      `{ metric: "${'x'.repeat(5000)}", reduce: mean }`,
      /longer than 2000 characters/,
    ],
    [
      'a selector of a thousand matchers',
      `{ metric: 'x{${'a="b",'.repeat(300)}c}', reduce: mean }`,
      /no PromQL/,
    ],
    ['a query nested a thousand deep', `{ promql: '${'('.repeat(1000)}x' }`, /no PromQL: it ends too early/],
    [
      'a query that is no PromQL',
      `{ promql: 'drop table readings' }`,
      /no PromQL: "table readings" cannot stand here/,
    ],
    [
      'a regular expression beyond its bound',
      `{ metric: 'x{a=~"${'(a+)+'.repeat(200)}"}', reduce: mean }`,
      /longer than 500/,
    ],
    ['a cadence of ages', '{ metric: x, reduce: mean, every: 99999999999d }', /write a duration/],
    [
      'an indicator named like a path',
      '{ indicator: "../../etc/passwd:x" }',
      /write `model-id:indicator\.id`/,
    ],
  ] as const) {
    it(`refuses ${title}, soon`, () => {
      const before = performance.now();
      const yaml = changed(
        'measure: { records: work-orders, ratio: { numerator: closed <= cutoff } }',
        `measure: ${measure}`,
      );
      const { faults } = checkModel(yaml);
      assert.ok(
        faults.some(({ message, line }) => fault.test(message) && line !== null),
        JSON.stringify(faults),
      );
      assert.ok(performance.now() - before < 2000);
    });
  }

  it('does not run a regular expression that would take for ever', () => {
    const measure = `measure: { metric: 'x{a=~"(a+)+b"}', reduce: mean, every: 60s }`;
    const from = 'measure: { records: work-orders, ratio: { numerator: closed <= cutoff } }';
    assert.deepEqual(checkModel(changed(from, measure)).faults, []);
  });

  it('stays within seconds on thousands of faults', () => {
    const yaml = `modules:\n${Array.from({ length: 1500 }, (_, i) => `- { id: a${i}, like: b${i}, x${i}: 1 }`).join('\n')}\n`;
    const before = performance.now();
    assert.ok(checkModel(yaml).faults.length > 3000);
    assert.ok(performance.now() - before < 8000);
  });
});
