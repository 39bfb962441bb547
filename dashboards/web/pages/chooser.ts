import { link, type PageContext } from '../page.ts';
import type { Selection } from '../selection.ts';

interface Option {
  readonly value: string;
  readonly text: string;
  readonly isChosen: boolean;
}

export interface ChooserView {
  readonly action: string;
  readonly subjects: readonly Option[];
  readonly models: readonly Option[];
  readonly periods: readonly Option[];
  readonly newer: string | null;
  readonly older: string | null;
}

/** Two full-width spaces per level below a root keep the tree visible inside a select. */
function indent(depth: number): string {
  return '\u3000'.repeat(depth);
}

/** The form that chooses subject, model and period; it works without a script. */
export function viewOfChooser(context: PageContext, selection: Selection, action: string): ChooserView {
  const { workbench, say, format } = context;
  const parents = new Map(selection.subjects.map((each) => [each.id, each.parent]));
  const depthOf = (id: string): number => {
    const parent = parents.get(id);
    return parent ? 1 + depthOf(parent) : 0;
  };
  const at = selection.period === null ? -1 : selection.periods.indexOf(selection.period);
  const neighbour = (step: number) => {
    const period = at < 0 ? undefined : selection.periods[at + step];
    return period ? link(action, { model: selection.modelId, subject: selection.subjectId, period }) : null;
  };
  return {
    action,
    subjects: selection.subjects.map((each) => ({
      value: each.id,
      text: indent(depthOf(each.id)) + say(each.name),
      isChosen: each.id === selection.subjectId,
    })),
    models: workbench.models().map((each) => ({
      value: each.id,
      text: say(each.title),
      isChosen: each.id === selection.modelId,
    })),
    periods: selection.periods.map((each) => ({
      value: each,
      text: format.period(each),
      isChosen: each === selection.period,
    })),
    newer: neighbour(-1),
    older: neighbour(1),
  };
}
