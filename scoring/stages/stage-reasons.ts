import type { StageGap, StageReckoning, Text } from '../contract.ts';
import { joinTexts, percent, points, text } from '../engine/words.ts';
import { isAtLeast } from '../formula/arithmetic.ts';
import type { StagedNode } from './reckon-stages.ts';

interface Told {
  readonly stages: readonly StageReckoning[];
  /** Stages reached on the low bound, and on the high one. */
  readonly height: number;
  readonly top: number;
  readonly ungraded: readonly StagedNode[];
  /** Modules to which nothing applies. */
  readonly silent: readonly StagedNode[];
  readonly counted: readonly StagedNode[];
  /** The model's coverage floor. */
  readonly floor: number;
  readonly heldBackBy: readonly StageGap[];
}

/** How the stage came about, or why it cannot be told, in words. */
export function stageReason(told: Told): Text {
  const renormalised = told.silent.length === 0 ? [] : [silentSentence(told.silent)];
  if (told.counted.length === 0)
    return text('没有任何适用的模块，无法判定运营阶段', 'no module applies, so no stage can be told');
  if (told.ungraded.length > 0) return joinTexts([undeterminedSentence(told), ...renormalised]);
  const [first] = told.heldBackBy;
  const next = told.stages[told.height];
  const hold =
    first && next
      ? [
          text(
            `距“${next.title.zh}”阶段最大的差距：${first.reason.zh}`,
            `what holds back most from "${next.title.en}": ${first.reason.en}`,
          ),
        ]
      : [];
  return joinTexts([reachedSentence(told), ...hold, ...renormalised]);
}

function reachedSentence({ stages, height }: Told): Text {
  const reached = stages[height - 1];
  if (!reached)
    return text('尚未达到任何运营阶段的要求', 'the requirements of the first stage are not met yet');
  return text(
    `处于“${reached.title.zh}”阶段：各模块均达准入线，阶段得分 ${points(reached.scoreLow)} 分，要求 ${points(reached.from)} 分`,
    `at "${reached.title.en}": every module has entered, stage score ${points(reached.scoreLow)} of the ${points(reached.from)} that are asked for`,
  );
}

function nameOf(stages: readonly StageReckoning[], height: number): Text {
  const title = stages[height - 1]?.title;
  return title
    ? text(`为“${title.zh}”阶段`, `"${title.en}"`)
    : text('未达第一个阶段', 'below the first stage');
}

/** A module with coverage enough is ungraded for a conflict of sources. */
function causeOf({ coverage }: StagedNode, floor: number): Text {
  if (isAtLeast(coverage, floor)) return text('来源冲突未核实', 'sources in conflict');
  return text(`覆盖率 ${percent(coverage)}`, `coverage ${percent(coverage)}`);
}

function undeterminedSentence({ stages, height, top, ungraded, floor }: Told): Text {
  const names = text(
    ungraded.map((each) => `${each.title.zh}（${causeOf(each, floor).zh}）`).join('、'),
    ungraded.map((each) => `${each.title.en} (${causeOf(each, floor).en})`).join(', '),
  );
  const [least, most] = [nameOf(stages, height), nameOf(stages, top)];
  const range =
    height === top
      ? text(`按现有证据只可能${least.zh}`, `on the evidence there is it can only be ${least.en}`)
      : text(`最低${least.zh}，最高${most.zh}`, `at worst ${least.en}, at best ${most.en}`);
  return joinTexts([
    text(
      `${ungraded.length} 个模块未定级：${names.zh}；运营阶段暂不判定`,
      `the stage is not told while ${ungraded.length} module${ungraded.length === 1 ? ' is' : 's are'} ungraded: ${names.en}`,
    ),
    range,
  ]);
}

function silentSentence(silent: readonly StagedNode[]): Text {
  return text(
    `${silent.map((each) => each.title.zh).join('、')}不适用，不计入，其余模块的权重按比例放大`,
    `${silent.map((each) => each.title.en).join(', ')}: nothing applies; left out, the other weights are scaled up`,
  );
}
