import assert from 'node:assert/strict';
import { checkModel } from './check-model.ts';
import { changed, faultsOf, smallModel } from './small-model.ts';

const stages = `stages:
  - id: initial
    title: { zh: 初级, en: Initial }
    meaning: { zh: 从建到营, en: From building to operating }
    from: 40
    modules: { M: { weight: 0.6, min: 30, max: 70 }, N: { weight: 0.4, min: 35, max: 70 } }
  - id: mature
    title: { zh: 成熟, en: Mature }
    meaning: { zh: 闭环, en: Closed loop }
    from: 80
    modules: { M: { weight: 0.5, min: 65, max: 100 }, N: { weight: 0.5, min: 65, max: 90 } }
`;
const staged = `${smallModel}${stages}`;

describe('the stages of a model file', () => {
  it('are read as they stand, lowest first', () => {
    const { model, faults } = checkModel(staged);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      model?.stages.map(({ id, from, modules }) => [id, from, modules.M]),
      [
        ['initial', 40, { weight: 0.6, min: 30, max: 70 }],
        ['mature', 80, { weight: 0.5, min: 65, max: 100 }],
      ],
    );
    assert.deepEqual(checkModel(smallModel).model?.stages, []);
  });

  for (const [title, from, to, faults] of [
    [
      'a module that is not there',
      'N: { weight: 0.4, min: 35',
      'n: { weight: 0.4, min: 35',
      ['stages[0].modules.n 72:54 no module is called "n"; did you mean "N"?'],
    ],
    [
      'weights that do not add up',
      'N: { weight: 0.4, min: 35',
      'N: { weight: 0.3, min: 35',
      ['stages[0].modules 72:14 weights add up to 0.9, not 1'],
    ],
    [
      'a minimum above its maximum',
      'min: 30',
      'min: 71',
      [
        'stages[0].modules.M.min 72:39 min 71 of "M" is above its max 70',
        'stages[1].modules.M.min 77:39 min 65 of "M" lies below the 71 of the stage before, "initial"',
      ],
    ],
    [
      'a later stage that asks for less',
      'max: 90',
      'max: 69',
      ['stages[1].modules.N.max 77:87 max 69 of "N" lies below the 70 of the stage before, "initial"'],
    ],
    [
      'a stage score below that of the stage before',
      'from: 80',
      'from: 39',
      ['stages[1].from 76:11 from 39 lies below the 40 of the stage before, "initial"'],
    ],
    [
      'a stage score that nothing reaches',
      'from: 40',
      'from: 71',
      ['stages[0].from 71:11 from 71 can never be reached: with every module at its max the score is 70'],
    ],
    ['the same id twice', 'id: mature', 'id: initial', ['stages[1].id 73:9 stage "initial" is there twice']],
    [
      'a key misspelt',
      'N: { weight: 0.4, min',
      'N: { weigth: 0.4, min',
      [
        'stages[0].modules.N.weight 72:57 "weight" is missing',
        'stages[0].modules.N.weigth 72:59 unknown key "weigth"; did you mean "weight"?',
      ],
    ],
    [
      'a threshold beyond 100',
      'max: 90',
      'max: 900',
      ['stages[1].modules.N.max 77:87 900: Too big: expected number to be <=100'],
    ],
  ] as const) {
    it(`are refused with ${title}`, () => {
      assert.deepEqual(faultsOf(changed(from, to, staged)), faults);
    });
  }
});
