import {
  type AcrossReducer,
  type MetricMeasure,
  type MetricSelector,
  type OverTimeReducer,
  printSelector,
  type SampleCount,
} from '../../../scoring/contract.ts';
import type { MetricFigure, MetricRequest } from '../../contract.ts';
import { quantileOf } from '../across.ts';
import { bucketSelector } from '../needs.ts';
import { subjectPattern, withSubjects } from '../selector.ts';
import {
  completeFigure,
  histogramResult,
  isPartOfTotal,
  plain,
  quotient,
  type Result,
  upTime,
} from '../series-figure.ts';
import { intervalsIn, type Span, spanOf } from '../span.ts';
import type { Dialect } from './dialect.ts';
import type { VectorElement } from './prometheus-client.ts';

export type Vector = readonly VectorElement[];

/** A measure as expressions whose results are put together here; null where the samples themselves must be fetched. */
export interface Plan {
  /** What stands for the measure in a report. */
  readonly query: string;
  readonly parts: readonly string[];
  finish(answer: (part: string) => Vector): MetricFigure;
}

/** Evaluated at the last millisecond of the span: with that end the borders of a range are the span's on every server. */
export function evaluationTime(span: Span): number {
  return span.to - 1;
}

export function compilePlan(measure: MetricMeasure, request: MetricRequest, dialect: Dialect): Plan | null {
  const { of, reduction } = measure;
  if (of === null || reduction.kind === 'promql') return null;
  const texts = new PlanTexts(measure, request, dialect);
  const base = baseSelectors(of, measure).map((each) => texts.print(each));
  const body = bodyOf(texts, of, measure);
  if (body === null) return null;
  const counts = base.map((each) => ({ series: texts.series(each), present: texts.present(each) }));
  const parts = [...body.parts, ...counts.flatMap(({ series, present }) => [series, present])];
  return {
    query: body.query,
    parts: [...new Set(parts)],
    finish(answer) {
      const value = (part: string) => single(answer(part));
      const series = counts.reduce((sum, each) => sum + (value(each.series) ?? 0), 0);
      if (series === 0) return { state: 'absent', query: body.query };
      const present = counts.reduce((sum, each) => sum + (value(each.present) ?? 0), 0);
      const samples = { present, expected: texts.intervals * series, series };
      return completeFigure(measure, body.result(answer, value, samples), { samples, query: body.query });
    },
  };
}

interface Body {
  readonly query: string;
  readonly parts: readonly string[];
  result(
    answer: (part: string) => Vector,
    value: (part: string) => number | null,
    samples: SampleCount,
  ): Result | 'notFlag' | null;
}

/** The series whose samples say how complete the figure is. */
export function baseSelectors(of: MetricSelector, measure: MetricMeasure): MetricSelector[] {
  const { reduction } = measure;
  if (reduction.kind === 'histogramQuantile') return [bucketSelector(of)];
  if (reduction.kind !== 'ratio') return [of];
  return isPartOfTotal(measure) ? [reduction.total] : [of, reduction.total];
}

function bodyOf(texts: PlanTexts, of: MetricSelector, measure: MetricMeasure): Body | null {
  const { reduction } = measure;
  const selector = texts.print(of);
  const one = (query: string, scale = 1): Body => ({
    query,
    parts: [query],
    result: (_answer, value) => {
      const found = value(query);
      return found === null ? null : plain(found * scale);
    },
  });
  switch (reduction.kind) {
    case 'overTime':
      return one(across(reduction.across, texts.overTime(reduction.reduce, selector)));
    case 'increase':
      return one(across(reduction.across, texts.increase(selector)));
    case 'rate':
      return one(across(reduction.across, texts.increase(selector)), 1 / texts.seconds);
    case 'ratio':
      return ratioBody(texts, [selector, texts.print(reduction.total)], measure);
    case 'upTime':
      return upTimeBody(texts, selector);
    case 'distinct': {
      const { label } = reduction;
      const labelled = texts.print({
        ...of,
        matchers: [...of.matchers, { label, operator: '!=', value: '' }],
      });
      const query = `count(count by (${label}) (${texts.overTime('count', labelled)}))`;
      return { query, parts: [query], result: (_answer, value) => plain(value(query) ?? 0) };
    }
    case 'histogramQuantile': {
      const part = `sum by (le) (${texts.increase(texts.print(bucketSelector(of)))})`;
      return {
        query: `histogram_quantile(${reduction.at}, ${part})`,
        parts: [part],
        result: (answer) =>
          histogramResult(
            answer(part).map((each) => ({ labels: each.metric, growth: Number(each.value[1]) })),
            reduction.at,
          ),
      };
    }
    case 'share':
      return texts.isMetricsQl ? shareBody(texts, selector, reduction) : null;
    default:
      return null;
  }
}

function ratioBody(texts: PlanTexts, selectors: readonly [string, string], measure: MetricMeasure): Body {
  const by = measure.reduction.kind === 'ratio' ? measure.reduction.by : 'increase';
  const read = (selector: string) =>
    `sum(${by === 'increase' ? texts.increase(selector) : texts.overTime(by, selector)})`;
  const [above, below] = [read(selectors[0]), read(selectors[1])];
  return {
    query: `${above} / ${below}`,
    parts: [above, below],
    result(_answer, value) {
      const [numerator, denominator] = [value(above), value(below)];
      if (denominator === null || (numerator === null && !isPartOfTotal(measure))) return null;
      return quotient(numerator ?? 0, denominator);
    },
  };
}

function upTimeBody(texts: PlanTexts, selector: string): Body {
  const sum = `sum(${texts.overTime('sum', selector)})`;
  const count = `sum(${texts.overTime('count', selector)})`;
  const min = `min(${texts.overTime('min', selector)})`;
  const max = `max(${texts.overTime('max', selector)})`;
  return {
    query: `${sum} / ${count} * ${texts.present(selector)} / (${texts.intervals} * ${texts.series(selector)})`,
    parts: [sum, count, min, max],
    result(_answer, value, samples) {
      const of = (part: string) => value(part) ?? Number.NaN;
      return upTime({ sum: of(sum), count: of(count), min: of(min), max: of(max) }, samples);
    },
  };
}

/** Counted on the samples themselves by functions of MetricsQL; a bound belongs to the band. */
function shareBody(
  texts: PlanTexts,
  selector: string,
  { above, below }: { readonly above: number | null; readonly below: number | null },
): Body {
  const all = `sum(${texts.overTime('count', selector)})`;
  const counted = (name: string, bound: number) =>
    `sum(count_${name}_over_time(${selector}${texts.window}, ${bound}))`;
  const upTo = below === null ? all : counted('le', below);
  const parts = above === null ? [] : [counted('gt', above), counted('eq', above)];
  const under = above === null ? '' : ` - (${[all, ...parts].join(' - ')})`;
  return {
    query: `(${upTo}${under}) / ${all}`,
    parts: [all, upTo, ...parts],
    result(_answer, value) {
      const of = (part: string) => value(part) ?? 0;
      const beneath = above === null ? 0 : parts.reduce((rest, part) => rest - of(part), of(all));
      return quotient(of(upTo) - beneath, of(all));
    },
  };
}

/** Texts of one measure: its selectors with the subjects in, its window, and what counts samples. */
class PlanTexts {
  readonly window: string;
  readonly seconds: number;
  readonly intervals: number;
  readonly isMetricsQl: boolean;
  readonly #span: Span;
  readonly #subjects: readonly string[];
  readonly #everySeconds: number;
  readonly #isLeftOpen: boolean;

  constructor({ everySeconds }: MetricMeasure, request: MetricRequest, dialect: Dialect) {
    this.#span = spanOf(request);
    this.#subjects = request.subjects;
    this.#everySeconds = everySeconds ?? 0;
    this.#isLeftOpen = dialect.isLeftOpen;
    this.isMetricsQl = dialect.isMetricsQl;
    this.seconds = (this.#span.to - this.#span.from) / 1000;
    this.intervals = everySeconds === null ? 0 : intervalsIn(this.#span, everySeconds);
    this.window = rangeOf(this.#span.to - this.#span.from, dialect);
  }

  print(selector: MetricSelector): string {
    return printSelector(withSubjects(selector, this.#subjects));
  }

  overTime(reducer: OverTimeReducer, selector: string): string {
    const at = quantileOf(reducer);
    if (at !== null) return `quantile_over_time(${at}, ${selector}${this.window})`;
    return `${reducer === 'mean' ? 'avg' : reducer}_over_time(${selector}${this.window})`;
  }

  /** VictoriaMetrics' own `increase` guesses where a new series began; its other one looks at the samples only. */
  increase(selector: string): string {
    return `${this.isMetricsQl ? 'increase_prometheus' : 'increase'}(${selector}${this.window})`;
  }

  series(selector: string): string {
    return `count(${this.overTime('count', selector)})`;
  }

  /**
   * Intervals that hold a sample, over all series: a subquery with one point per interval. Its points lie on multiples
   * of the interval, so the offsets move them to the intervals of the span.
   */
  present(selector: string): string {
    const every = this.#everySeconds * 1000;
    if (every === 0) return 'vector(0)';
    if (this.#span.to - this.#span.from <= every) return this.series(selector);
    const phase = this.#span.from % every;
    const inner = `${selector}[${this.#isLeftOpen ? every : every - 1}ms]${offset(1 - phase)}`;
    const last = this.#span.from - phase + every * this.intervals;
    const outer = `[${every * this.intervals - 1}ms:${every}ms]${offset(evaluationTime(this.#span) - last)}`;
    return `sum(count_over_time(present_over_time(${inner})${outer}))`;
  }
}

/** A range that ends at the evaluation time and holds exactly the span's milliseconds. */
export function rangeOf(milliseconds: number, { isLeftOpen }: Dialect): string {
  return `[${duration(isLeftOpen ? milliseconds : milliseconds - 1)}]`;
}

export function duration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

const offset = (milliseconds: number) => (milliseconds === 0 ? '' : ` offset ${milliseconds}ms`);

function across(reducer: AcrossReducer, vector: string): string {
  const at = quantileOf(reducer);
  return at === null ? `${reducer === 'mean' ? 'avg' : reducer}(${vector})` : `quantile(${at}, ${vector})`;
}

/** The value of the only element; null when there is none. */
function single(vector: Vector): number | null {
  const [only] = vector;
  return only === undefined ? null : Number(only.value[1]);
}

/** Raw PromQL with the period as a range and the subjects as a regular expression put in. */
export function substitute(query: string, request: MetricRequest, dialect: Dialect): string {
  const { from, to } = spanOf(request);
  const range = rangeOf(to - from, dialect).slice(1, -1);
  const subjects = subjectPattern(request.subjects).replaceAll('\\', '\\\\');
  return query.replaceAll('$period', range).replaceAll('$subject', () => subjects);
}
