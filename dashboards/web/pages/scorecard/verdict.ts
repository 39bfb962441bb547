import { lossesOf, overallCoverageOf } from '../../../../scoring/contract.ts';
import { drawMeter } from '../../charts/sparkline.ts';
import type { PageContext } from '../../page.ts';
import { link } from '../../page.ts';
import type { Shown } from '../opening.ts';
import { owedLeaves } from './findings.ts';
import { bordersOf, directionOf, gradeClass, modulesOf } from './grade.ts';

/** The overall grade, how it came about, and what to know about it in a few sentences. */
export function viewOfVerdict(context: PageContext, shown: Shown) {
  const { format, say, t } = context;
  const { evaluation, model, previous } = shown;
  const { overall, period } = evaluation;
  const direction = previous ? directionOf(previous.overall.grade, overall.grade, model) : null;
  return {
    grade: overall.grade ?? t('grade.none'),
    isGraded: overall.grade !== null,
    gradeClass: gradeClass(overall.grade),
    score: overall.score === null ? null : format.score(overall.score, bordersOf(model)),
    range: rangeOf(context, shown),
    reason: say(overall.reason),
    meaning: say(model?.grades.find((band) => band.grade === overall.grade)?.meaning ?? { zh: '', en: '' }),
    coverage: format.share(overallCoverageOf(evaluation)),
    coverageMeter: drawMeter(overallCoverageOf(evaluation)),
    floor: model ? format.setting(model.coverageFloor, 'ratio') : null,
    before: previous
      ? t('verdict.before', {
          period: format.period(previous.period.id),
          grade: previous.overall.grade ?? t('grade.none'),
        })
      : null,
    direction,
    directionName: direction ? t(`direction.${direction}`) : '',
    subject: say(evaluation.subject.name),
    period: format.period(period.id),
    span: format.span(period.start, period.end, period.timeZone),
    timeZone: period.timeZone,
    asOf: format.time(evaluation.asOf, period.timeZone),
    model: say(evaluation.model.title),
    modelVersion: evaluation.model.version,
    modelUrl: link(`/models/${evaluation.model.id}`),
    sha256: evaluation.sha256,
    shortHash: evaluation.sha256.slice(0, 12),
    sentences: sentencesOf(context, shown),
    deviations: evaluation.deviations.map(say),
  };
}

/** The score's range, where it says more than the score. */
function rangeOf({ format }: PageContext, { evaluation: { overall } }: Shown): string | null {
  const range = format.range(overall.scoreLow, overall.scoreHigh);
  return overall.score === null || range === format.number(overall.score) ? null : range;
}

/** What a reader should take away, most important first. */
function sentencesOf(context: PageContext, shown: Shown): string[] {
  const { format, say, t } = context;
  const { evaluation } = shown;
  const changes = changesOf(shown);
  const [loss] = lossesOf(evaluation);
  const missing = owedLeaves(evaluation);
  const [best, worst] = [changes[0], changes.at(-1)];
  return [
    changes.length > 0
      ? t('verdict.changes', {
          up: changes.filter((each) => each.change > 0.05).length,
          down: changes.filter((each) => each.change < -0.05).length,
        })
      : null,
    best && best.change > 0.05
      ? t('verdict.best', { module: say(best.title), change: format.change(best.change) })
      : null,
    worst && worst.change < -0.05
      ? t('verdict.worst', { module: say(worst.title), change: format.change(worst.change) })
      : null,
    loss
      ? t('verdict.loss', {
          indicator: say(loss.node.title),
          module: say(loss.module.title),
          points: format.number(loss.pointsLost),
        })
      : null,
    missing.length > 0 ? t('verdict.missing', { n: missing.length }) : t('verdict.complete'),
    evaluation.conflicts.length > 0 ? t('verdict.conflicts', { n: evaluation.conflicts.length }) : null,
  ].filter((sentence) => sentence !== null);
}

/** Modules by change of score since the previous period, biggest rise first. */
function changesOf({ evaluation, previous }: Shown) {
  if (!previous) return [];
  const earlier = new Map(modulesOf(previous).map((node) => [node.id, node]));
  return modulesOf(evaluation)
    .flatMap((node) => {
      const before = earlier.get(node.id)?.score ?? null;
      return before === null || node.score === null
        ? []
        : [{ title: node.title, change: node.score - before }];
    })
    .sort((a, b) => b.change - a.change);
}
