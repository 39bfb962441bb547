import type { ModelNode, Observation, Text } from '../contract.ts';
import { clause, figure, percent, points, quantity, text } from './words.ts';

/** `12/15 = 80.0 %`, or the value alone. */
export function valueReason(node: ModelNode, observation: Observation, value: number): Text {
  const { numerator, denominator } = observation;
  const shown = quantity(value, node.unit);
  if (!isFraction(node, observation)) return text(shown.zh, shown.en);
  const fraction = `${figure(numerator ?? 0)}/${figure(denominator ?? 0)} = `;
  return text(fraction + shown.zh, fraction + shown.en);
}

function isFraction(node: ModelNode, { numerator, denominator }: Observation): boolean {
  return numerator !== null && denominator !== null && (node.unit === 'ratio' || isMean(node));
}

/** What is to be said beside a value: a ratio that came without its two figures, sources that were reconciled. */
export function valueRemarks(node: ModelNode, observation: Observation): Text[] {
  const isBare =
    node.unit === 'ratio' && observation.source?.kind !== 'metric' && !isFraction(node, observation);
  const bare = text('只报了比率，未附分子与分母', 'reported without numerator and denominator');
  return [
    ...(isBare ? [bare] : []),
    ...samplesRemark(observation),
    ...(observation.reason ? [observation.reason] : []),
  ];
}

/** How much of the period the samples cover, where it is less than the whole. */
function samplesRemark({ coverage = 1, source }: Observation): Text[] {
  if (coverage === 1) return [];
  const { samples } = source ?? {};
  const counts = samples
    ? text(
        `（应有 ${samples.expected} 个，实有 ${samples.present} 个）`,
        ` (${samples.present} of ${samples.expected})`,
      )
    : text('', '');
  return [
    text(
      `采样覆盖率 ${percent(coverage)}${counts.zh}，缺失部分按最不利与最有利两种情形计入得分区间`,
      `samples cover ${percent(coverage)}${counts.en}; the rest widens the bounds of the score`,
    ),
  ];
}

function isMean(node: ModelNode): boolean {
  const measure = node.leaf?.measure;
  return measure?.kind === 'records' && measure.reduction.kind === 'mean';
}

/** An English sentence behind a colon: articles and the like lose their capital, names keep it. */
function continued(sentence: string): string {
  return sentence.replace(/^(?:An?|The|This|There|No|None|Not|Nothing|It|In|Only|Every|Too)\b/, (word) =>
    word.toLowerCase(),
  );
}

/** What is missing and who owes it. */
export function missingReason(node: ModelNode, observation: Observation): Text {
  const labels: Partial<Record<Observation['state'], Text>> = {
    failed: text('采集失败或数值不可用', 'failed'),
    stale: text('数据过期', 'out of date'),
    conflict: text('来源冲突，待核实', 'in conflict, to be resolved'),
  };
  const label = labels[observation.state] ?? text('缺失', 'missing');
  const owner = node.leaf?.owner ?? text('', '');
  const why = clause(observation.reason ?? text('本周期未报送', 'not reported for this period'));
  return text(
    `${label.zh}：${why.zh}；责任方：${owner.zh}`,
    `${label.en}: ${continued(why.en)}; owed by: ${owner.en}`,
  );
}

/** Why a leaf counts on neither side, or counts fixed points, although it has no value. */
export function silentReason(observation: Observation, fixed: number | null): Text {
  const why = clause(observation.reason ?? text('未说明理由', 'no reason given'));
  const labels: Partial<Record<Observation['state'], Text>> = {
    excluded: text('已排除', 'excluded'),
    zeroBase: text('分母为 0', 'zero base'),
  };
  const label = labels[observation.state] ?? text('不适用', 'not applicable');
  const effect =
    fixed === null
      ? text('不计入应得分与得分', 'counts on neither side')
      : text(
          `按模型约定计 ${points(fixed)} 分（满分 100）`,
          `counts ${points(fixed)} of 100 as the model says`,
        );
  return text(`${label.zh}：${why.zh}；${effect.zh}`, `${label.en}: ${why.en}; ${effect.en}`);
}

/** The points that the parent gives, added to what the leaf says of its value. */
export function withPoints(reason: Text, reached: number, possible: number): Text {
  return text(
    `${reason.zh}，得 ${points(reached)}/${points(possible)} 分`,
    `${reason.en}; ${points(reached)} of ${points(possible)} points`,
  );
}
