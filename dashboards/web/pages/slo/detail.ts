import type { SloExclusion } from '../../../../rules/contract.ts';
import { printAgo } from '../../durations.ts';
import { link, type Page, type PageContext, type PageView } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { viewOfGroups } from '../rules/groups.ts';
import type { SentForm } from '../security/parts.ts';
import { viewOfBudgetPeriod } from './budget-period.ts';
import { viewOfAlerts, viewOfBurn } from './burn.ts';
import { periodSecondsAt, viewOfExclusions } from './exclusions.ts';
import { periodInWords, printCount, printSpan, viewOfBudget } from './parts.ts';
import { earlierFigures, viewOfPeriods } from './periods.ts';
import { type PromiseStanding, promiseStandings } from './standing.ts';
import { promiseInWords, queriesOf } from './words.ts';

export interface OpenPromise {
  readonly standing: PromiseStanding;
  readonly exclusions: readonly SloExclusion[];
  readonly zone: string;
  readonly place: string;
  readonly isSample: boolean;
}

/** The promise that an address names, of the subject it names or of any; a Refusal when there is none. */
export async function openPromise(
  context: PageContext,
  id: string,
  subject: string | null,
): Promise<OpenPromise> {
  const { reader, say, workbench } = context;
  const subjects = await reader.subjects();
  const wanted = subjects.map((each) => each.id).filter((each) => subject === null || each === subject);
  const own = (await promiseStandings(context, wanted)).filter(({ definition }) => definition.id === id);
  const [standing] = own;
  if (!standing) throw new Refusal(404, 'error.notFound');
  const found = subjects.find((each) => each.id === standing.subject);
  return {
    standing,
    exclusions: await workbench.slo.exclusions([standing.subject], id),
    zone: found?.timeZone ?? 'UTC',
    place: found ? say(found.name) : standing.subject,
    isSample: found?.isSample ?? false,
  };
}

function viewOfHeading(context: PageContext, { standing, zone, place }: OpenPromise) {
  const { format, language, say, workbench } = context;
  const { definition, figure } = standing;
  const seconds = periodSecondsAt(definition.period, figure?.asOf ?? workbench.now());
  return {
    id: definition.id,
    title: say(definition.title),
    description: definition.description,
    service: definition.service,
    place,
    promise: promiseInWords(context, definition, seconds),
    ...viewOfBudget(context, standing),
    period: periodInWords(context, definition.period),
    span: figure ? printSpan(context, figure.span, zone) : null,
    bad: printCount(context, figure?.counts?.bad ?? null),
    total: printCount(context, figure?.counts?.total ?? null),
    asOf: figure ? format.time(figure.asOf, zone) : null,
    ago:
      figure && Date.parse(figure.asOf) < Date.parse(workbench.now())
        ? printAgo(figure.asOf, workbench.now(), language)
        : null,
    isGone: standing.slo === null,
    zone,
  };
}

function viewOfSource(context: PageContext, { definition, slo, figure }: PromiseStanding) {
  return {
    queries: queriesOf(context, definition.sli),
    asked: figure?.queries ?? [],
    specSha256: figure?.specSha256 ?? null,
    file: slo
      ? { name: slo.source.file, line: slo.source.line, format: slo.source.format, sha256: slo.source.sha256 }
      : null,
    labels: Object.entries(slo?.labels ?? {}).map(([name, value]) => ({ name, value })),
  };
}

const doneKeys = ['excluded', 'withdrawn'] as const;

/** The page of one promise; `sent` = a form that was refused, shown again with what was written. */
export async function sloView(
  context: PageContext,
  open: OpenPromise,
  sent: SentForm | null = null,
): Promise<PageView> {
  const { query, say, t, workbench } = context;
  const { standing, exclusions, zone, isSample } = open;
  const { definition, slo, figure, subject } = standing;
  const done = doneKeys.find((each) => each === query.done);
  const rules = workbench
    .rules()
    .filter(({ origin }) => origin.kind === 'slo' && origin.id === definition.id);
  const earlier = await earlierFigures(context, standing);
  const path = `/slos/${encodeURIComponent(definition.id)}`;
  return {
    template: 'slo',
    title: `${say(definition.title)} · ${t('slo.tab.slos')}`,
    section: '/slos',
    isSample,
    status: sent ? 400 : 200,
    view: {
      list: link('/slos', { subject }),
      heading: viewOfHeading(context, open),
      budget: await viewOfBudgetPeriod(context, standing, { exclusions, zone }),
      burn: slo ? await viewOfBurn(context, slo) : null,
      alerts: slo && figure ? await viewOfAlerts(context, slo, figure.span, zone) : null,
      exclusions: viewOfExclusions(context, exclusions, {
        figures: [...(figure ? [figure] : []), ...earlier],
        zone,
        sent,
      }),
      periods: await viewOfPeriods(context, standing, { earlier, zone }),
      source: viewOfSource(context, standing),
      rules: rules.map(({ file, groups }) => ({ file, groups: viewOfGroups(groups) })),
      done: done ? t(`slo.done.${done}`) : null,
      action: `${path}/exclusions`,
      subject,
      api: `/api/v1/slos/${encodeURIComponent(definition.id)}?subject=${encodeURIComponent(subject)}`,
    },
  };
}

export const sloPage: Page = {
  path: '/slos/:id',
  show: async (context) =>
    sloView(context, await openPromise(context, context.params.id ?? '', context.query.subject ?? null)),
};
