import { cutoffOf } from '../../../cutoff.ts';
import type { Block } from '../../blocks.ts';
import type { ReportContext } from '../../context.ts';
import { formatAmount, formatInstant } from '../../figures.ts';
import { exclusionTable } from './slo/exclusions.ts';
import { type Judged, judge, type Verdict, worstFirst } from './slo/standing.ts';
import { attainmentTable, budgetTable, measureTable } from './slo/standing-tables.ts';

/** Objectives that are printed; the bundle has all of them. */
const listed = 200;

/** Objectives whose queries are printed. */
const detailed = 60;

/** Service level objectives (服务等级目标): who met what, error budgets raw and adjusted, exclusions, how it is counted. */
export function writeSlo(context: ReportContext): Block[] {
  const standings = context.bundle.registers?.slo?.standings ?? [];
  if (standings.length === 0) return [];
  const { words } = context;
  const judged = worstFirst(standings.map(judge));
  const shown = judged.slice(0, listed);
  return [
    { kind: 'heading', level: 1, id: 'slo', text: words('slo.title'), startsPage: true },
    { kind: 'paragraph', style: 'lead', text: leadOf(context, judged) },
    { kind: 'keyFigures', items: keyFigures(context, judged) },
    { kind: 'paragraph', style: 'body', text: words('slo.method') },
    attainmentTable(context, shown),
    ...budgetTable(context, shown),
    ...rest(context, judged.length - shown.length),
    ...exclusionTable(context, judged),
    measureTable(context, shown.slice(0, detailed)),
    ...rest(context, judged.length - Math.min(shown.length, detailed)),
  ];
}

function rest({ words }: ReportContext, n: number): Block[] {
  return n <= 0 ? [] : [{ kind: 'paragraph', style: 'note', text: words('slo.more', { n }) }];
}

const countOf = (judged: readonly Judged[], ...verdicts: readonly Verdict[]) =>
  judged.filter(({ verdict }) => verdicts.includes(verdict)).length;

function leadOf({ words, evaluation }: ReportContext, judged: readonly Judged[]): string {
  return words('slo.lead', {
    at: formatInstant(cutoffOf(evaluation), evaluation.period.timeZone),
    all: formatAmount(judged.length),
    met: formatAmount(countOf(judged, 'met', 'metAdjusted')),
    adjusted: formatAmount(countOf(judged, 'metAdjusted')),
    missed: formatAmount(countOf(judged, 'missed')),
    uncounted: formatAmount(countOf(judged, 'uncounted', 'undecided')),
  });
}

function keyFigures({ words }: ReportContext, judged: readonly Judged[]) {
  const overdrawn = (side: 'raw' | 'adjusted') =>
    judged.filter(({ budget }) => (budget[side].leftRatio ?? 0) < 0).length;
  const uncounted = countOf(judged, 'uncounted', 'undecided');
  const ofCounted = words('slo.ofCounted', { n: formatAmount(judged.length - uncounted) });
  return [
    {
      label: words('slo.keyMet'),
      value: formatAmount(countOf(judged, 'met', 'metAdjusted')),
      note: words('slo.adjustedOnly', { n: formatAmount(countOf(judged, 'metAdjusted')) }),
    },
    { label: words('slo.keyMissed'), value: formatAmount(countOf(judged, 'missed')), note: ofCounted },
    {
      label: words('slo.keyOverdrawn'),
      value: formatAmount(overdrawn('adjusted')),
      note: words('slo.byRaw', { n: formatAmount(overdrawn('raw')) }),
    },
    {
      label: words('slo.keyUncounted'),
      value: formatAmount(uncounted),
      note: words('slo.ofAll', { n: formatAmount(judged.length) }),
    },
  ];
}
