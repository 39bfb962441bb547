import {
  type CheckResult,
  checkKindSpecs,
  qualityDimensionTitles,
  qualityProblemTitles,
  ratioBound,
} from '../../../../collectors/contract.ts';
import { drawTrend } from '../../charts/trend.ts';
import { printAgo } from '../../durations.ts';
import type { Page, PageContext } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { linkToSource, printFigure, printThreshold, verdictOf, viewOfResult } from './parts.ts';
import { openSource } from './source.ts';

const shownResults = 30;

type DatedResult = CheckResult & { readonly at: string };

/** Offending rows as texts; a masked column says so in its heading. */
function viewOfSample({ t }: PageContext, { sample }: CheckResult) {
  if (!sample || sample.rows.length === 0) return null;
  return {
    hasMasked: sample.columns.some(({ isMasked }) => isMasked),
    columns: sample.columns.map(({ name, isMasked }) => ({ name, isMasked })),
    rows: sample.rows.map((row) =>
      row.map((value) => ({ text: value ?? t('quality.empty'), isEmpty: value === null || value === '' })),
    ),
  };
}

function viewOfTrend(context: PageContext, results: readonly DatedResult[], zone: string) {
  const { format, say, t } = context;
  const dated = results.toReversed();
  const [first] = results;
  const values = dated.map(({ ratio }) => ratio);
  const bound = first ? ratioBound(first.threshold) : null;
  const input = {
    label: t('quality.ratioLabel'),
    marks: dated.map(({ at }) => format.day(at, zone)),
    values,
    low: null,
    high: null,
    print: (value: number) => format.share(value),
    lines: bound === null ? [] : [{ value: bound, name: t('quality.threshold'), isTarget: true }],
  };
  const isDrawn = values.filter((value) => value !== null).length > 1;
  return {
    chart: isDrawn
      ? drawTrend({ ...input, width: 1240, height: 280, className: 'cg-wide' }) +
        drawTrend({ ...input, width: 400, height: 260, className: 'cg-narrow' })
      : '',
    rows: results.map((each) => ({
      at: format.time(each.at, zone),
      ...verdictOf(context, each),
      checked: format.count(each.checked),
      failed: format.count(each.failed),
      ratio: format.share(each.ratio),
      figure: printFigure(context, each) ?? '—',
      threshold: printThreshold(context, each.threshold),
      reason: each.reason ? say(each.reason) : '',
    })),
  };
}

export const qualityCheckPage: Page = {
  path: '/quality/:source/:check',
  show: async (context) => {
    const { format, language, params, say, t, workbench } = context;
    const {
      choice,
      runs: [run],
    } = await openSource(context);
    const key = { subject: run.subject, source: run.source.id, check: params.check ?? '' };
    const results = await workbench.quality.results(key, shownResults);
    const [result] = results;
    if (!result) throw new Refusal(404, 'error.notFound');
    const zone = choice.zone;
    const spec = checkKindSpecs[result.kind];
    return {
      template: 'quality-check',
      title: `${say(result.title)} · ${say(run.source.title)}`,
      section: '/quality',
      isSample: choice.subject.isSample,
      view: {
        quality: choice.linkTo('/quality'),
        source: { title: say(run.source.title), url: linkToSource(run) },
        check: {
          ...viewOfResult(context, run, result),
          meaning: say(spec.meaning),
          dimension: say(qualityDimensionTitles[result.dimension]),
          problemHint: result.problem === null ? null : t(`quality.problem.${result.problem}`),
          problem: result.problem === null ? '—' : say(qualityProblemTitles[result.problem]),
          department: run.source.department ?? t('quality.noDepartment'),
          at: format.time(result.at, zone),
          ago: printAgo(result.at, workbench.now(), language),
          isGone: result.at !== run.startedAt,
          sql: result.sql,
          zone,
        },
        sample: viewOfSample(context, result),
        trend: viewOfTrend(context, results, zone),
      },
    };
  },
};
