import type { StageGap, StageReckoning, Text } from '../contract.ts';
import { figure, points, text } from '../engine/words.ts';
import { isAtLeast } from '../formula/arithmetic.ts';
import type { StagedNode } from './reckon-stages.ts';

function titleOf(nodes: readonly StagedNode[], id: string): Text {
  return nodes.find((node) => node.id === id)?.title ?? text(id, id);
}

/** What is missing for a stage: each module below its minimum, and the stage score itself; the largest gap first. */
export function gapsOf(stage: Omit<StageReckoning, 'isReached'>, nodes: readonly StagedNode[]): StageGap[] {
  const modules = stage.modules.flatMap((each): StageGap[] => {
    if (each.low === null || each.hasEntered) return [];
    const gap = each.min - each.low;
    const title = titleOf(nodes, each.module);
    return [
      {
        module: each.module,
        gap,
        reason: text(
          `${title.zh} ${points(each.low)} 分，未达“${stage.title.zh}”阶段的准入线 ${figure(each.min)} 分，差 ${points(gap)} 分`,
          `${title.en} at ${points(each.low)} has not entered "${stage.title.en}", which begins at ${figure(each.min)}: ${points(gap)} points short`,
        ),
      },
    ];
  });
  const isShort = !isAtLeast(stage.scoreLow, stage.from);
  const gap = stage.from - stage.scoreLow;
  const whole: StageGap = {
    module: null,
    gap,
    reason: text(
      `阶段得分 ${points(stage.scoreLow)} 分，未达“${stage.title.zh}”阶段的 ${figure(stage.from)} 分，差 ${points(gap)} 分`,
      `the stage score of ${points(stage.scoreLow)} is below the ${figure(stage.from)} of "${stage.title.en}": ${points(gap)} points short`,
    ),
  };
  const all = isShort ? [...modules, whole] : modules;
  return all.toSorted((a, b) => b.gap - a.gap);
}
