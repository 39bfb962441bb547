import type { StageModule, StageReckoning, StageResult } from '../../../../scoring/contract.ts';
import { drawStageBar } from '../../charts/stage-bar.ts';
import { link, type Page, type PageContext } from '../../page.ts';
import { linkToNode, linkWithin } from '../../selection.ts';
import { sentence } from '../../terms.ts';
import { openEvaluation, type Shown } from '../opening.ts';

/** The stages as steps: those reached, the one the city is at, those ahead. */
function viewOfSteps({ say, t }: PageContext, result: StageResult) {
  return result.stages.map((stage) => {
    const isCurrent = stage.id === result.stage;
    const isPassed = result.stage !== null && stage.isReached;
    const state = !result.isDetermined ? 'open' : isCurrent ? 'current' : isPassed ? 'reached' : 'ahead';
    return {
      title: say(stage.title),
      state,
      isCurrent,
      word: t(`stageStep.${state}`),
      anchor: `stage-${stage.id}`,
    };
  });
}

function viewOfGaps(context: PageContext, { evaluation }: Shown, result: StageResult) {
  const { format, say, t } = context;
  return result.heldBackBy.map((gap) => {
    const node = evaluation.nodes.find((each) => each.id === gap.module);
    return {
      title: node ? say(node.title) : t('stage.score'),
      url: node ? linkToNode(evaluation, node.id) : null,
      gap: format.number(gap.gap),
      reason: sentence(say(gap.reason)),
    };
  });
}

/** For the scorecard; null for a model without stages. */
export function viewOfStageCard(context: PageContext, shown: Shown) {
  const { stage: result } = shown.evaluation;
  if (!result) return null;
  return {
    title: result.title
      ? context.say(result.title)
      : context.t(result.isDetermined ? 'stage.none' : 'stage.undetermined'),
    reason: sentence(context.say(result.reason)),
    steps: viewOfSteps(context, result),
    url: linkWithin(shown.evaluation, '/stage'),
  };
}

function viewOfModule(context: PageContext, { evaluation }: Shown, module: StageModule) {
  const { format, say, t } = context;
  const node = evaluation.nodes.find((each) => each.id === module.module);
  const title = node ? say(node.title) : module.module;
  const range = format.range(module.low, module.high);
  return {
    title,
    url: node ? linkToNode(evaluation, node.id) : null,
    bar: drawStageBar(
      module,
      t('stage.barLabel', {
        module: title,
        score: range,
        min: format.plain(module.min),
        max: format.plain(module.max),
      }),
    ),
    range,
    min: format.plain(module.min),
    max: format.plain(module.max),
    weight: format.setting(module.weight, 'ratio'),
    points: format.number(module.points),
    hasEntered: module.hasEntered,
    entered:
      module.low === null ? t('stage.silent') : t(module.hasEntered ? 'stage.entered' : 'stage.notEntered'),
    enteredClass: module.low === null ? 'waiting' : module.hasEntered ? 'good' : 'failed',
  };
}

function viewOfReckoning(context: PageContext, shown: Shown, stage: StageReckoning) {
  const { format, say, t } = context;
  const spec = shown.model?.stages.find((each) => each.id === stage.id);
  return {
    anchor: `stage-${stage.id}`,
    title: say(stage.title),
    meaning: spec ? say(spec.meaning) : '',
    light: stage.isReached ? 'good' : 'failed',
    word: t(stage.isReached ? 'stage.met' : 'stage.unmet'),
    score: format.range(stage.scoreLow, stage.scoreHigh),
    from: format.plain(stage.from),
    modules: stage.modules.map((each) => viewOfModule(context, shown, each)),
    points: format.number(stage.modules.reduce((sum, each) => sum + each.points, 0)),
  };
}

export const stagePage: Page = {
  path: '/stage',
  show: (context) =>
    openEvaluation(context, { path: '/stage', title: context.t('stage.title') }, (shown, chooser) => {
      const { evaluation } = shown;
      const { say, t, format } = context;
      const result = evaluation.stage;
      return {
        template: 'stage',
        title: `${t('stage.title')} · ${say(evaluation.subject.name)}`,
        section: '/',
        isSample: evaluation.subject.isSample,
        view: {
          chooser,
          home: linkWithin(evaluation, '/'),
          homeName: `${say(evaluation.subject.name)} · ${format.period(evaluation.period.id)}`,
          model: say(evaluation.model.title),
          modelUrl: link(`/models/${evaluation.model.id}`),
          withStages: context.workbench
            .models()
            .filter((each) => each.stages.length > 0)
            .map((each) => ({
              title: say(each.title),
              url: link('/stage', {
                model: each.id,
                subject: evaluation.subject.id,
                period: evaluation.period.id,
              }),
            })),
          stage: result
            ? {
                ...viewOfStageCard(context, shown),
                isDetermined: result.isDetermined,
                gaps: viewOfGaps(context, shown, result),
                reckonings: result.stages.map((each) => viewOfReckoning(context, shown, each)),
                weightsBy: shown.model ? t(`model.weightsBy.${shown.model.source.weightsBy}`) : '',
              }
            : null,
        },
      };
    }),
};
