import type { Evaluation, ModelNode } from '../../../../scoring/contract.ts';
import type { EvidenceRow } from '../../../../store/contract.ts';
import { link, type PageContext } from '../../page.ts';
import { linkToNode, newestFirst } from '../../selection.ts';
import { stateTitle } from '../../terms.ts';
import { fractionOf } from '../evidence/evidence.ts';
import { printField } from '../evidence/record-fields.ts';
import { nodesById } from '../scorecard/findings.ts';
import { changeClass } from '../scorecard/grade.ts';
import type { SubjectChoice } from '../subject-choice.ts';

/** The model and the element that measure security events. */
const operationsModel = 'citygauge-operations';
const eventsElement = 'security.events';
/** Its indicator whose cohort is every event found in the period. */
const cohortIndicator = `${eventsElement}.closedOnTimeRatio`;
const classes = ['c1', 'c2', 'c3', 'c4'] as const;
/** Records read at most: more than a city has in a month, little enough to count here. */
const readAtMost = 1000;
const shownEvents = 20;

const eventClasses: readonly string[] = classes.map((each) => `${eventsElement}.${each}`);

interface Found {
  readonly evaluation: Evaluation;
  readonly previous: Evaluation | null;
  readonly older: string | null;
  readonly newer: string | null;
}

/** `2026-09` and `2026-10` are of one kind, `2026-Q3` is of another. */
function kindOf(period: string): string {
  return period.replaceAll(/\d/g, '0').replace(/Q0$/, 'Q');
}

/** The evaluation of the period asked for, else the newest; null while there is none. */
async function evaluationOf({ query, reader }: PageContext, choice: SubjectChoice): Promise<Found | null> {
  const summaries = await reader.evaluations({ model: operationsModel, subject: choice.subject.id });
  const all = newestFirst(summaries.map((each) => each.period));
  const chosen = query.period ?? all[0] ?? '';
  // Months stand beside months and quarters beside quarters.
  const periods = all.filter((each) => kindOf(each) === kindOf(chosen));
  const at = periods.indexOf(chosen);
  const read = async (period: string | undefined) => {
    const summary = summaries.find((each) => each.period === period);
    return summary ? await reader.get(summary.sha256) : null;
  };
  const evaluation = await read(periods[at]);
  if (!evaluation) return null;
  const address = (period: string | undefined) =>
    period === undefined ? null : choice.linkTo('/events', { period });
  return {
    evaluation,
    previous: await read(periods[at + 1]),
    older: address(periods[at + 1]),
    newer: at > 0 ? address(periods[at - 1]) : null,
  };
}

function viewOfIndicators(
  context: PageContext,
  { evaluation, previous }: Found,
  leaves: ReadonlyMap<string, ModelNode>,
) {
  const { format, say } = context;
  return evaluation.nodes
    .filter((node) => node.parent === eventsElement)
    .map((node) => {
      const before = previous?.nodes.find((each) => each.id === node.id)?.value ?? null;
      const observation = evaluation.observations.find((each) => each.indicator === node.id);
      const sign = leaves.get(node.id)?.leaf?.direction === 'lower' ? -1 : 1;
      const change = before === null || node.value === null ? 0 : node.value - before;
      return {
        id: node.id,
        title: say(node.title),
        url: linkToNode(evaluation, node.id),
        hasValue: node.value !== null,
        value: node.value === null ? stateTitle(context, node.state) : format.value(node.value, node.unit),
        fraction: fractionOf(context, observation),
        reason: observation?.reason ? say(observation.reason) : null,
        before: format.value(before, node.unit),
        change: format.valueMove(before, node.value, node.unit),
        changeClass: change === 0 ? '' : changeClass(Math.sign(change) * sign),
      };
    });
}

/** True for an instant that had come at the cut-off. */
function hasCome(row: EvidenceRow, field: string, asOf: string): boolean {
  const value = row.record.fields[field];
  return typeof value === 'string' && value !== '' && Date.parse(value) <= Date.parse(asOf);
}

/** Found, contained, closed; null where not every event could be read. */
function viewOfSteps({ format, t }: PageContext, rows: readonly EvidenceRow[], asOf: string) {
  if (rows.length === 0 || rows.length >= readAtMost) return null;
  const count = (field: string) => rows.filter((row) => hasCome(row, field, asOf)).length;
  return (['found', 'contained', 'closed'] as const).map((step) => ({
    name: t(`security.step.${step}`),
    n: format.count(step === 'found' ? rows.length : count(step)),
  }));
}

function viewOfEvents(context: PageContext, choice: SubjectChoice, rows: readonly EvidenceRow[]) {
  const foundAt = (row: EvidenceRow) => String(row.record.fields.found ?? '');
  const print = (row: EvidenceRow, name: string) =>
    printField(context, row.record.fields[name], { kind: 'security-events', name, zone: choice.zone });
  return rows
    .toSorted((a, b) => foundAt(b).localeCompare(foundAt(a)))
    .slice(0, shownEvents)
    .map((row) => ({
      id: row.record.id,
      subject: choice.nameOf(row.record.subject),
      class: print(row, 'class'),
      severity: print(row, 'severity'),
      found: print(row, 'found'),
      contained: print(row, 'contained'),
      closed: print(row, 'closed'),
      due: print(row, 'due'),
      reopened: print(row, 'reopened'),
      alarm: print(row, 'alarm'),
    }));
}

/** The loop of security events in one period, from the evaluation and the records behind it; null without an evaluation. */
export async function viewOfLoop(context: PageContext, choice: SubjectChoice) {
  const { format, reader, say, workbench } = context;
  const found = await evaluationOf(context, choice);
  if (!found) return null;
  const { evaluation } = found;
  const leaves = nodesById(await reader.modelOf(evaluation));
  const leaf = leaves.get(cohortIndicator);
  const rows = leaf ? await workbench.evidence(evaluation, leaf, readAtMost) : [];
  const indicators = viewOfIndicators(context, found, leaves);
  return {
    period: format.period(evaluation.period.id),
    asOf: format.time(evaluation.asOf, choice.zone),
    older: found.older,
    newer: found.newer,
    classes: indicators.filter(({ id }) => eventClasses.includes(id)),
    indicators: indicators.filter(({ id }) => !eventClasses.includes(id)),
    steps: viewOfSteps(context, rows, evaluation.asOf),
    events: viewOfEvents(context, choice, rows),
    isCut: rows.length > shownEvents,
    modelTitle: say(evaluation.model.title),
    scorecard: link(`/elements/${eventsElement}`, {
      model: evaluation.model.id,
      subject: evaluation.subject.id,
      period: evaluation.period.id,
    }),
  };
}
