import type { SloCounts } from '../../../../../rules/contract.ts';
import type { Block, Row } from '../../../blocks.ts';
import { left, right } from '../../../columns.ts';
import type { ReportContext } from '../../../context.ts';
import { absent, formatAmount, formatNumber } from '../../../figures.ts';
import { sentence } from '../../../phrases.ts';
import {
  formatAttainment,
  formatLeft,
  formatObjective,
  isRunning,
  type Judged,
  periodOf,
  remarksOn,
} from './standing.ts';

export function formatCounts(counts: SloCounts | null): string {
  return counts === null ? absent : `${formatAmount(counts.bad)} / ${formatAmount(counts.total)}`;
}

const codeOf = ({ definition, figure }: Judged) => `${definition.id} · ${figure.subject}`;

/** What was promised, what was counted, and whether it is met. */
export function attainmentTable(context: ReportContext, judged: readonly Judged[]): Block {
  const { words } = context;
  return {
    kind: 'table',
    caption: words('slo.attainment'),
    columns: [
      left(words('slo.objective'), 35),
      right(words('slo.target'), 13),
      left(words('column.period'), 20),
      right(words('slo.counts'), 29),
      right(words('slo.raw'), 18),
      right(words('slo.adjusted'), 21),
      left(words('slo.verdict'), 18),
    ],
    rows: judged.map((each) => attainmentRow(context, each)),
  };
}

function attainmentRow(context: ReportContext, each: Judged): Row {
  const { words, say } = context;
  const { definition, figure, budget, verdict } = each;
  const percent = (ratio: number | null) => formatAttainment(ratio, definition.objectivePercent);
  const remarks = remarksOn(context, each).map((text) => sentence(context, text));
  return {
    cells: [
      say(definition.title),
      formatObjective(definition.objectivePercent),
      periodOf(context, each),
      formatCounts(figure.counts),
      percent(budget.raw.attainmentRatio),
      percent(budget.adjusted.attainmentRatio),
      words(`slo.verdict.${verdict}`),
    ],
    code: codeOf(each),
    ...(remarks.length > 0 && { note: remarks.join(words('noteSeparator')) }),
    ...(verdict === 'uncounted' && { tone: 'muted' as const }),
  };
}

/** The budgets of what was counted. */
export function budgetTable(context: ReportContext, judged: readonly Judged[]): Block[] {
  const { words, say } = context;
  const counted = judged.filter(({ budget }) => budget.raw.attainmentRatio !== null);
  if (counted.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: words('slo.budgets'),
      columns: [
        left(words('slo.objective'), 40),
        right(words('slo.leftRaw'), 20),
        right(words('slo.leftAdjusted'), 20),
        right(words('slo.burnNow'), 16),
        right(words('slo.exhausted'), 18),
        right(words('slo.leftAtEnd'), 20),
      ],
      rows: counted.map((each) => {
        const { raw, adjusted, outlook } = each.budget;
        return {
          cells: [
            say(each.definition.title),
            formatLeft(raw.leftRatio),
            formatLeft(adjusted.leftRatio),
            formatNumber(outlook.burnNow, 2),
            exhaustion(context, each),
            formatLeft(outlook.leftAtEndRatio),
          ],
        };
      }),
    },
  ];
}

const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;

/** A dash for a calendar period that is over: its budget does not burn any more. */
function exhaustion({ words }: ReportContext, each: Judged): string {
  const { exhaustedInSeconds } = each.budget.outlook;
  const isOver = each.figure.span.kind !== 'rolling' && !isRunning(each);
  if (exhaustedInSeconds === null || isOver) return absent;
  if (exhaustedInSeconds === 0) return words('slo.usedUp');
  return exhaustedInSeconds < 2 * daySeconds
    ? words('slo.inHours', { n: formatNumber(exhaustedInSeconds / hourSeconds, 1) })
    : words('slo.inDays', { n: formatNumber(exhaustedInSeconds / daySeconds, 1) });
}

/** Longest query in print; the bundle has it whole. */
const longestQuery = 400;
const shownDigits = 16;

/** What is counted and how it was asked, with the hash of the definition. */
export function measureTable(context: ReportContext, judged: readonly Judged[]): Block {
  const { words, say } = context;
  return {
    kind: 'table',
    caption: words('slo.measures'),
    columns: [left(words('slo.objective'), 34), left(words('slo.sli'), 28), left(words('slo.query'), 74)],
    rows: judged.map(({ definition, figure }) => ({
      cells: [say(definition.title), words(`slo.sli.${definition.sli.kind}`), shortened(figure.queries)],
      code: `SHA-256 ${figure.specSha256.slice(0, shownDigits)}`,
    })),
  };
}

function shortened(queries: readonly string[]): string {
  const text = queries.join('; ');
  if (text === '') return absent;
  return text.length <= longestQuery ? text : `${text.slice(0, longestQuery)}…`;
}
