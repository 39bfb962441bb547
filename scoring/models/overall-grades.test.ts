import assert from 'node:assert/strict';
import { decideByCounts } from '../engine/overall.ts';
import { modelOf } from '../engine/test-input.ts';

const model = modelOf('scie-2021-value');
const rules = model.overall.kind === 'gradeCounts' ? model.overall.rules : [];
const letters = model.grades.map((band) => band.grade);

/** The 4^8 ways to grade eight modules, as indices into the letters. */
function allCombinations(): number[][] {
  return Array.from({ length: letters.length ** 8 }, (_, code) =>
    Array.from({ length: 8 }, (_, module) => Math.floor(code / letters.length ** module) % letters.length),
  );
}

/** Overall grade of a combination as an index into the letters; combinations with the same counts share it. */
function judge(option: string): (combination: readonly number[]) => number {
  const known = new Map<string, number>();
  return (combination) => {
    const counts = letters.map((_, index) => combination.filter((grade) => grade === index).length);
    const key = counts.join(' ');
    const grade =
      known.get(key) ??
      letters.indexOf(
        decideByCounts(
          rules,
          Object.fromEntries(letters.map((letter, index) => [letter, counts[index] ?? 0])),
          {
            'overall-rule': option,
          },
        ).grade,
      );
    known.set(key, grade);
    return grade;
  };
}

/** How often raising one module to one better grade lowers the overall grade, and how many raises there are. */
function countViolations(option: string): {
  raises: number;
  violations: number;
  tally: Record<string, number>;
} {
  const grade = judge(option);
  const tally: Record<string, number> = Object.fromEntries(letters.map((letter) => [letter, 0]));
  let raises = 0;
  let violations = 0;
  for (const combination of allCombinations()) {
    const before = grade(combination);
    const letter = letters[before];
    assert.ok(letter !== undefined, `no grade for ${combination}`);
    tally[letter] = (tally[letter] ?? 0) + 1;
    for (const [module, current] of combination.entries()) {
      for (let better = 0; better < current; better += 1) {
        raises += 1;
        if (grade(combination.with(module, better)) > before) violations += 1;
      }
    }
  }
  return { raises, violations, tally };
}

describe('the overall grade of scie-2021-value over all 4^8 combinations of module grades', () => {
  it('never falls when a module is raised, under the default reading', () => {
    assert.equal(model.interpretations.find(({ id }) => id === 'overall-rule')?.default, 'no-worse');
    assert.deepEqual(countViolations('no-worse'), {
      raises: 786_432,
      violations: 0,
      tally: { A: 1697, B: 13_221, C: 30_237, D: 20_381 },
    });
  });

  it('falls in 4,368 of 786,432 raises under "at most one D"', () => {
    assert.deepEqual(countViolations('at-most-one-d'), {
      raises: 786_432,
      violations: 4368,
      tally: { A: 1697, B: 11_765, C: 31_693, D: 20_381 },
    });
  });

  it('falls in 18,616 of 786,432 raises under the literal text', () => {
    assert.deepEqual(countViolations('literal'), {
      raises: 786_432,
      violations: 18_616,
      tally: { A: 1697, B: 9984, C: 33_474, D: 20_381 },
    });
  });

  it('reads eight modules at B as an overall B, which the literal text calls C', () => {
    const eightB = Array.from({ length: 8 }, () => letters.indexOf('B'));
    const grades = ['no-worse', 'at-most-one-d', 'literal'].map((option) => letters[judge(option)(eightB)]);
    assert.deepEqual(grades, ['B', 'B', 'C']);
  });

  it('is the smallest monotone reading: it adds to "at most one D" three C without a D, and nothing else', () => {
    const [closure, atMostOne] = [judge('no-worse'), judge('at-most-one-d')];
    const added = new Set(
      allCombinations()
        .filter((combination) => closure(combination) !== atMostOne(combination))
        .map(
          (combination) =>
            `${letters
              .slice(2)
              .map((_, index) => combination.filter((grade) => grade === index + 2).length)
              .join(' C, ')} D`,
        ),
    );
    assert.deepEqual([...added], ['3 C, 0 D']);
  });
});
