import type { GradeBand, Model, ModelNode, Text } from '../contract.ts';
import { isAtLeast } from '../formula/arithmetic.ts';
import type { Totals } from './inner.ts';
import type { NodeResult } from './node-result.ts';
import { joinTexts, percent, scoreBeside, spokenName, text } from './words.ts';

/** The first grade whose border the score reaches; rounding noise below a border does not cost the grade. */
export function gradeOf(score: number, grades: readonly GradeBand[]): string {
  const band = grades.find((each) => isAtLeast(score, each.from)) ?? grades.at(-1);
  if (!band) throw new Error('a model has at least one grade');
  return band.grade;
}

export interface Judged {
  readonly node: ModelNode | null;
  readonly totals: Totals;
  readonly grade: string | null;
  readonly isBlocked: boolean;
  readonly children: readonly NodeResult[];
}

/** Leaves below that are expected and have no value. */
export function missingBelow(children: readonly NodeResult[]): NodeResult[] {
  return children.flatMap((child) => {
    if (child.node.leaf) return child.isApplicable && child.coverage === 0 ? [child] : [];
    return missingBelow(child.children);
  });
}

function listNames(results: readonly NodeResult[]): Text {
  const shown = results.slice(0, 4).map(({ node }) => spokenName(node));
  const more = results.length - shown.length;
  return text(
    shown.map((each) => each.zh).join('、') + (more > 0 ? ` 等 ${results.length} 项` : ''),
    shown.map((each) => each.en).join(', ') + (more > 0 ? ` and ${more} more` : ''),
  );
}

/** How the grade came about, or why there is none. */
export function innerReason(judged: Judged, model: Model): Text {
  const { totals, grade, children } = judged;
  if (!totals.isApplicable) return text('其下指标均不适用，不计分', 'nothing below applies; not scored');
  const missing = missingBelow(children);
  const names = listNames(missing);
  const gaps = missing.length === 0 ? [] : [text(`缺少：${names.zh}`, `missing: ${names.en}`)];
  if (totals.score === null) {
    return joinTexts([text('没有任何有值的证据，不计分', 'no evidence has a value; not scored'), ...gaps]);
  }
  const scoreWords = scoreSentence(totals, model);
  if (judged.node && judged.node.level > 1) return joinTexts([scoreWords, ...gaps]);
  if (judged.isBlocked) {
    return joinTexts([
      scoreWords,
      text('来源冲突未核实，不定级', 'ungraded until the conflict of sources is resolved'),
      ...gaps,
    ]);
  }
  if (grade === null) return joinTexts([scoreWords, floorSentence(model), ...gaps]);
  return joinTexts([gradeSentence(totals, grade, model), ...gaps]);
}

function borders(model: Model): number[] {
  return model.grades.map((band) => band.from);
}

function scoreSentence(totals: Totals, model: Model): Text {
  const shown = scoreBeside(totals.score ?? 0, borders(model));
  const { coverage } = totals;
  if (coverage === 1) return text(`得分 ${shown}`, `score ${shown}`);
  return text(
    `已有证据得分 ${shown}，覆盖率 ${percent(coverage)}`,
    `score ${shown} on the evidence there is, coverage ${percent(coverage)}`,
  );
}

function floorSentence(model: Model): Text {
  const floor = percent(model.coverageFloor);
  return text(`覆盖率低于下限 ${floor}，不定级`, `the coverage is below the floor of ${floor}: ungraded`);
}

/** Grades are given on the lower bound; says so where the score alone would give a better one. */
export function gradeSentence(totals: Totals, grade: string, model: Model): Text {
  const { score, low, coverage } = totals;
  if (score === null || low === null) return text('不定级', 'ungraded');
  const shown = scoreBeside(score, borders(model));
  const nominal = gradeOf(score, model.grades);
  if (coverage === 1) return text(`得分 ${shown}，${grade} 级`, `score ${shown}, grade ${grade}`);
  const worst = scoreBeside(low, borders(model));
  const covered = percent(coverage);
  if (nominal === grade) {
    return text(
      `已有证据得分 ${shown}，覆盖率 ${covered}；缺失证据即使全部不利仍有 ${worst} 分，${grade} 级`,
      `score ${shown} on the evidence there is, coverage ${covered}; grade ${grade} even if all missing evidence turns out worst (${worst})`,
    );
  }
  return text(
    `已有证据得分 ${shown}，对应 ${nominal} 级；覆盖率 ${covered}，缺失证据若不利则为 ${worst} 分、${grade} 级，按 ${grade} 级认定`,
    `score ${shown} on the evidence there is would be grade ${nominal}; coverage ${covered}: if the missing evidence turns out worst it is ${worst}, grade ${grade}, and grade ${grade} is given`,
  );
}
