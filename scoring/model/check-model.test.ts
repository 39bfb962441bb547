import assert from 'node:assert/strict';
import { checkModel } from './check-model.ts';
import { changed, smallModel } from './small-model.ts';

/** Every fault as `path line:column message`. */
function faultsOf(yaml: string): string[] {
  return checkModel(yaml).faults.map(
    ({ path, line, column, message }) => `${path || '.'} ${line}:${column} ${message}`,
  );
}

/** Several changes of the small model at once. */
function withChanges(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((yaml, [from, to]) => changed(from, to, yaml), smallModel);
}

type Case = readonly [
  title: string,
  changes: readonly (readonly [string, string])[],
  faults: readonly string[],
];

const cases: readonly Case[] = [
  [
    'an unknown key, with the key that was meant',
    [['    weight: 0.6', '    wieght: 0.6']],
    [
      'modules[0] 28:5 "weight" is missing; it is the share of the parent',
      'modules[0].wieght 31:5 unknown key "wieght"; did you mean "weight"?',
    ],
  ],
  [
    'an unknown key inside a measure',
    [['ratio: { numerator: closed <= cutoff }', 'ratio: { numerater: closed <= cutoff }']],
    [
      'modules[1].children[0].measure.ratio.numerator 56:49 "numerator" is missing',
      'modules[1].children[0].measure.ratio.numerater 56:51 unknown key "numerater"; did you mean "numerator"?',
    ],
  ],
  [
    'a missing id',
    [['  - id: M\n    title', '  - title']],
    ['modules[0] 28:5 "id" is missing; every node needs one'],
  ],
  [
    'a malformed id',
    [['      - id: P2', '      - id: 2P']],
    [
      'modules[0].combine.formula 32:51 column 27: unknown name "P2"; known: T1',
      'modules[0].children[1].id 39:13 "2P": letters, digits and "_", not beginning with a digit',
    ],
  ],
  [
    'an id that is a word of the formula language',
    [
      ['      - id: P2', '      - id: mod'],
      ['40*P2', '40*mod'],
    ],
    ['modules[0].children[1].id 39:13 "mod" is a word of the formula language; choose another id'],
  ],
  [
    'a duplicate id',
    [['      - id: P2', '      - id: T1']],
    [
      'modules[0].combine.formula 32:51 column 27: unknown name "P2"; known: T1',
      'modules[0].children[1].id 39:13 id "M.T1" is there twice',
    ],
  ],
  [
    'a missing text of one language',
    [['{ zh: 比率, en: Ratio }', '{ zh: 比率 }']],
    [
      'modules[0].children[1].title.en 40:16 "en" is missing; every text is given in both languages, zh and en',
    ],
  ],
  [
    'an empty text',
    [['{ zh: 比率, en: Ratio }', '{ zh: "", en: Ratio }']],
    ['modules[0].children[1].title.zh 40:22 "": may not be empty'],
  ],
  [
    'a formula fault at its column',
    [['40*P2', '40*P2*cos(T1)']],
    ['modules[0].combine.formula 32:54 column 30: unknown function "cos"'],
  ],
  [
    'a formula fault in a folded text',
    [
      [
        '{ formula: 60*(5-floor(T1/2))/5 + 40*P2 }',
        '\n      formula: >\n        60*(5-floor(T1/2))/5\n        + 40 P2',
      ],
    ],
    ['modules[0].combine.formula 35:14 column 27: an operator is missing before "P2"; write "*" to multiply'],
  ],
  [
    'a formula that uses a child that is not there',
    [['40*P2', '40*P3']],
    ['modules[0].combine.formula 32:51 column 27: unknown name "P3"; known: T1, P2'],
  ],
  [
    'a child that the formula never uses',
    [[' + 40*P2', ' + 40*T1/10']],
    ['modules[0].children[1].id 39:13 the formula of M never uses "P2"'],
  ],
  [
    'a formula that uses its own node',
    [['40*P2', '40*P2 + 0*M']],
    ['modules[0].combine.formula 32:58 cycle: the formula of M uses "M", which contains it'],
  ],
  [
    'points that do not add up to 100',
    [['40*P2', '30*P2']],
    ['modules[0].combine.formula 32:25 the points at best add up to 90, not 100 (T1 60, P2 30)'],
  ],
  [
    'a term without points',
    [['40*P2', '40*P2*0']],
    ['modules[0].combine.formula 32:25 "40*P2*0" gives 0 points at best; it must give more than 0'],
  ],
  [
    'weights that do not add up to 1',
    [['weight: 0.3', 'weight: 0.2']],
    ['modules[1].children 50:7 weights add up to 0.9, not 1'],
  ],
  [
    'module weights that do not add up to 1',
    [['weight: 0.6', 'weight: 0.5']],
    ['modules 28:3 weights add up to 0.9, not 1'],
  ],
  [
    'a missing weight',
    [['        weight: 0.3\n', '']],
    ['modules[1].children[1] 57:9 "weight" is missing; it is the share of the parent'],
  ],
  [
    'a weight where nothing reads it',
    [['      - id: P2\n', '      - id: P2\n        weight: 0.5\n']],
    [
      'modules[0].children[1].weight 40:9 a weight counts nothing here: the parent combines by a formula or by rules',
    ],
  ],
  [
    'an indicator without a measure',
    [['        unit: ratio\n        measure: { entry: true }\n  - id: N', '        unit: ratio\n  - id: N']],
    [
      'modules[0].children[1] 39:9 M.P2: an indicator without a measure: write "measure", or "entry: true" in it',
    ],
  ],
  [
    'an indicator without owner',
    [['    owner: { zh: 办公室, en: Office }\n', '']],
    [
      'modules[0].children[0] 33:9 M.T1: "owner" is missing',
      'modules[0].children[1] 38:9 M.P2: "owner" is missing',
      'modules[1].children[0] 49:9 N.x: "owner" is missing',
      'modules[1].children[1] 56:9 N.y: "owner" is missing',
      'modules[1].children[2] 60:9 N.context: "owner" is missing',
    ],
  ],
  [
    'a node with children and a measure',
    [
      [
        '    combine: { method: arithmetic }',
        '    combine: { method: arithmetic }\n    measure: { entry: true }',
      ],
    ],
    ['modules[1].measure 49:5 "measure" is for indicators; N has children'],
  ],
  [
    'a node with a method and no children',
    [['        measure: { entry: true }\n  - id: N', '        combine: { method: arithmetic }\n  - id: N']],
    [
      'modules[0].combine.formula 32:25 the points at best add up to 4060, not 100 (T1 60, P2 4000)',
      'modules[0].children[1] 39:9 M.P2: "children" is missing',
      'modules[0].children[1].children 39:9 weights add up to 0, not 1',
      'modules[0].children[1].unit 42:9 "unit" is for indicators; M.P2 has children',
    ],
  ],
  [
    'a unit that the measure does not yield',
    [['"days(raised, answered)"', '"hours(raised, answered)"']],
    ['modules[0].children[0].unit 37:15 unit is "day", yet the measure yields "hour"'],
  ],
  [
    'a ratio measure for a count',
    [
      [
        '        unit: ratio\n        scale: linear',
        '        unit: count\n        scale: linear\n        direction: higher\n        best: 5\n        worst: 0\n        range: { min: 0, max: null }',
      ],
    ],
    ['modules[1].children[0].unit 54:15 unit is "count", yet the measure yields "ratio"'],
  ],
  [
    'a percentage given as a ratio',
    [['range: { min: 0, max: 1 }', 'range: { min: 0, max: 100 }']],
    [
      'modules[0].children[1] 39:9 M.P2 range: a ratio lies in 0..1; for a percentage divide by 100',
      'modules[1].children[0] 50:9 N.x range: a ratio lies in 0..1; for a percentage divide by 100',
      'modules[1].children[1] 57:9 N.y range: a ratio lies in 0..1; for a percentage divide by 100',
      'modules[1].children[2] 61:9 N.context range: a ratio lies in 0..1; for a percentage divide by 100',
    ],
  ],
  [
    'a record condition fault',
    [['closed <= cutoff', 'closed <= deadline']],
    [
      'modules[1].children[0].measure.ratio.numerator 56:72 column 11 of "closed <= deadline": unknown field "deadline" of work-orders; known: type, channel, neighbourhood, found, accepted, dispatched, handled, checked, closed, due, status, ownerUnit, leadUnit, supportingUnits, duplicateOf, invalid, reopened, rating',
    ],
  ],
  [
    'a fault in the default condition of a kind of records',
    [['  units:\n', '  records: { work-orders: { where: not bogus } }\n  units:\n']],
    [
      'modules[1].children[0].measure 57:18 column 5 of "not bogus": unknown field "bogus" of work-orders; known: type, channel, neighbourhood, found, accepted, dispatched, handled, checked, closed, due, status, ownerUnit, leadUnit, supportingUnits, duplicateOf, invalid, reopened, rating',
    ],
  ],
  [
    'a cohort that is no instant',
    [['cohort: answered', 'cohort: unit']],
    [
      'modules[0].children[0].measure.cohort 38:51 cohort "unit" is no instant field of requirements; allowed: raised, answered, coordinated, designed, approved, delivered, accepted, answerDue, designDue, approvalDue, deliveryDue',
    ],
  ],
  [
    'two ways to measure at once',
    [['ratio: { numerator: closed <= cutoff }', 'ratio: { numerator: closed <= cutoff }, count: "true"']],
    [
      'modules[1].children[0].measure 56:18 exactly one of ratio, count, mean, percentile is needed, found ratio, count',
    ],
  ],
  [
    'a measure that is neither',
    [['measure: { entry: true }\n  - id: N', 'measure: { cohort: closed }\n  - id: N']],
    ['modules[0].children[1].measure 43:18 a measure is either "entry: true" or names its "records"'],
  ],
  [
    'an entry with more beside it',
    [['measure: { entry: true }\n  - id: N', 'measure: { entry: true, cohort: closed }\n  - id: N']],
    ['modules[0].children[1].measure 43:18 "entry" stands alone; remove cohort'],
  ],
  [
    'a "like" that is not there',
    [['like: N.x', 'like: N.z']],
    ['modules[1].children[1].like 60:15 no node is called "N.z"; did you mean "N.x"?'],
  ],
  [
    'a "like" that leads back to itself',
    [
      [
        '        measure: { records: work-orders',
        '        like: N.y\n        measure: { records: work-orders',
      ],
    ],
    [
      'modules[1].children[0].like 56:15 cycle: N.x -> N.y -> N.x',
      'modules[1].children[1].like 61:15 cycle: N.y -> N.x -> N.y',
    ],
  ],
  [
    'a "like" of a node that contains it',
    [['like: N.x', 'like: N']],
    ['modules[1].children[1].like 60:15 cycle: "N" contains this node and would contain itself'],
  ],
  [
    'a "like" of a node with children',
    [['like: N.x', 'like: M']],
    ['modules[1].children[1].like 60:15 "M" is no indicator; name one without children'],
  ],
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
    'a score without a scale',
    [['        scale: linear\n', '        scale: none\n']],
    [
      'modules[1].children[0] 50:9 N.x needs a "scale" here: nothing else turns its value into a score',
      'modules[1].children[1] 57:9 N.y needs a "scale" here: nothing else turns its value into a score',
    ],
  ],
  [
    'a direction that contradicts best and worst',
    [['        scale: linear\n', '        scale: linear\n        direction: lower\n']],
    [
      'modules[1].children[0].direction 56:20 N.x direction: "lower" is better, yet best is 1 and worst 0',
      'modules[1].children[1] 58:9 N.y direction: "lower" is better, yet best is 1 and worst 0',
    ],
  ],
  [
    'a best value outside the range',
    [['        scale: linear\n', '        scale: linear\n        best: 1.5\n']],
    [
      'modules[1].children[0].best 56:15 N.x best: best 1.5 lies outside the range of values that may occur',
      'modules[1].children[1] 58:9 N.y best: best 1.5 lies outside the range of values that may occur',
    ],
  ],
  [
    'a band out of order',
    [
      [
        '        scale: linear\n',
        '        direction: band\n        scale: { band: { low: 0.1, bestLow: 0.5, bestHigh: 0.4, high: 0.9 } }\n',
      ],
    ],
    [
      'modules[1].children[0].scale 56:16 N.x scale: a band needs low < bestLow <= bestHigh < high',
      'modules[1].children[1] 58:9 N.y scale: a band needs low < bestLow <= bestHigh < high',
    ],
  ],
  [
    'a misspelt scale',
    [['        scale: linear\n', '        scale: { bnad: { low: 0 } }\n']],
    [
      'modules[1].children[0].scale.band 55:16 "band" is missing',
      'modules[1].children[0].scale.bnad 55:18 unknown key "bnad"; allowed: band, steps',
    ],
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
  [
    'a wrong type',
    [['    weight: 0.6', '    weight: much']],
    ['modules[0].weight 31:13 "much": expected number'],
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

  for (const [title, changes, faults] of cases) {
    it(`reports ${title}`, () => assert.deepEqual(faultsOf(withChanges(...changes)), faults));
  }
});
