import { bandMeasure, counterMeasure, scrapeSeconds } from './measures.ts';
import { asWritten, bandQueries, counterQueries, histogramSelectors, onlineQueries } from './queries.ts';
import type { SliKind } from './sli-forms.ts';
import type { FormOf, ReadSli, SliScope } from './sli-scope.ts';

/** How often a dataset's age has a sample where the file does not say. */
const ageSeconds = 300;

interface CounterPair {
  readonly kind: SliKind;
  readonly part: { readonly key: string; readonly text: string };
  readonly total: { readonly key: string; readonly text: string };
  readonly counts: 'good' | 'bad';
  /** Seconds between two samples. */
  readonly every: number | undefined;
}

function readPair(
  scope: SliScope,
  { kind, part, total, counts, every = scrapeSeconds }: CounterPair,
): ReadSli | null {
  const ofPart = scope.selector(part.text, kind, part.key);
  const ofTotal = scope.selector(total.text, kind, total.key);
  if (!ofPart || !ofTotal) return null;
  const queries = counterQueries(part.text.trim(), total.text.trim(), counts);
  const measure = counterMeasure(ofPart, ofTotal, { counts, everySeconds: every });
  return scope.made({ kind: 'events', ...queries, measure }, kind, part.key);
}

export function readCounters(scope: SliScope, form: FormOf<'counters'>): ReadSli | null {
  const counts = scope.one(form, ['bad', 'good'], 'counters');
  if (counts === null) return null;
  const part = { key: counts, text: form[counts] ?? '' };
  const total = { key: 'total', text: form.total };
  return readPair(scope, { kind: 'counters', part, total, counts, every: form.every });
}

export function readBatch(scope: SliScope, { succeeded, all, every }: FormOf<'batch'>): ReadSli | null {
  const part = { key: 'succeeded', text: succeeded };
  return readPair(scope, { kind: 'batch', part, total: { key: 'all', text: all }, counts: 'good', every });
}

export function readLatency(scope: SliScope, form: FormOf<'latency'>): ReadSli | null {
  const { histogram, below, every = scrapeSeconds } = form;
  const at = ['latency', 'histogram'];
  const selector = scope.selector(histogram, ...at);
  if (!selector) return null;
  if (/_(?:bucket|count|sum)$/.test(selector.metric)) {
    const name = selector.metric.replace(/_(?:bucket|count|sum)$/, '');
    scope.refuse(at, `name the histogram itself, ${name}: the series are found by its name`);
  }
  if (selector.matchers.some(({ label }) => label === 'le'))
    scope.refuse(at, 'leave "le" out: the bound is what "below" says');
  const { bucket, count } = histogramSelectors(selector, below);
  const queries = counterQueries(asWritten(bucket), asWritten(count), 'good');
  const measure = counterMeasure(bucket, count, { counts: 'good', everySeconds: every });
  return scope.made({ kind: 'events', ...queries, measure }, 'latency', 'below');
}

export function readOnline(scope: SliScope, { metric, every }: FormOf<'online'>): ReadSli | null {
  const selector = scope.selector(metric, 'online', 'metric');
  const measure = selector && bandMeasure(selector, { above: 1, below: 1 }, every);
  const queries = onlineQueries(metric.trim());
  return measure && scope.made({ kind: 'events', ...queries, measure }, 'online', 'metric');
}

export function readSamples(scope: SliScope, form: FormOf<'samples'>): ReadSli | null {
  const { metric, above = null, below = null, every: everySeconds } = form;
  if (above === null && below === null)
    scope.refuse(['samples'], 'give above, below or both: the bounds of a good sample');
  if (above !== null && below !== null && above > below)
    scope.refuse(['samples', 'above'], `above ${above} lies beyond below ${below}: no sample can be good`);
  const selector = scope.selector(metric, 'samples', 'metric');
  if (!selector) return null;
  const queries = bandQueries((newest) => newest, metric.trim(), { above, below, everySeconds });
  const measure = bandMeasure(selector, { above, below }, everySeconds);
  return scope.made({ kind: 'events', ...queries, measure }, 'samples', 'metric');
}

export function readFreshness(scope: SliScope, form: FormOf<'freshness'>): ReadSli | null {
  const key = scope.one(form, ['metric', 'timestamp'], 'freshness');
  if (key === null) return null;
  const text = form[key] ?? '';
  const selector = scope.selector(text, 'freshness', key);
  if (!selector) return null;
  const band = { above: null, below: form.within };
  const everySeconds = form.every ?? ageSeconds;
  const age = key === 'metric' ? (newest: string) => newest : (newest: string) => `(time() - ${newest})`;
  const queries = bandQueries(age, text.trim(), { ...band, everySeconds });
  const measure = key === 'metric' ? bandMeasure(selector, band, everySeconds) : null;
  return scope.made({ kind: 'events', ...queries, measure }, 'freshness', key);
}
