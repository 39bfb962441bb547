import {
  type ChosenInterpretation,
  type ConflictResolution,
  canonicalJson,
  type Evaluation,
  evaluationSchemaId,
  leavesOf,
  type Model,
  type Observation,
  type ResolvedConflict,
  type ScoreInput,
  sha256Of,
  type Text,
} from '../contract.ts';
import { reckonStages } from '../stages/reckon-stages.ts';
import { type LeafEvidence, weighEvidence } from './evidence.ts';
import type { ScoredNode, ScoringContext } from './node-result.ts';
import { judgeOverall, type Options } from './overall.ts';
import { flattenScored, scoreNode } from './tree.ts';
import { text } from './words.ts';

export const engineName = 'citygauge 0.1.0';

function chooseInterpretations(model: Model, chosen: Options): ChosenInterpretation[] {
  const known = model.interpretations.map((each) => each.id);
  const stray = Object.keys(chosen).find((id) => !known.includes(id));
  if (stray !== undefined) {
    throw new RangeError(
      `model ${model.id} has no interpretation "${stray}"; it has: ${known.join(', ') || 'none'}`,
    );
  }
  return model.interpretations.map((each) => {
    const id = chosen[each.id] ?? each.default;
    const option = each.options.find((one) => one.id === id);
    if (!option) {
      const options = each.options.map((one) => one.id).join(', ');
      throw new RangeError(`interpretation "${each.id}" has no option "${id}"; it has: ${options}`);
    }
    const { question } = each;
    return { id: each.id, question, option: id, title: option.title, isDefault: id === each.default };
  });
}

function groupCandidates(input: ScoreInput): Map<string, Observation[]> {
  const groups = new Map(leavesOf(input.model).map((leaf) => [leaf.id, [] as Observation[]]));
  for (const candidate of input.candidates) {
    const group = groups.get(candidate.indicator);
    if (!group) {
      throw new RangeError(`"${candidate.indicator}" is no indicator of model ${input.model.id}`);
    }
    if (candidate.subject !== input.subject.id || candidate.period !== input.period.id) {
      const scope = `${candidate.subject} ${candidate.period}`;
      throw new RangeError(
        `the figure of ${candidate.indicator} is for ${scope}, not for ${input.subject.id} ${input.period.id}`,
      );
    }
    group.push(candidate);
  }
  return groups;
}

/** Decisions on this subject, period and model that no conflict calls for (any more). */
function findLapsed(input: ScoreInput, resolved: readonly ResolvedConflict[]): ConflictResolution[] {
  const leaves = new Set(leavesOf(input.model).map(({ id }) => id));
  return (input.resolutions ?? [])
    .filter((each) => each.subject === input.subject.id && each.period === input.period.id)
    .filter((each) => leaves.has(each.indicator))
    .filter((each) => !resolved.some(({ resolution }) => resolution === each))
    .toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}

interface Decisions {
  readonly resolved: readonly ResolvedConflict[];
  readonly lapsedResolutions: readonly ConflictResolution[];
}

function listDeviations(
  input: ScoreInput,
  interpretations: readonly ChosenInterpretation[],
  { resolved, lapsedResolutions }: Decisions,
): Text[] {
  const otherwise = interpretations
    .filter((each) => !each.isDefault)
    .map((each) =>
      text(
        `解释口径“${each.question.zh}”未取默认，取“${each.title.zh}”`,
        `interpretation "${each.question.en}" is not the default but "${each.title.en}"`,
      ),
    );
  const isEarly = Date.parse(input.asOf) < Date.parse(input.period.end);
  const titles = new Map(leavesOf(input.model).map(({ id, title }) => [id, title]));
  const nameOf = (id: string) => {
    const title = titles.get(id) ?? text(id, id);
    return text(`“${title.zh}”（${id}）`, `"${title.en}" (${id})`);
  };
  const lapsed = lapsedResolutions.map((each) =>
    text(
      `${each.decidedBy}对${nameOf(each.indicator).zh}数据冲突的裁定（${each.decidedAt}）不再生效：裁定所依据的数值已变化`,
      `the decision of ${each.decidedBy} on ${nameOf(each.indicator).en}, ${each.decidedAt}, no longer applies: the figures it was made on have changed`,
    ),
  );
  const decided = resolved.map(({ comparison, resolution }) =>
    text(
      `${nameOf(comparison.indicator).zh}的数据冲突由${resolution.decidedBy}裁定（${resolution.decidedAt}）`,
      `the conflict of ${nameOf(comparison.indicator).en} was decided by ${resolution.decidedBy}, ${resolution.decidedAt}`,
    ),
  );
  const others = [...otherwise, ...decided, ...lapsed];
  if (!isEarly) return others;
  return [
    ...others,
    text(
      `统计截止 ${input.asOf} 早于周期结束 ${input.period.end}`,
      `the cut-off ${input.asOf} lies before the end of the period ${input.period.end}`,
    ),
  ];
}

export function score(input: ScoreInput): Evaluation {
  const { model } = input;
  const interpretations = chooseInterpretations(model, input.interpretations ?? {});
  const options = Object.fromEntries(interpretations.map((each) => [each.id, each.option]));
  const candidates = groupCandidates(input);
  const evidence = new Map(
    leavesOf(model).map((leaf): [string, LeafEvidence] => [
      leaf.id,
      weighEvidence(leaf, candidates.get(leaf.id) ?? [], input),
    ]),
  );
  const context: ScoringContext = { model, isBounded: options['term-bounds'] !== 'unbounded', evidence };
  const modules = model.nodes.map((node) => scoreNode(node, context));
  const scored: ScoredNode[] = modules.map((module) => ({
    ...module,
    points: module.score,
    pointsPossible: module.isApplicable ? 100 : 0,
  }));
  const comparisons = (kind: 'conflict' | 'reconciliation') =>
    [...evidence.values()].flatMap(({ comparison }) => (comparison?.kind === kind ? [comparison.of] : []));
  const resolved = [...evidence.values()].flatMap((each) => each.resolved ?? []);
  const lapsedResolutions = findLapsed(input, resolved);
  const nodes = flattenScored(scored, null);
  const unsigned = {
    schema: evaluationSchemaId,
    model: { id: model.id, version: model.version, sha256: model.sha256, title: model.title },
    subject: input.subject,
    period: {
      id: input.period.id,
      start: input.period.start,
      end: input.period.end,
      timeZone: input.period.timeZone,
    },
    asOf: input.asOf,
    engine: engineName,
    interpretations,
    overall: judgeOverall(modules, options, context),
    nodes,
    observations: [...evidence.values()].map(({ observation }) => observation),
    conflicts: comparisons('conflict'),
    reconciliations: comparisons('reconciliation'),
    ...(resolved.length > 0 ? { resolutions: resolved } : {}),
    ...(lapsedResolutions.length > 0 ? { lapsedResolutions } : {}),
    ...(model.stages.length > 0 ? { stage: reckonStages(model, nodes) } : {}),
    deviations: listDeviations(input, interpretations, { resolved, lapsedResolutions }),
  } as const;
  return { ...unsigned, sha256: sha256Of(canonicalJson(unsigned)) };
}
