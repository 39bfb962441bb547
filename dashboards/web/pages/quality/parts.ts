import {
  type CheckResult,
  checkKindSpecs,
  type QualityRun,
  type QualityScore,
  qualityCoverageFloor,
  qualityProblemTitles,
  thresholdText,
} from '../../../../collectors/contract.ts';
import { printDuration } from '../../durations.ts';
import { link, type PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';

export function linkToSource({ subject, source }: Pick<QualityRun, 'subject' | 'source'>): string {
  return link(`/quality/${encodeURIComponent(source.id)}`, { subject });
}

function linkToCheck({ subject, source }: Pick<QualityRun, 'subject' | 'source'>, check: string): string {
  return link(`/quality/${encodeURIComponent(source.id)}/${encodeURIComponent(check)}`, { subject });
}

/** In words, with the sign of percent at its number as everywhere on the pages: `≤ 2%`. */
export function printThreshold({ say }: PageContext, threshold: string): string {
  return say(thresholdText(threshold)).replaceAll('\u00a0%', '%');
}

/** Text keys of the figures that checks give. */
const figureNames: Readonly<Record<string, string>> = {
  age: 'age',
  meanLag: 'meanLag',
  rows: 'rows',
  clusters: 'clusters',
  psi: 'psi',
};

/** The kind's own figure in words; null where it has none. */
export function printFigure({ format, language, t }: PageContext, { figure }: CheckResult): string | null {
  if (!figure) return null;
  const value =
    figure.unit === 'seconds'
      ? printDuration(figure.value, language)
      : format.plain(figure.value) +
        (figure.unit === '' || figure.unit === figure.name ? '' : ` ${figure.unit}`);
  const known = figureNames[figure.name];
  return t('quality.figure', { name: known ? t(`quality.figureName.${known}`) : figure.name, value });
}

/** How a check ended: `good`, `failed` = threshold missed, `partial` = not computed, `waiting` = nothing to check. */
export function lightOfResult({ state, isMissed }: Pick<CheckResult, 'state' | 'isMissed'>) {
  if (state === 'failed') return 'partial' as const;
  if (state === 'notApplicable') return 'waiting' as const;
  return isMissed ? ('failed' as const) : ('good' as const);
}

export function verdictOf({ t }: PageContext, result: Pick<CheckResult, 'state' | 'isMissed'>) {
  const light = lightOfResult(result);
  return { light, word: t(`quality.verdict.${light}`) };
}

/** A score, or why there is none: never a 0 for what was not measured. */
export function scoreInWords(
  { format, t }: PageContext,
  {
    score,
    scoreLow,
    scoreHigh,
    coverage,
  }: Pick<QualityScore, 'score' | 'scoreLow' | 'scoreHigh' | 'coverage'>,
  /** What the coverage is a share of: checks of a source, or sources. */
  of: 'checks' | 'sources' = 'checks',
) {
  const range = format.range(scoreLow, scoreHigh);
  return {
    isScored: score !== null,
    score: score === null ? t('quality.unscored') : format.number(score),
    range: score === null || range === format.number(score) ? null : range,
    coverage: format.share(coverage),
    why:
      score === null
        ? t(`quality.unscoredWhy.${of}`, {
            coverage: format.share(coverage),
            floor: format.setting(qualityCoverageFloor, 'ratio'),
          })
        : null,
  };
}

/** One check of one run, as the tables show it. */
export function viewOfResult(context: PageContext, run: QualityRun, result: CheckResult) {
  const { format, say, t } = context;
  const spec = checkKindSpecs[result.kind];
  return {
    id: result.check,
    title: say(result.title),
    url: linkToCheck(run, result.check),
    kind: say(spec.title),
    columns: result.columns.join(t('quality.between')),
    problem: result.problem === null ? '—' : say(qualityProblemTitles[result.problem]),
    ...verdictOf(context, result),
    isMissed: result.isMissed === true,
    checked: format.count(result.checked),
    failed: format.count(result.failed),
    ratio: format.share(result.ratio),
    figure: printFigure(context, result),
    threshold: printThreshold(context, result.threshold),
    weight: format.plain(result.weight),
    reason: result.reason ? sentence(say(result.reason)) : null,
    remedy: result.remedy ? say(result.remedy) : null,
  };
}
