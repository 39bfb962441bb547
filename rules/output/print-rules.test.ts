import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { printRules, printYaml } from './print-rules.ts';

/** Texts that some reader takes for something else. */
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

describe('YAML of rules', () => {
  it('reads back as every text that was written, as a value, a key and an item, by YAML 1.1 and 1.2', () => {
    for (const text of hardTexts) {
      const document = { value: text, [`${text}!`]: [text, { inner: text }] };
      for (const version of ['1.1', '1.2'] as const) {
        assert.deepEqual(parse(printYaml(document), { version }), document, JSON.stringify(text));
      }
    }
  });

  it('is what people would write: blocks for queries of several lines, a comment above, groups in order', () => {
    const rule = {
      record: 'slo:x',
      expr: 'a\n/\nb > 0\n',
      labels: { tier: '2', title: '门户（一）' },
    };
    assert.equal(
      printRules(
        {
          groups: [
            { name: 'g', rules: [rule] },
            { name: 'h', rules: [] },
          ],
        },
        'made\nby a test',
      ),
      [
        '# made',
        '# by a test',
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
        '- name: h',
        '  rules: []',
        '',
      ].join('\n'),
    );
    assert.equal(printRules({ groups: [] }), 'groups: []\n');
  });
});
