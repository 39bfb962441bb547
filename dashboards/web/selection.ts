import { type Evaluation, type Model, parsePeriod, type Subject } from '../../scoring/contract.ts';
import type { EvaluationSummary } from '../../store/contract.ts';
import { Memo } from './memo.ts';
import { link, type PageContext } from './page.ts';

/** Which evaluation a page shows, what else can be chosen, and what came before. */
export interface Selection {
  readonly subjects: readonly Subject[];
  readonly subjectId: string | null;
  readonly modelId: string | null;
  readonly period: string | null;
  /** Every period evaluated for this model and subject, newest first. */
  readonly periods: readonly string[];
  /** Null when this model, subject and period have not been evaluated. */
  readonly evaluation: Evaluation | null;
  readonly model: Model | null;
  /** Up to twelve periods, oldest first, the shown one last. */
  readonly history: readonly Evaluation[];
  /** The evaluation of the period just before; null when there is none. */
  readonly previous: Evaluation | null;
}

const historyLength = 12;

const ends = new Memo<string>(2000);

function endOf(period: string): string {
  return ends.get(period) ?? ends.set(period, parsePeriod(period, 'UTC').end);
}

export function newestFirst(periods: readonly string[]): string[] {
  return [...new Set(periods)].sort((a, b) => endOf(b).localeCompare(endOf(a)) || b.localeCompare(a));
}

/** What was evaluated last, a root subject before its parts. */
function defaultOf(summaries: readonly EvaluationSummary[], subjects: readonly Subject[]) {
  const roots = new Set(subjects.filter((each) => each.parent === null).map((each) => each.id));
  return summaries.find((each) => roots.has(each.subject)) ?? summaries[0] ?? null;
}

async function chosen(context: PageContext, subjects: readonly Subject[]) {
  const { query, reader } = context;
  if (query.evaluation) {
    const evaluation = await reader.get(query.evaluation);
    if (evaluation) {
      return { modelId: evaluation.model.id, subjectId: evaluation.subject.id, evaluation };
    }
  }
  const [model, subject] = [query.model, query.subject];
  if (model && subject) return { modelId: model, subjectId: subject, evaluation: null };
  const summaries = await reader.evaluations({ ...(model && { model }), ...(subject && { subject }) });
  const picked = defaultOf(summaries, subjects);
  return {
    modelId: model ?? picked?.model ?? null,
    subjectId: subject ?? picked?.subject ?? null,
    evaluation: null,
  };
}

export async function select(context: PageContext): Promise<Selection> {
  const { reader, query } = context;
  const subjects = await reader.subjects();
  const { modelId, subjectId, evaluation: named } = await chosen(context, subjects);
  const nothing = { subjects, subjectId, modelId, model: null, history: [], previous: null };
  if (modelId === null || subjectId === null)
    return { ...nothing, period: query.period ?? null, periods: [], evaluation: null };
  const summaries = await reader.evaluations({ model: modelId, subject: subjectId });
  const periods = newestFirst(summaries.map((each) => each.period));
  const period = named?.period.id ?? query.period ?? periods[0] ?? null;
  const saved = summaries.find((each) => each.period === period);
  const evaluation = named ?? (saved ? await reader.get(saved.sha256) : null);
  if (!evaluation || period === null) return { ...nothing, period, periods, evaluation: null };
  const before = await reader.series(summaries, period, historyLength);
  const history = [...before.filter((each) => each.period.id !== period), evaluation];
  const last = await reader.series(summaries, period, 2);
  return {
    ...nothing,
    period,
    periods,
    evaluation,
    model: await reader.modelOf(evaluation),
    history,
    previous: last.find((each) => each.period.id !== period) ?? null,
  };
}

/** Address of a page about the same evaluation. */
export function linkWithin(
  evaluation: Evaluation,
  path: string,
  more: Readonly<Record<string, string>> = {},
): string {
  return link(path, {
    model: evaluation.model.id,
    subject: evaluation.subject.id,
    period: evaluation.period.id,
    ...more,
  });
}

/** Address of a node's own page. */
export function linkToNode(evaluation: Evaluation, id: string): string {
  const node = evaluation.nodes.find((each) => each.id === id);
  const isLeaf = !evaluation.nodes.some((each) => each.parent === id);
  const folder = node?.parent === null && !isLeaf ? 'modules' : isLeaf ? 'indicators' : 'elements';
  return linkWithin(evaluation, `/${folder}/${encodeURIComponent(id)}`);
}
