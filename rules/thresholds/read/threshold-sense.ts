import { nearest, type PromqlFault, readSelector, syntaxFault } from '../../contract.ts';
import { durationText } from '../../promql/durations.ts';
import { callName, nodesOf, queryTree } from '../../promql/query-tree.ts';
import { senseFault } from '../../promql/sense-faults.ts';
import type { ThresholdFileForm, ThresholdForm } from './file-form.ts';
import { gradeFaults, type SenseFault } from './grade-sense.ts';
import { scheduleOf } from './threshold-of-form.ts';

const daySeconds = 86_400;

/** A fault whose column lies within the text at its path. */
export interface PlacedFault {
  readonly fault: SenseFault;
  readonly column: number | null;
}

const targets = ['indicator', 'metric', 'promql'] as const;

/** A threshold judges the series that a query yields, and writes its windows itself. */
function queryFault(query: string): PromqlFault | null {
  const syntax = syntaxFault(query);
  if (syntax) return syntax;
  const tree = queryTree(query);
  const sense = senseFault(tree);
  if (sense) return { ...sense, message: sense.message.replaceAll('{{.window}}', '5m') };
  const yieldsSeries = [...nodesOf(tree.top)].some(
    (node) => node.name === 'VectorSelector' || callName(node, tree) === 'vector',
  );
  if (yieldsSeries) return null;
  return { column: 1, message: 'it asks for no metric: a number alone is not judged' };
}

function targetFaults(form: ThresholdForm): PlacedFault[] {
  const given = targets.filter((key) => form[key] !== undefined);
  if (given.length !== 1) {
    const told = given.length === 0 ? 'nothing is watched' : `${given.join(' and ')} together`;
    const text = `${told}: give exactly one of ${targets.join(', ')}`;
    return [{ fault: [[], text], column: null }];
  }
  const { indicator, metric, promql } = form;
  if (indicator !== undefined) {
    if (/^[^:\s]+:[^:\s]+$/.test(indicator)) return [];
    const text = `"${indicator}" names no indicator: write model:indicator, for example citygauge-operations:events.handling.closure`;
    return [{ fault: [['indicator'], text], column: null }];
  }
  if (metric !== undefined) {
    return readSelector(metric).faults.map(({ column, message }) => ({
      fault: [['metric'], message],
      column,
    }));
  }
  const fault = queryFault(promql ?? '');
  return fault ? [{ fault: [['promql'], fault.message], column: fault.column }] : [];
}

function calendarFaults(form: ThresholdForm, calendars: ThresholdFileForm['calendars']): SenseFault[] {
  const { schedule } = form;
  if (schedule === undefined) return [];
  const names = Object.keys(calendars);
  if (schedule.calendar !== undefined && !names.includes(schedule.calendar)) {
    const near = nearest(schedule.calendar, names);
    const remedy = near === null ? 'write it under calendars' : `did you mean ${near}?`;
    return [[['schedule', 'calendar'], `there is no calendar "${schedule.calendar}": ${remedy}`]];
  }
  if ((schedule.calendar === undefined) === (schedule.timeZone === undefined)) {
    return [[['schedule'], 'give either a calendar or a timeZone: the hours are local times']];
  }
  return [];
}

/** A stretch of the day too short for a duration would never give its grade. */
function durationFaults(form: ThresholdForm, calendars: ThresholdFileForm['calendars']): SenseFault[] {
  const hours = scheduleOf(form, calendars)?.hours ?? [];
  if (hours.length === 0) return [];
  const lengths = hours.map(({ fromMinute, toMinute }) => {
    const length = (toMinute - fromMinute) * 60;
    return length > 0 ? length : length + daySeconds;
  });
  const longest = Math.max(...lengths);
  if (longest >= daySeconds) return [];
  const check = (seconds: number, path: SenseFault[0]): SenseFault[] => {
    if (seconds < longest) return [];
    const text = `${durationText(seconds)} is not over before the longest of the hours (${durationText(longest)}): shorten it`;
    return [[path, text]];
  };
  return [
    ...form.grades.flatMap((grade, index) => check(grade.for ?? form.for, ['grades', index, 'for'])),
    ...check(form.noData?.for ?? 0, ['noData', 'for']),
  ];
}

/** Faults of one threshold that its shape cannot tell. */
export function thresholdFaults(
  form: ThresholdForm,
  calendars: ThresholdFileForm['calendars'],
): PlacedFault[] {
  const inCalendars = calendarFaults(form, calendars);
  const plain = [
    ...gradeFaults(form),
    ...inCalendars,
    ...(inCalendars.length > 0 ? [] : durationFaults(form, calendars)),
  ];
  return [...targetFaults(form), ...plain.map((fault) => ({ fault, column: null }))];
}

/** A day cannot be free and worked at once, and stands in a list once. */
export function dateFaults(calendars: ThresholdFileForm['calendars']): SenseFault[] {
  return Object.entries(calendars).flatMap(([name, { holidays, workedInstead }]) => {
    const repeated = (key: string, dates: readonly string[]) =>
      dates.flatMap((date, index): SenseFault[] =>
        dates.indexOf(date) === index
          ? []
          : [[['calendars', name, key, index], `"${date}" stands here twice: remove one`]],
      );
    const both = workedInstead.flatMap((date, index): SenseFault[] =>
      holidays.includes(date)
        ? [[['calendars', name, 'workedInstead', index], `"${date}" is among the holidays too: remove one`]]
        : [],
    );
    return [...repeated('holidays', holidays), ...repeated('workedInstead', workedInstead), ...both];
  });
}
