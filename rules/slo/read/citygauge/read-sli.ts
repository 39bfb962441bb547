import { type MetricSelector, type PathStep, readSelector, type Sli } from '../../../contract.ts';
import { secondsOf } from '../duration.ts';
import { refuse, type SloPart, type SloPlace, type SpecDocument } from '../spec-document.ts';
import { bandMeasure, counterMeasure, scrapeSeconds } from './measures.ts';
import { asWritten, bandQueries, counterQueries, histogramSelectors, onlineQueries } from './queries.ts';
import { type SliForm, type SliKind, sliKinds } from './sli-forms.ts';

export interface ReadSli {
  readonly sli: Sli;
  readonly places: Readonly<Partial<Record<SloPart, SloPlace>>>;
  readonly queries?: readonly { readonly place: SloPlace; readonly text: string }[];
}

type Form<Kind extends SliKind> = NonNullable<SliForm[Kind]>;

/** How often a threshold is compared where the file does not say. */
const defaultEverySeconds = 60;

/** How often a counter has a sample. */
function spacingOf(every: string | undefined): number {
  return every === undefined ? scrapeSeconds : secondsOf(every);
}

/** The `sli` of an SLO; null when it cannot be used, with its faults told. */
export class SliReader {
  readonly #document: SpecDocument;
  readonly #path: readonly PathStep[];
  #isSound = true;

  constructor(document: SpecDocument, path: readonly PathStep[]) {
    this.#document = document;
    this.#path = path;
  }

  read(form: SliForm): ReadSli | null {
    const [kind, second] = sliKinds.filter((each) => form[each] !== undefined);
    if (kind === undefined) this.#refuse([], `the SLI is empty: give one of ${sliKinds.join(', ')}`);
    else if (second !== undefined)
      this.#refuse([second], `"${kind}" and "${second}" are two SLIs: choose one`);
    if (kind === undefined || second !== undefined) return null;
    const read = this.#readKind(kind, form);
    return this.#isSound ? read : null;
  }

  #readKind(kind: SliKind, form: SliForm): ReadSli | null {
    const at = this.#at(kind);
    const made = (sli: Sli, ...at: readonly PathStep[]): ReadSli => {
      const place = { ...this.#at(...at), isVerbatim: false };
      return { sli, places: { errors: place, total: place, ratio: place } };
    };
    if (form.ratio !== undefined)
      return { sli: { kind: 'ratio', errorRatioQuery: form.ratio, measure: null }, places: { ratio: at } };
    if (form.events) return this.#events(form.events);
    if (form.counters) return this.#counters(form.counters, made);
    if (form.batch) {
      const { succeeded, all, every } = form.batch;
      return this.#counterPair(
        { text: succeeded, key: 'succeeded' },
        { text: all, key: 'all', every },
        'good',
        'batch',
        made,
      );
    }
    if (form.latency) return this.#latency(form.latency, made);
    if (form.online) return this.#online(form.online, made);
    if (form.samples) return this.#samples(form.samples, made);
    if (form.freshness) return this.#freshness(form.freshness, made);
    if (form.threshold) return this.#threshold(form.threshold);
    return form.timeSlices ? this.#timeSlices(form.timeSlices) : null;
  }

  #at(...steps: readonly PathStep[]): SloPlace {
    return { path: [...this.#path, ...steps] };
  }

  #refuse(steps: readonly PathStep[], message: string, column?: number): void {
    this.#isSound = false;
    refuse(this.#document, [...this.#path, ...steps], message, column === undefined ? 'value' : { column });
  }

  #selector(text: string, ...steps: readonly PathStep[]): MetricSelector | null {
    const { selector, faults } = readSelector(text);
    for (const { column, message } of faults) this.#refuse(steps, message, column);
    return selector;
  }

  /** The key of those given that exactly one of may stand; null with the fault told. */
  #one<Key extends string>(
    form: Readonly<Partial<Record<Key, unknown>>>,
    keys: readonly Key[],
    at: SliKind,
  ): Key | null {
    const [first, second] = keys.filter((key) => form[key] !== undefined && form[key] !== null);
    if (first === undefined) this.#refuse([at], `one of ${keys.join(', ')} is needed`);
    else if (second !== undefined)
      this.#refuse([at, second], `"${first}" and "${second}" exclude each other: choose one`);
    return first === undefined || second !== undefined ? null : first;
  }

  #events(form: Form<'events'>): ReadSli | null {
    const key = this.#one(form, ['errors', 'good'], 'events');
    if (key === null) return null;
    const text = form[key] ?? '';
    const errorQuery = key === 'errors' ? text : `(${form.total.trim()}) - (${text.trim()})`;
    const [part, total] = [this.#at('events', key), this.#at('events', 'total')];
    return {
      sli: { kind: 'events', errorQuery, totalQuery: form.total, measure: null },
      places: { errors: { ...part, isVerbatim: key === 'errors' }, total },
      queries: [
        { place: part, text },
        { place: total, text: form.total },
      ],
    };
  }

  #counters(form: Form<'counters'>, made: (sli: Sli, ...at: PathStep[]) => ReadSli): ReadSli | null {
    const key = this.#one(form, ['bad', 'good'], 'counters');
    if (key === null) return null;
    return this.#counterPair(
      { text: form[key] ?? '', key },
      { text: form.total, key: 'total', every: form.every },
      key,
      'counters',
      made,
    );
  }

  #counterPair(
    part: { readonly text: string; readonly key: string },
    all: { readonly text: string; readonly key: string; readonly every: string | undefined },
    counts: 'good' | 'bad',
    kind: SliKind,
    made: (sli: Sli, ...at: PathStep[]) => ReadSli,
  ): ReadSli | null {
    const selector = this.#selector(part.text, kind, part.key);
    const total = this.#selector(all.text, kind, all.key);
    if (!selector || !total) return null;
    const queries = counterQueries(part.text.trim(), all.text.trim(), counts);
    const measure = counterMeasure(selector, total, { counts, everySeconds: spacingOf(all.every) });
    return made({ kind: 'events', ...queries, measure }, kind, part.key);
  }

  #latency(
    { histogram, below, every }: Form<'latency'>,
    made: (sli: Sli, ...at: PathStep[]) => ReadSli,
  ): ReadSli | null {
    const selector = this.#selector(histogram, 'latency', 'histogram');
    if (!selector) return null;
    if (/_(?:bucket|count|sum)$/.test(selector.metric)) {
      const name = selector.metric.replace(/_(?:bucket|count|sum)$/, '');
      this.#refuse(
        ['latency', 'histogram'],
        `name the histogram itself, ${name}: the series are found by its name`,
      );
    }
    if (selector.matchers.some(({ label }) => label === 'le'))
      this.#refuse(['latency', 'histogram'], 'leave "le" out: the bound is what "below" says');
    const { bucket, count } = histogramSelectors(selector, secondsOf(below));
    const queries = counterQueries(asWritten(bucket), asWritten(count), 'good');
    return made(
      {
        kind: 'events',
        ...queries,
        measure: counterMeasure(bucket, count, { counts: 'good', everySeconds: spacingOf(every) }),
      },
      'latency',
      'below',
    );
  }

  #online({ metric, every }: Form<'online'>, made: (sli: Sli, ...at: PathStep[]) => ReadSli): ReadSli | null {
    const selector = this.#selector(metric, 'online', 'metric');
    const measure = selector && bandMeasure(selector, { above: 1, below: 1 }, secondsOf(every));
    return measure && made({ kind: 'events', ...onlineQueries(metric.trim()), measure }, 'online', 'metric');
  }

  #samples(
    { metric, above = null, below = null, every }: Form<'samples'>,
    made: (sli: Sli, ...at: PathStep[]) => ReadSli,
  ): ReadSli | null {
    if (above === null && below === null)
      this.#refuse(['samples'], 'give above, below or both: the bounds of a good sample');
    if (above !== null && below !== null && above > below)
      this.#refuse(['samples', 'above'], `above ${above} lies beyond below ${below}: no sample can be good`);
    const selector = this.#selector(metric, 'samples', 'metric');
    const everySeconds = secondsOf(every);
    if (!selector) return null;
    const queries = bandQueries((newest) => newest, metric.trim(), { above, below, everySeconds });
    const measure = bandMeasure(selector, { above, below }, everySeconds);
    return made({ kind: 'events', ...queries, measure }, 'samples', 'metric');
  }

  #freshness(form: Form<'freshness'>, made: (sli: Sli, ...at: PathStep[]) => ReadSli): ReadSli | null {
    const key = this.#one(form, ['metric', 'timestamp'], 'freshness');
    if (key === null) return null;
    const text = form[key] ?? '';
    const selector = this.#selector(text, 'freshness', key);
    if (!selector) return null;
    const band = { above: null, below: secondsOf(form.within) };
    const everySeconds = form.every === undefined ? defaultEverySeconds * 5 : secondsOf(form.every);
    const age = key === 'metric' ? (newest: string) => newest : (newest: string) => `(time() - ${newest})`;
    const queries = bandQueries(age, text.trim(), { ...band, everySeconds });
    const measure = key === 'metric' ? bandMeasure(selector, band, everySeconds) : null;
    return made({ kind: 'events', ...queries, measure }, 'freshness', key);
  }

  #threshold(form: Form<'threshold'>): ReadSli | null {
    const operators = { above: '>', atLeast: '>=', below: '<', atMost: '<=' } as const;
    const key = this.#one(form, ['above', 'atLeast', 'below', 'atMost'], 'threshold');
    if (key === null) return null;
    const { query, every } = form;
    const everySeconds = every === undefined ? defaultEverySeconds : secondsOf(every);
    const sli = {
      kind: 'threshold',
      query,
      operator: operators[key],
      bound: form[key] ?? 0,
      everySeconds,
      measure: null,
    } as const;
    return { sli, places: { ratio: this.#at('threshold', 'query') } };
  }

  #timeSlices(form: Form<'timeSlices'>): ReadSli | null {
    const key = this.#one(form, ['errors', 'good', 'ratio'], 'timeSlices');
    if (key === null) return null;
    const at = (step: string) => this.#at('timeSlices', step);
    const text = form[key] ?? '';
    const rest = {
      kind: 'timeSlices',
      sliceSeconds: secondsOf(form.slice),
      target: form.target === undefined ? null : Number((form.target / 100).toPrecision(12)),
    } as const;
    if (key === 'ratio') {
      if (form.total !== undefined)
        this.#refuse(['timeSlices', 'total'], '"ratio" and "total" exclude each other: choose one');
      return { sli: { ...rest, of: { errorRatioQuery: text } }, places: { ratio: at('ratio') } };
    }
    const { total: totalQuery } = form;
    if (totalQuery === undefined) {
      this.#refuse(['timeSlices'], `"total" is missing: ${key} is counted against it`);
      return null;
    }
    const errorQuery = key === 'errors' ? text : `(${totalQuery.trim()}) - (${text.trim()})`;
    return {
      sli: { ...rest, of: { errorQuery, totalQuery } },
      places: { errors: { ...at(key), isVerbatim: key === 'errors' }, total: at('total') },
      queries: [
        { place: at(key), text },
        { place: at('total'), text: totalQuery },
      ],
    };
  }
}
