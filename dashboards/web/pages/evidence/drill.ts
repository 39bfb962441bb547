import {
  changeBySlice,
  type Drill,
  type DrillPart,
  type Evaluation,
  InputError,
  type ModelNode,
  recordKindSpecs,
} from '../../../../scoring/contract.ts';
import { drawBars } from '../../charts/bars.ts';
import type { PageContext } from '../../page.ts';
import { linkWithin } from '../../selection.ts';
import type { Shown } from '../opening.ts';
import { changeClass } from '../scorecard/grade.ts';

const shownSlices = 12;

/** The slices an indicator can be looked at by; none when it is not measured from records. */
export function slicesOf(leaf: ModelNode): string[] {
  const measure = leaf.leaf?.measure;
  return measure?.kind === 'records'
    ? [...Object.keys(recordKindSpecs[measure.records].slices), 'subject']
    : [];
}

/** The figure by slice: parts add up to the whole; with the slices that explain the change since the period before. */
export async function viewOfDrill(context: PageContext, shown: Shown, leaf: ModelNode) {
  const { t, query, workbench } = context;
  const { evaluation, previous } = shown;
  const slices = slicesOf(leaf);
  const by = slices.find((each) => each === query.by) ?? slices[0];
  const observation = shown.evaluation.observations.find((each) => each.indicator === leaf.id);
  if (by === undefined || observation?.source?.kind !== 'records') return null;
  const drill = await drillOf(workbench, evaluation, leaf, by);
  if (!drill) return null;
  const before = previous ? await drillOf(workbench, previous, leaf, by) : null;
  const nameOf = namesFor(context, shown, leaf, by);
  const path = `/indicators/${encodeURIComponent(leaf.id)}`;
  return {
    tabs: slices.map((each) => ({
      name: t(`slice.${each}`),
      url: `${linkWithin(evaluation, path, { by: each })}#drill`,
      isCurrent: each === by,
    })),
    ...viewOfParts(context, drill, leaf, { title: t(`slice.${by}`), nameOf }),
    // The evaluation is frozen, the records are not.
    isChanged: !isSameFigure(drill.whole.value, observation.value),
    causes: before ? viewOfCauses(context, before, drill, { leaf, nameOf }) : null,
    beforePeriod: previous ? context.format.period(previous.period.id) : '',
  };
}

/** Null when no records were reported for the evaluation's period: the page then shows the rest. */
async function drillOf(
  workbench: PageContext['workbench'],
  evaluation: Evaluation,
  leaf: ModelNode,
  by: string,
): Promise<Drill | null> {
  try {
    return await workbench.drill(evaluation, leaf, by);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function isSameFigure(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

type NameOf = (slice: string | null) => string;

/** Subjects by name, codes in words, everything else as the records say. */
function namesFor(context: PageContext, shown: Shown, leaf: ModelNode, by: string): NameOf {
  const { say, t } = context;
  const measure = leaf.leaf?.measure;
  const subjects = new Map(shown.subjects.map((each) => [each.id, say(each.name)]));
  const spec = measure?.kind === 'records' ? recordKindSpecs[measure.records] : null;
  const isCode = spec?.fields[spec.slices[by] ?? '']?.type === 'code';
  return (slice) => {
    if (slice === null) return t('slice.empty');
    if (by === 'subject') return subjects.get(slice) ?? slice;
    return isCode ? t(`code.${slice}`) : slice;
  };
}

/** Several slices as one; percentiles and intervals do not add up, so theirs has no value. */
function sumOf(drill: Drill, parts: readonly DrillPart[]): DrillPart {
  const numerator = parts.reduce((sum, part) => sum + part.numerator, 0);
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0);
  const ratio = denominator === 0 ? null : numerator / denominator;
  const addsUp = drill.reduction !== 'percentile' && drill.reduction !== 'interval';
  const value = drill.reduction === 'count' ? numerator : addsUp ? ratio : null;
  return { slice: null, value, numerator, denominator };
}

function viewOfParts(
  context: PageContext,
  drill: Drill,
  leaf: ModelNode,
  { title: sliceName, nameOf }: { readonly title: string; readonly nameOf: NameOf },
) {
  const { format, t, say } = context;
  const row = (part: DrillPart) => ({
    name: nameOf(part.slice),
    value: format.value(part.value, leaf.unit),
    numerator: format.count(part.numerator),
    denominator: format.count(part.denominator),
  });
  const isCount = drill.reduction === 'count';
  const rest = drill.parts.slice(shownSlices);
  return {
    sliceName,
    numeratorName: t(`reduction.${drill.reduction}Numerator`),
    denominatorName: t(`reduction.${drill.reduction}Denominator`),
    hasDenominator: !isCount,
    rows: drill.parts.slice(0, shownSlices).map(row),
    rest:
      rest.length === 0 ? null : { ...row(sumOf(drill, rest)), name: t('drill.rest', { n: rest.length }) },
    restRows: rest.map(row),
    whole: { ...row(drill.whole), name: t('drill.whole') },
    chart:
      drill.parts.length === 0
        ? ''
        : drawBars({
            label: t('drill.label', { indicator: say(leaf.title), by: sliceName }),
            bars: drill.parts
              .slice(0, shownSlices)
              .map((part) => ({ name: nameOf(part.slice), value: part.value })),
            whole: isCount ? null : drill.whole.value,
            wholeName: t('drill.whole'),
            print: (value) => format.value(value, leaf.unit),
          }),
    isCut: rest.length > 0,
  };
}

function viewOfCauses(
  context: PageContext,
  before: Drill,
  now: Drill,
  { leaf, nameOf }: { readonly leaf: ModelNode; readonly nameOf: NameOf },
) {
  const { format } = context;
  const changes = changeBySlice(before, now);
  if (changes.length === 0 || before.whole.value === null || now.whole.value === null) return null;
  const sign = leaf.leaf?.direction === 'lower' ? -1 : 1;
  return {
    total: format.valueMove(before.whole.value, now.whole.value, leaf.unit),
    rows: changes.slice(0, 8).map((each) => ({
      name: nameOf(each.slice),
      before: format.value(each.before?.value ?? null, leaf.unit),
      now: format.value(each.now?.value ?? null, leaf.unit),
      contribution: format.valueChange(each.contribution, leaf.unit),
      contributionClass: changeClass(Math.sign(each.contribution) * sign),
    })),
  };
}
