import type { SloExclusion } from '../../../../../rules/contract.ts';
import type { Block, Row } from '../../../blocks.ts';
import { left, right } from '../../../columns.ts';
import type { ReportContext } from '../../../context.ts';
import { formatInstant } from '../../../figures.ts';
import { sentence } from '../../../phrases.ts';
import { formatAttainment, type Judged } from './standing.ts';
import { formatCounts } from './standing-tables.ts';

/** Who signed which stretch of time away, why, on what evidence, and what it does to the figure. */
export function exclusionTable(context: ReportContext, judged: readonly Judged[]): Block[] {
  const { words } = context;
  const rows = judged.flatMap((each) => rowsOf(context, each));
  const title: Block = {
    kind: 'heading',
    level: 2,
    id: 'slo-exclusions',
    text: words('slo.exclusions'),
    startsPage: false,
  };
  if (rows.length === 0)
    return [title, { kind: 'paragraph', style: 'body', text: words('slo.noExclusions') }];
  return [
    title,
    { kind: 'paragraph', style: 'body', text: words('slo.exclusionsIntro') },
    {
      kind: 'table',
      caption: null,
      columns: [
        left(words('slo.objective'), 28),
        left(words('slo.kind'), 17),
        left(words('slo.when'), 28),
        left(words('slo.by'), 22),
        right(words('slo.taken'), 17),
        right(words('slo.effect'), 30),
      ],
      rows,
    },
  ];
}

/** One row for each exclusion of the objective, its stretches added up. */
function rowsOf(context: ReportContext, each: Judged): Row[] {
  const { words, say, bundle } = context;
  const { definition, figure, budget } = each;
  const zone = context.evaluation.period.timeZone;
  const percent = (ratio: number | null) => formatAttainment(ratio, definition.objectivePercent);
  const stretches = Map.groupBy(figure.excluded, ({ exclusion }) => exclusion);
  const known = new Map(bundle.registers?.slo?.exclusions.map((one) => [one.id, one]));
  return [...stretches].flatMap(([id, parts]): Row[] => {
    const exclusion = known.get(id);
    if (!exclusion) return [];
    const sum = (key: 'bad' | 'total') => parts.reduce((total, part) => total + part[key], 0);
    return [
      {
        cells: [
          say(definition.title),
          words(`slo.kind.${exclusion.kind}`),
          words('slo.fromTo', {
            from: formatInstant(exclusion.from, zone),
            to: formatInstant(exclusion.to, zone),
          }),
          exclusion.by,
          formatCounts({ bad: sum('bad'), total: sum('total') }),
          words('slo.move', {
            raw: percent(budget.raw.attainmentRatio),
            adjusted: percent(budget.adjusted.attainmentRatio),
          }),
        ],
        note: noteOn(context, exclusion),
      },
    ];
  });
}

function noteOn(context: ReportContext, exclusion: SloExclusion): string {
  const { words, evaluation } = context;
  const { reason, evidence, withdrawnAt, withdrawnBy } = exclusion;
  const why = sentence(context, words('slo.why', { reason, evidence }));
  if (withdrawnAt === null) return why;
  const at = formatInstant(withdrawnAt, evaluation.period.timeZone);
  const withdrawn = words('slo.withdrawn', { at, by: withdrawnBy });
  return [why, sentence(context, withdrawn)].join(words('noteSeparator'));
}
