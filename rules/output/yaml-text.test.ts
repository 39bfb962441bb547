import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type YamlValue, yamlText } from './yaml-text.ts';

const hardTexts = [
  ...[
    '',
    ' ',
    'yes',
    'NO',
    'null',
    '~',
    '1',
    '0x1f',
    '1e5',
    '.5',
    '2026-11-21',
    '12:30',
    '5m',
    '-',
    '- a',
    '? b',
  ],
  ...[
    'a: b',
    'a:',
    'a #b',
    '#a',
    "it's",
    '"q"',
    '{a}',
    '[a]',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a`',
    '|',
    '>',
    '=',
  ],
  ...[
    'a\n',
    'a\nb',
    'a\nb\n',
    'a\n\nb',
    'a\n\n',
    '\na',
    ' a\nb',
    'a \nb',
    'a\n b\n',
    '\t',
    'a\tb',
    'a\r\nb',
    'a\n---\nb',
  ],
  ...[
    '门户可用性',
    '（紧急）错误预算：消耗过快。',
    '🚦',
    '\u0085',
    '\u2028',
    '\ufeffa',
    '\u0000',
    '\\',
    'x{a="\\\\"}',
  ],
];

const read = (document: YamlValue) => parse(yamlText(document));

describe('YAML as it is written', () => {
  it('reads back as every text that was written, as a value, a key and an item', () => {
    for (const text of hardTexts) {
      const document = { value: text, [`${text}!`]: [text, { inner: text, last: [[text]] }] };
      assert.deepEqual(read(document), document, JSON.stringify(text));
      assert.deepEqual(parse(yamlText(document), { version: '1.1' }), document, JSON.stringify(text));
    }
  });

  it('reads back as any data', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...hardTexts));
    const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          text.filter((key) => key !== '__proto__' && key !== '<<'),
          tie('value'),
          { maxKeys: 3 },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (document) => {
        const plain = JSON.parse(JSON.stringify(document));
        assert.deepEqual(read(plain), plain);
      }),
      { numRuns: 300 },
    );
  });

  it('is what people would write: no quotes where none are needed, blocks for queries of several lines', () => {
    const rule = {
      record: 'slo:x',
      expr: 'a\n/\nb > 0\n',
      labels: { tier: '2', title: '门户（一）' },
      empty: {},
    };
    assert.equal(
      yamlText({ groups: [{ name: 'g', rules: [rule] }] }),
      [
        'groups:',
        '- name: g',
        '  rules:',
        '  - record: slo:x',
        '    expr: |',
        '      a',
        '      /',
        '      b > 0',
        '    labels:',
        '      tier: "2"',
        '      title: 门户（一）',
        '    empty: {}',
        '',
      ].join('\n'),
    );
  });
});
