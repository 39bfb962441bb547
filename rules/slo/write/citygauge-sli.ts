import type { Sli, SloMeasure } from '../../contract.ts';
import { durationText } from '../../promql/durations.ts';
import { scrapeSeconds } from '../read/citygauge/measures.ts';

type EventsSli = Extract<Sli, { kind: 'events' }>;

/** The text between two others, the first after the start and the last before the end; null where they are not. */
function between(text: string, before: string, after: string): string | null {
  const from = text.indexOf(before);
  if (from < 0) return null;
  const to = text.indexOf(after, from + before.length);
  return to < 0 ? null : text.slice(from + before.length, to);
}

const rateOf = (query: string) => between(query, 'sum(rate(', '[{{.window}}]))');

/** Ways to write a ratio of counters, the plainest first. */
function counterForms({ errorQuery, totalQuery }: EventsSli, { measure, counts }: SloMeasure): object[] {
  const part = rateOf(counts === 'bad' ? errorQuery : errorQuery.slice(totalQuery.length));
  const total = rateOf(totalQuery);
  const { everySeconds } = measure;
  const every = everySeconds === scrapeSeconds ? {} : { every: durationText(everySeconds ?? 0) };
  const forms: object[] =
    part === null || total === null ? [] : [{ counters: { [counts]: part, total, ...every } }];
  const le = measure.of?.matchers.find(({ label }) => label === 'le');
  const below = le ? durationText(Number.parseFloat(le.value)) : null;
  if (below === null || total === null) return forms;
  return [{ latency: { histogram: total.replace(/_count(?=\{|$)/, ''), below, ...every } }, ...forms];
}

/** Ways to write a share of samples. */
function bandForms({ totalQuery }: EventsSli, measure: SloMeasure['measure']): object[] {
  const { reduction, everySeconds } = measure;
  const every = everySeconds === null ? null : durationText(everySeconds);
  if (reduction.kind !== 'share' || every === null) return [];
  const { above, below } = reduction;
  const online = between(totalQuery, 'sum(count_over_time(', '[{{.window}}]))');
  if (online !== null) return [{ online: { metric: online, every } }];
  const metric = between(totalQuery, 'last_over_time(', `[${every}])`);
  if (metric === null) return [];
  const bounds = { ...(above === null ? {} : { above }), ...(below === null ? {} : { below }) };
  return [{ samples: { metric, ...bounds, every } }];
}

const thresholdKeys = { '>': 'above', '>=': 'atLeast', '<': 'below', '<=': 'atMost' } as const;

/** Forms of CityGauge's own that may be the SLI; which of them is, reading it again tells. */
export function sliCandidates(sli: Sli): readonly object[] {
  switch (sli.kind) {
    case 'events': {
      const { errorQuery, totalQuery, measure } = sli;
      if (!measure) return [{ events: { errors: errorQuery, total: totalQuery } }];
      return measure.measure.reduction.kind === 'ratio'
        ? counterForms(sli, measure)
        : bandForms(sli, measure.measure);
    }
    case 'ratio':
      return [{ ratio: sli.errorRatioQuery }];
    case 'threshold': {
      const every = durationText(sli.everySeconds);
      const bound = { [thresholdKeys[sli.operator]]: sli.bound };
      return [{ threshold: { query: sli.query, ...bound, every } }];
    }
    case 'timeSlices': {
      const slice = durationText(sli.sliceSeconds);
      const target = sli.target === null ? {} : { target: Number((sli.target * 100).toPrecision(12)) };
      const of =
        'errorRatioQuery' in sli.of
          ? { ratio: sli.of.errorRatioQuery }
          : { errors: sli.of.errorQuery, total: sli.of.totalQuery };
      return [{ timeSlices: { ...of, slice, ...target } }];
    }
  }
}
