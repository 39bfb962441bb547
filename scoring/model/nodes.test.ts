import assert from 'node:assert/strict';
import { type FaultCase, faultsOf, withChanges } from './small-model.ts';

const cases: readonly FaultCase[] = [
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
    'an endless condition, of which it quotes the beginning',
    [['closed <= cutoff', `closed <= ${'d'.repeat(40_000)}`]],
    [
      `modules[1].children[0].measure.ratio.numerator 56:62 column 1 of "closed <= ${'d'.repeat(70)}…": longer than 2000 characters (40010)`,
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
      'modules[1].children[0].measure 56:18 exactly one of ratio, count, mean, percentile, interval is needed, found ratio, count',
    ],
  ],
  [
    'a measure that is neither',
    [['measure: { entry: true }\n  - id: N', 'measure: { cohort: closed }\n  - id: N']],
    [
      'modules[0].children[1].measure 43:18 a measure is "entry: true" or names its "records", "metric", "promql" or "indicator"',
    ],
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
    ['modules[1].children[0].like 56:15 cycle: N.x -> N.y -> N.x'],
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
    'a wrong type',
    [['    weight: 0.6', '    weight: much']],
    ['modules[0].weight 31:13 "much": expected number'],
  ],
  [
    'a number that is none',
    [['    weight: 0.6', '    weight: .nan']],
    ['modules[0].weight 31:13 NaN: expected a finite number written in digits'],
  ],
  [
    'a number without end',
    [['    weight: 0.6', '    weight: -.inf']],
    ['modules[0].weight 31:13 -Infinity: expected a finite number written in digits'],
  ],
];

describe('faults of nodes', () => {
  for (const [title, changes, faults] of cases) {
    it(`include ${title}`, () => assert.deepEqual(faultsOf(withChanges(...changes)), faults));
  }
});
