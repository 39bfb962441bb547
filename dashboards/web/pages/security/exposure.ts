import { type Severity, severities, severityTitles } from '../../../../collectors/contract.ts';
import { ageBands, type Exposure } from '../../../../store/contract.ts';
import { drawColumns } from '../../charts/columns.ts';
import type { PageContext } from '../../page.ts';
import type { SubjectChoice } from '../subject-choice.ts';
import { countOf, severityOf, viewOfCounts } from './parts.ts';

/** Assets and rules listed. */
const shownLargest = 10;
const week = 7 * 86_400_000;
/** Weeks of the trend: a quarter. */
const shownWeeks = 13;

function viewOfMatrix(context: PageContext, choice: SubjectChoice, { bySeverity }: Exposure) {
  const { format, t } = context;
  const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);
  return {
    bands: ageBands.map((band) => t(`security.age.${band}`)),
    rows: bySeverity.map(({ severity, ages, suppressed }) => ({
      ...severityOf(context, severity),
      url: choice.linkTo('/findings', { state: 'open', severity }),
      cells: ageBands.map((band) => ({
        name: t(`security.age.${band}`),
        n: format.count(ages[band]),
        isPressing: ages[band] > 0 && isPressing(severity, band),
      })),
      total: format.count(sum(ageBands.map((band) => ages[band]))),
      suppressed: format.count(suppressed),
    })),
    totals: ageBands.map((band) => ({
      name: t(`security.age.${band}`),
      n: format.count(sum(bySeverity.map(({ ages }) => ages[band]))),
    })),
    total: format.count(sum(bySeverity.flatMap(({ ages }) => ageBands.map((band) => ages[band])))),
    suppressed: format.count(sum(bySeverity.map((each) => each.suppressed))),
  };
}

/** High ones are to be mended within seven days and pressed from thirty on, by the interventions of the operations model. */
function isPressing(severity: Severity, band: (typeof ageBands)[number]): boolean {
  return (severity === 'critical' || severity === 'high') && band !== '7';
}

async function viewOfTrend(context: PageContext, choice: SubjectChoice) {
  const { format, say, t, workbench } = context;
  const end = Date.parse(workbench.now());
  const instants = Array.from({ length: shownWeeks }, (_, at) =>
    new Date(end - (shownWeeks - 1 - at) * week).toISOString(),
  );
  const points = await workbench.security.trend(choice.family, instants);
  if (points.every(({ open }) => open === null)) return null;
  return {
    chart: drawColumns({
      label: t('security.trendLabel'),
      marks: points.map(({ at }) => format.day(at, choice.zone)),
      parts: severities.toReversed().map((severity) => ({
        name: say(severityTitles[severity]),
        colour: `var(--cg-level-${severity})`,
        values: points.map(({ open }) => open?.[severity] ?? null),
      })),
      print: (value) => format.count(value),
    }),
    legend: severities.map((each) => severityOf(context, each)),
    rows: points.map(({ at, open }) => ({
      at: format.date(at, choice.zone),
      counts: open
        ? viewOfCounts(context, open)
        : severities.map((each) => ({ ...severityOf(context, each), n: '—' })),
      total: open ? format.count(countOf(open)) : t('security.noScanYet'),
    })),
  };
}

/** What is open: by severity and age, over a quarter, by asset, by rule. */
export async function viewOfExposure(context: PageContext, choice: SubjectChoice) {
  const { format, t, workbench } = context;
  const at = workbench.now();
  const exposure = await workbench.security.exposure({ subjects: choice.family, at, limit: shownLargest });
  return {
    matrix: viewOfMatrix(context, choice, exposure),
    trend: await viewOfTrend(context, choice),
    severities: severities.map((each) => severityOf(context, each)),
    assets: exposure.byAsset.map(({ asset, owner, open }) => ({
      asset,
      url: choice.linkTo('/findings', { state: 'open', asset }),
      owner: owner ?? t('security.unowned'),
      isUnowned: owner === null,
      counts: viewOfCounts(context, open),
      total: format.count(countOf(open)),
    })),
    rules: exposure.byRule.map(({ rule, title, severity, assets }) => ({
      rule,
      title,
      url: choice.linkTo('/findings', { state: 'open', rule }),
      ...severityOf(context, severity),
      assets: format.count(assets),
    })),
  };
}
