import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkModel } from './check-model.ts';
import { type FaultCase, faultsOf, smallModel, withChanges } from './small-model.ts';

const cases: readonly FaultCase[] = [
  [
    'grades out of order',
    [['grade: B, from: 75', 'grade: B, from: 95']],
    ['grades[1].from 13:23 grades are out of order: B begins at 95, not below A at 90'],
  ],
  [
    'a last grade that does not begin at 0',
    [['grade: C, from: 0', 'grade: C, from: 5']],
    ['grades[2].from 14:23 the last grade begins at 0, not 5; else a low score has no grade'],
  ],
  [
    'a grade twice',
    [['grade: B, from: 75', 'grade: A, from: 75']],
    ['grades[1].grade 13:14 grade "A" is there twice'],
  ],
  [
    'an unknown interpretation option as default',
    [
      [
        'overall: {',
        'interpretations:\n  - { id: term-bounds, question: { zh: 问, en: Q }, default: free, options: [{ id: bounded, title: { zh: 是, en: Yes } }] }\noverall: {',
      ],
    ],
    ['interpretations[0].default 16:61 default "free" is no option of "term-bounds"; allowed: bounded'],
  ],
  [
    'an interpretation that nothing reads',
    [
      [
        'overall: {',
        'interpretations:\n  - { id: taste, question: { zh: 问, en: Q }, default: a, options: [{ id: a, title: { zh: 是, en: Yes } }, { id: b, title: { zh: 否, en: No } }] }\noverall: {',
      ],
    ],
    [
      'interpretations[0].id 16:11 no rule reads "taste", so its options would change nothing; keep one option',
    ],
  ],
  [
    'a version that is a number',
    [['version: 1.0.0', 'version: 1.0']],
    ['version 3:10 1: expected string; put it in quotes'],
  ],
];

describe('checkModel', () => {
  it('builds the model of a valid file, with defaults and "like" filled in', () => {
    const { model, faults } = checkModel(smallModel);
    assert.deepEqual(faults, []);
    const leaf = model?.nodes[1]?.children[1];
    assert.equal(leaf?.id, 'N.y');
    assert.deepEqual(leaf?.title, { zh: '乙二', en: 'Second two' });
    assert.equal(leaf?.weight, 0.3);
    assert.deepEqual(leaf?.leaf?.scale, { kind: 'linear', worst: 0, best: 1 });
    assert.equal(leaf?.leaf?.measure.kind, 'records');
    assert.equal(model?.coverageFloor, 0.8);
  });

  it('reports all faults of a file together, in the order of the file', () => {
    const yaml = withChanges(
      ['version: 1.0.0', 'version: one'],
      ['grade: B, from: 75', 'grade: B, from: 95'],
      ['40*P2', '40*P3'],
      ['{ zh: 比率, en: Ratio }', '{ zh: 比率 }'],
      ['closed <= cutoff', 'closed <= deadline'],
      ['weight: 0.3', 'weight: 0.2'],
    );
    assert.deepEqual(
      checkModel(yaml).faults.map((fault) => fault.path),
      [
        'version',
        'grades[1].from',
        'modules[0].combine.formula',
        'modules[0].children[1].title.en',
        'modules[1].children',
        'modules[1].children[0].measure.ratio.numerator',
      ],
    );
  });

  it('accepts grade rules only when every combination of module grades has a result', () => {
    const rules = (text: string) =>
      withChanges(
        [
          'overall: { kind: score, explanation: { zh: 加权, en: Weighted } }',
          `overall:\n  kind: gradeCounts\n  explanation: { zh: 规则, en: Rules }\n  rules:\n${text}`,
        ],
        ['    weight: 0.6\n', ''],
        ['    weight: 0.4\n', ''],
      );
    const rule = (id: string, grade: string, when: string) =>
      `    - { id: ${id}, grade: ${grade}, when: ${when}, reason: { zh: 理, en: R } }\n`;
    assert.deepEqual(faultsOf(rules(rule('a', 'A', 'A == 2') + rule('b', 'B', 'null'))), []);
    assert.deepEqual(faultsOf(rules(rule('a', 'A', 'A >= 1') + rule('b', 'B', 'B >= 1 and C <= 1'))), [
      'overall.rules 19:5 no rule decides A=0 B=0 C=2; end with a rule that has "when: null"',
    ]);
    assert.deepEqual(faultsOf(rules(rule('a', 'A', 'E >= 1') + rule('b', 'F', 'null'))), [
      'overall.rules[0].when 19:32 column 1 of "E >= 1": unknown name "E"; known: A, B, C',
      'overall.rules[1].grade 20:23 "F" is no grade of this model; allowed: A, B, C',
    ]);
    assert.deepEqual(faultsOf(rules(rule('a', 'A', 'null') + rule('a', 'B', 'null'))), [
      'overall.rules[0].when 19:26 a rule without condition hides all rules after it; put it last',
      'overall.rules[1].id 20:13 rule "a" is there twice',
    ]);
    const open = '{ interpretation: taste, options: { mild: A >= 1, hot: B >= 1 } }';
    assert.deepEqual(faultsOf(rules(rule('a', 'A', open) + rule('b', 'B', 'null'))), [
      'overall.rules[0].when.interpretation 19:50 no interpretation is called "taste"',
    ]);
  });

  it('gives a model or faults, and never throws, however a file is mangled', () => {
    const lines = smallModel.split('\n');
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ': ',
      '- ',
      '*m',
      '&m ',
      '"',
      '  ',
      '0',
      'null',
      '~',
      '!!',
      '|',
      '#',
    );
    const change = fc.oneof(
      fc.record({ kind: fc.constant('drop' as const), line: fc.nat(lines.length - 1) }),
      fc.record({ kind: fc.constant('repeat' as const), line: fc.nat(lines.length - 1) }),
      fc.record({
        kind: fc.constant('insert' as const),
        line: fc.nat(lines.length - 1),
        column: fc.nat(40),
        piece: fc.oneof(piece, fc.string({ maxLength: 5 })),
      }),
      fc.record({
        kind: fc.constant('value' as const),
        line: fc.nat(lines.length - 1),
        piece: fc.oneof(piece, fc.constantFrom('[]', '{}', '1e999', '.nan', '-1', 'true', '2001-01-01')),
      }),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const mangled = [...lines];
        for (const each of changes) {
          const line = mangled[each.line] ?? '';
          if (each.kind === 'drop') mangled[each.line] = '';
          else if (each.kind === 'repeat') mangled[each.line] = `${line}\n${line}`;
          else if (each.kind === 'insert') {
            mangled[each.line] = line.slice(0, each.column) + each.piece + line.slice(each.column);
          } else mangled[each.line] = line.replace(/: .*/, `: ${each.piece}`);
        }
        const { model, faults } = checkModel(mangled.join('\n'));
        assert.equal(model === null, faults.length > 0);
        if (!model) refused += 1;
        for (const fault of faults) assert.ok(fault.message.length > 0);
      }),
      { numRuns: 500 },
    );
    assert.ok(refused > 300, `only ${refused} of 500 were refused`);
  });

  for (const [title, changes, faults] of cases) {
    it(`reports ${title}`, () => assert.deepEqual(faultsOf(withChanges(...changes)), faults));
  }
});
