import {
  type GradeCondition,
  readSelector,
  type Text,
  type Threshold,
  type ThresholdSchedule,
  type ThresholdTarget,
} from '../../contract.ts';
import type { GradeForm, ThresholdFileForm, ThresholdForm } from './file-form.ts';

/** Prometheus looks back five minutes; a figure of an evaluation comes once a month and may be half a month late. */
const lookback = { samples: 300, indicator: 45 * 86_400 } as const;

const textOf = (words: string | Text): Text => (typeof words === 'string' ? { zh: words, en: words } : words);

/** The condition that the form names; null when it names none or several. */
export function conditionOf({ above, below, outside, inside }: GradeForm): GradeCondition | null {
  const conditions: GradeCondition[] = [
    ...(above === undefined ? [] : [{ kind: 'above' as const, bound: above }]),
    ...(below === undefined ? [] : [{ kind: 'below' as const, bound: below }]),
    ...(outside === undefined ? [] : [{ kind: 'outside' as const, low: outside[0], high: outside[1] }]),
    ...(inside === undefined ? [] : [{ kind: 'inside' as const, low: inside[0], high: inside[1] }]),
  ];
  const [first = null, second] = conditions;
  return second === undefined ? first : null;
}

/** What the form watches; null when it names none, several, or what cannot be read. */
export function targetOf({ indicator, metric, promql }: ThresholdForm): ThresholdTarget | null {
  const given = [indicator, metric, promql].filter((each) => each !== undefined);
  if (given.length !== 1) return null;
  if (promql !== undefined) return { kind: 'promql', query: promql };
  if (metric !== undefined) {
    const { selector } = readSelector(metric);
    return selector === null ? null : { kind: 'metric', selector };
  }
  const [, model, leaf] = /^([^:\s]+):([^:\s]+)$/.exec(indicator ?? '') ?? [];
  return model === undefined || leaf === undefined ? null : { kind: 'indicator', model, indicator: leaf };
}

function minutesOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

export function scheduleOf(
  { schedule }: ThresholdForm,
  calendars: ThresholdFileForm['calendars'],
): ThresholdSchedule | null {
  if (schedule === undefined) return null;
  const calendar = schedule.calendar === undefined ? undefined : calendars[schedule.calendar];
  return {
    timeZone: calendar?.timeZone ?? schedule.timeZone ?? 'UTC',
    days: schedule.days,
    hours: schedule.hours.map((stretch) => {
      const [from = '', to = ''] = stretch.split('-');
      return { fromMinute: minutesOf(from), toMinute: minutesOf(to) };
    }),
    holidays: calendar?.holidays ?? [],
    workedInstead: calendar?.workedInstead ?? [],
  };
}

/** The threshold of a form that was found sound. */
export function thresholdOf(
  form: ThresholdForm,
  calendars: ThresholdFileForm['calendars'],
  source: Threshold['source'],
): Threshold {
  const target = targetOf(form);
  if (target === null) throw new Error(`the target of ${form.id} was found sound before`);
  const { noData } = form;
  return {
    id: form.id,
    title: textOf(form.title),
    subject: form.subject ?? null,
    target,
    unit: form.unit,
    everySeconds: form.every,
    lookbackSeconds: form.lookback ?? (target.kind === 'indicator' ? lookback.indicator : lookback.samples),
    grades: form.grades.map((grade) => {
      const when = conditionOf(grade);
      if (when === null) throw new Error(`the grades of ${form.id} were found sound before`);
      return {
        colour: grade.colour,
        when,
        forSeconds: grade.for ?? form.for,
        hysteresis: grade.hysteresis ?? form.hysteresis,
        role: textOf(grade.role),
        plan: textOf(grade.plan),
        runbook: grade.runbook ?? null,
      };
    }),
    calm: form.calm,
    noData:
      noData === undefined
        ? null
        : { forSeconds: noData.for, colour: noData.colour, role: textOf(noData.role) },
    schedule: scheduleOf(form, calendars),
    source,
  };
}
