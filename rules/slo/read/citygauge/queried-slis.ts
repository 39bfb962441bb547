import { badOfGood } from '../../../promql/good-of-total.ts';
import type { FormOf, ReadSli, SliScope } from './sli-scope.ts';

/** How often a threshold is compared where the file does not say. */
const defaultEverySeconds = 60;

export function readRatio(scope: SliScope, errorRatioQuery: FormOf<'ratio'>): ReadSli {
  return { sli: { kind: 'ratio', errorRatioQuery, measure: null }, places: { ratio: scope.at('ratio') } };
}

/** Errors (or what is good) and a total as queries, with their places. */
function readSides(
  scope: SliScope,
  kind: 'events' | 'timeSlices',
  sides: { readonly key: 'errors' | 'good'; readonly text: string; readonly total: string },
) {
  const { key, text, total } = sides;
  const [part, whole] = [scope.at(kind, key), scope.at(kind, 'total')];
  return {
    of: { errorQuery: key === 'errors' ? text : badOfGood(text, total), totalQuery: total },
    places: { errors: { ...part, isVerbatim: key === 'errors' }, total: whole },
    queries: [
      { place: part, text },
      { place: whole, text: total },
    ],
  };
}

export function readEvents(scope: SliScope, form: FormOf<'events'>): ReadSli | null {
  const key = scope.one(form, ['errors', 'good'], 'events');
  if (key === null) return null;
  const { of, ...rest } = readSides(scope, 'events', { key, text: form[key] ?? '', total: form.total });
  return { sli: { kind: 'events', ...of, measure: null }, ...rest };
}

const operators = { above: '>', atLeast: '>=', below: '<', atMost: '<=' } as const;

export function readThreshold(scope: SliScope, form: FormOf<'threshold'>): ReadSli | null {
  const key = scope.one(form, ['above', 'atLeast', 'below', 'atMost'], 'threshold');
  if (key === null) return null;
  const { query, every: everySeconds = defaultEverySeconds } = form;
  const bound = form[key] ?? 0;
  return {
    sli: { kind: 'threshold', query, operator: operators[key], bound, everySeconds, measure: null },
    places: { ratio: scope.at('threshold', 'query') },
  };
}

export function readTimeSlices(scope: SliScope, form: FormOf<'timeSlices'>): ReadSli | null {
  const key = scope.one(form, ['errors', 'good', 'ratio'], 'timeSlices');
  if (key === null) return null;
  const text = form[key] ?? '';
  const slices = {
    kind: 'timeSlices',
    sliceSeconds: form.slice,
    target: form.target === undefined ? null : Number((form.target / 100).toPrecision(12)),
  } as const;
  if (key === 'ratio') {
    if (form.total !== undefined)
      scope.refuse(['timeSlices', 'total'], '"ratio" and "total" exclude each other: choose one');
    return {
      sli: { ...slices, of: { errorRatioQuery: text } },
      places: { ratio: scope.at('timeSlices', 'ratio') },
    };
  }
  if (form.total === undefined) {
    scope.refuse(['timeSlices'], `"total" is missing: ${key} is counted against it`);
    return null;
  }
  const { of, ...rest } = readSides(scope, 'timeSlices', { key, text, total: form.total });
  return { sli: { ...slices, of }, ...rest };
}
