import { link, type PageContext } from '../page.ts';
import type { Selection } from '../selection.ts';
import { optionsOf, type SelectOption } from './subject-options.ts';

export interface ChooserView {
  readonly action: string;
  readonly subjects: readonly SelectOption[];
  readonly models: readonly SelectOption[];
  readonly periods: readonly SelectOption[];
  readonly newer: string | null;
  readonly older: string | null;
}

/** The form that chooses subject, model and period; it works without a script. */
export function viewOfChooser(context: PageContext, selection: Selection, action: string): ChooserView {
  const { workbench, say, format } = context;
  const at = selection.period === null ? -1 : selection.periods.indexOf(selection.period);
  const neighbour = (step: number) => {
    const period = at < 0 ? undefined : selection.periods[at + step];
    return period ? link(action, { model: selection.modelId, subject: selection.subjectId, period }) : null;
  };
  return {
    action,
    subjects: optionsOf(selection.subjects, selection.subjectId, say),
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
