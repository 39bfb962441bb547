import type { GradeCountRule, Model, Overall, Text } from '../contract.ts';
import { isAtLeast } from '../formula/arithmetic.ts';
import { parseFormula } from '../formula/formula.ts';
import { conditionOf } from '../model/rules.ts';
import { addParts, type Totals } from './inner.ts';
import { gradeOf, gradeSentence, innerReason } from './inner-reasons.ts';
import type { NodeResult, ScoringContext } from './node-result.ts';
import { partsOf } from './parts.ts';
import { joinTexts, percent, spokenName, text } from './words.ts';

export type Options = Readonly<Record<string, string>>;

/** The first rule whose condition the counts of module grades meet. */
export function decideByCounts(
  rules: readonly GradeCountRule[],
  counts: Readonly<Record<string, number>>,
  options: Options,
): GradeCountRule {
  const letters = Object.keys(counts);
  const decided = rules.find((rule) => {
    const condition = conditionOf(rule.when, options);
    if (condition === null) return true;
    const { formula } = parseFormula(condition, letters, 'boolean');
    return formula?.evaluate(formula.symbols.map((letter) => counts[letter] ?? 0)) === 1;
  });
  if (!decided) throw new Error(`no rule decides ${JSON.stringify(counts)}`);
  return decided;
}

/** Modules that count: all of them under a rule over grades, those with a weight under a score rule. */
function countedModules(model: Model, modules: readonly NodeResult[]): NodeResult[] {
  return modules.filter((module) => model.overall.kind === 'gradeCounts' || (module.node.weight ?? 0) > 0);
}

export function judgeOverall(
  modules: readonly NodeResult[],
  options: Options,
  context: ScoringContext,
): Overall {
  const { model } = context;
  const counted = countedModules(model, modules);
  const ungraded = counted.filter((module) => module.grade === null);
  if (model.overall.kind === 'gradeCounts') {
    return judgeByCounts(model.overall.rules, { counted, ungraded, options }, model);
  }
  const totals = addParts(
    partsOf({ ...rootOf(model), children: modules.map(({ node }) => node) }, modules, context),
    context,
  );
  const isGraded =
    ungraded.length === 0 && totals.low !== null && isAtLeast(totals.coverage, model.coverageFloor);
  const grade = isGraded && totals.low !== null ? gradeOf(totals.low, model.grades) : null;
  return {
    grade,
    rule: grade === null ? null : 'score',
    score: totals.score,
    scoreLow: totals.low,
    scoreHigh: totals.high,
    coverage: totals.coverage,
    reason: scoreReason({ totals, grade, ungraded, counted }, model),
  };
}

/** The overall as a node, so that modules are added up like any children. */
function rootOf(model: Model) {
  return {
    id: model.id,
    localId: model.id,
    level: 0,
    title: model.title,
    meaning: model.description,
    unit: 'score' as const,
    weight: null,
    combine: { kind: 'method' as const, method: 'arithmetic' as const },
    leaf: null,
  };
}

function scoreReason(
  judged: {
    totals: Totals;
    grade: string | null;
    ungraded: readonly NodeResult[];
    counted: readonly NodeResult[];
  },
  model: Model,
): Text {
  const { totals, grade, ungraded, counted } = judged;
  if (grade !== null) return gradeSentence(totals, grade, model);
  if (ungraded.length > 0 && totals.score !== null) {
    return joinTexts([
      ungradedSentence(ungraded),
      text(`总覆盖率 ${percent(totals.coverage)}`, `coverage ${percent(totals.coverage)} overall`),
    ]);
  }
  return innerReason({ node: null, totals, grade, isBlocked: false, children: counted }, model);
}

function ungradedSentence(ungraded: readonly NodeResult[]): Text {
  const spoken = ungraded.map(({ node }) => spokenName(node));
  const names = text(spoken.map(({ zh }) => zh).join('、'), spoken.map(({ en }) => en).join(', '));
  return text(
    `${ungraded.length} 个模块未定级（${names.zh}），总体不定级`,
    `${ungraded.length} module${ungraded.length === 1 ? ' is' : 's are'} ungraded (${names.en}), so the whole is ungraded`,
  );
}

function judgeByCounts(
  rules: readonly GradeCountRule[],
  judged: { counted: readonly NodeResult[]; ungraded: readonly NodeResult[]; options: Options },
  model: Model,
): Overall {
  const { counted, ungraded, options } = judged;
  const coverage =
    counted.length === 0 ? 0 : counted.reduce((sum, module) => sum + module.coverage, 0) / counted.length;
  const unscored = { score: null, scoreLow: null, scoreHigh: null, coverage };
  if (ungraded.length > 0) {
    const overallCoverage = text(`总覆盖率 ${percent(coverage)}`, `coverage ${percent(coverage)} overall`);
    return {
      ...unscored,
      grade: null,
      rule: null,
      reason: joinTexts([ungradedSentence(ungraded), overallCoverage]),
    };
  }
  const counts = Object.fromEntries(
    model.grades.map(({ grade }) => [grade, counted.filter((module) => module.grade === grade).length]),
  );
  const rule = decideByCounts(rules, counts, options);
  const tally = Object.entries(counts);
  const shares = text(
    tally.map(([grade, count]) => `${grade} 级 ${count} 个`).join('、'),
    tally.map(([grade, count]) => `${count} × ${grade}`).join(', '),
  );
  const reason = text(
    `模块等级：${shares.zh}；${rule.reason.zh}，总体 ${rule.grade} 级`,
    `modules: ${shares.en}; ${rule.reason.en}: overall ${rule.grade}`,
  );
  return { ...unscored, grade: rule.grade, rule: rule.id, reason };
}
