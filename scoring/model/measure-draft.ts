import type { PathStep, YamlDocument } from '../contract.ts';
import {
  type Measure,
  type ModelFault,
  type RecordExpression,
  type Reduction,
  recordKindSpecs,
  type Unit,
} from '../contract.ts';
import { parseRecordExpression } from '../formula/record-expression.ts';
import { excerptAt } from '../formula/tokens.ts';
import type { Draft, DraftNode } from './draft.ts';
import type { PartialFields } from './fields.ts';
import { suggest } from './fields.ts';
import { MetricMeasureReader } from './measures/metric-draft.ts';
import type { headerShape, MeasureFields } from './schema.ts';

export interface MeasureContext {
  readonly path: readonly PathStep[];
  /** Id of the model that the measure stands in; undefined when it has none. */
  readonly model: string | undefined;
  readonly document: YamlDocument;
  readonly defaults: PartialFields<typeof headerShape>['defaults'];
}

/** The place of a node's measure in a draft. */
export function measureContext({ path }: DraftNode, { document, header }: Draft): MeasureContext {
  return { path: [...path, 'measure'], document, model: header.id, defaults: header.defaults };
}

export interface MeasureCheck {
  readonly measure: Measure | null;
  readonly faults: readonly ModelFault[];
}

const reductionKeys = ['ratio', 'count', 'mean', 'percentile', 'interval'] as const;
const forms = ['entry', 'records', 'metric', 'promql', 'indicator'] as const;
const recordKeys: readonly string[] = ['records', 'cohort', 'where', 'population', ...reductionKeys];

/** Turns a measure of the file into one that the store can run; all its faults come together. */
export function checkMeasure(fields: MeasureFields, context: MeasureContext): MeasureCheck {
  const refuse = (message: string, at: readonly PathStep[] = []) => ({
    measure: null,
    faults: [context.document.fault([...context.path, ...at], message)],
  });
  const [form, second] = forms.filter((key) => fields[key] !== undefined);
  if (!form) {
    return refuse('a measure is "entry: true" or names its "records", "metric", "promql" or "indicator"');
  }
  if (second) return refuse(`a measure is one of ${forms.join(', ')}; here stand ${form} and ${second}`);
  if (fields.metric !== undefined) return new MetricMeasureReader(fields, context).readMetric(fields.metric);
  if (fields.promql !== undefined) return new MetricMeasureReader(fields, context).readPromql(fields.promql);
  const allowed = form === 'records' ? recordKeys : [form];
  const others = Object.keys(fields).filter((key) => !allowed.includes(key));
  if (others.length > 0) {
    return refuse(
      form === 'records'
        ? `${others.join(', ')}: not for a measure over records; remove it`
        : `"${form}" stands alone; remove ${others.join(', ')}`,
    );
  }
  if (!fields.records) return fields.indicator ? readReference(fields.indicator, context) : entry;
  const reductions = reductionKeys.filter((key) => fields[key] !== undefined);
  const [reduction, other] = reductions;
  if (!reduction || other) {
    return refuse(
      `exactly one of ${reductionKeys.join(', ')} is needed, found ${reductions.join(', ') || 'none'}`,
    );
  }
  return new RecordsMeasureReader(fields, fields.records, context).read(reduction);
}

const entry: MeasureCheck = { measure: { kind: 'entry' }, faults: [] };

/** Whether the other model has such an indicator is for those to say who know all models. */
function readReference(reference: string, { path, document, model }: MeasureContext): MeasureCheck {
  const [other = '', indicator = ''] = reference.split(':');
  if (other === model) {
    const message = `"${reference}" is of this model; name another model's indicator`;
    return { measure: null, faults: [document.fault([...path, 'indicator'], message)] };
  }
  const text = `indicator ${reference}`;
  return { measure: { kind: 'indicator', model: other, indicator, text }, faults: [] };
}

class RecordsMeasureReader {
  readonly #fields: MeasureFields;
  readonly #kind: NonNullable<MeasureFields['records']>;
  readonly #context: MeasureContext;
  readonly #population: 'sound' | 'withFaulty';
  readonly #faults: ModelFault[] = [];

  constructor(fields: MeasureFields, kind: NonNullable<MeasureFields['records']>, context: MeasureContext) {
    this.#fields = fields;
    this.#kind = kind;
    this.#context = context;
    this.#population = fields.population ?? context.defaults?.records?.[kind]?.population ?? 'sound';
  }

  read(key: (typeof reductionKeys)[number]): MeasureCheck {
    const defaults = this.#context.defaults?.records?.[this.#kind];
    const cohort = this.#readCohort(
      this.#fields.cohort ?? defaults?.cohort ?? recordKindSpecs[this.#kind].cohort,
    );
    const whereText = this.#fields.where ?? defaults?.where ?? 'true';
    const where = this.#parse(whereText, 'boolean', this.#fields.where === undefined ? [] : ['where']);
    const reduction = this.#readReduction(key);
    if (!cohort || !where || !reduction || this.#faults.length > 0)
      return { measure: null, faults: this.#faults };
    const text = this.#print(cohort, whereText, key);
    const population = this.#population;
    return {
      measure: { kind: 'records', records: this.#kind, cohort, where, population, reduction, text },
      faults: [],
    };
  }

  #readCohort(name: string | null): string | null {
    const { fields } = recordKindSpecs[this.#kind];
    const instants = Object.keys(fields).filter((key) => fields[key]?.type === 'instant');
    if (name !== null && instants.includes(name)) return name;
    const path = [...this.#context.path, ...(this.#fields.cohort === undefined ? [] : ['cohort'])];
    const message =
      name === null
        ? `${this.#kind} have no instant that places them in a period; measure them by "entry: true"`
        : `cohort "${name}" is no instant field of ${this.#kind}${suggest(name, instants)}`;
    this.#faults.push(this.#context.document.fault(path, message));
    return null;
  }

  #parse(text: string, result: 'boolean' | 'number', at: readonly PathStep[]): RecordExpression | null {
    const check = parseRecordExpression(text, {
      kind: this.#kind,
      result,
      allowsFaulty: this.#population === 'withFaulty',
    });
    const path = [...this.#context.path, ...at];
    for (const { column, message } of check.faults) {
      this.#faults.push(
        this.#context.document.fault(path, `column ${column} of "${excerptAt(text, column)}": ${message}`, {
          column,
        }),
      );
    }
    return check.expression;
  }

  #readReduction(key: (typeof reductionKeys)[number]): Reduction | null {
    const { ratio, count, mean, percentile, interval } = this.#fields;
    if (ratio) {
      const numerator = this.#parse(ratio.numerator, 'boolean', ['ratio', 'numerator']);
      const denominator = this.#parse(ratio.denominator ?? 'true', 'boolean', ['ratio', 'denominator']);
      return numerator && denominator && { kind: 'ratio', numerator, denominator };
    }
    if (count !== undefined) {
      const of = this.#parse(count, 'boolean', ['count']);
      return of && { kind: 'count', of };
    }
    if (interval !== undefined) {
      const of = this.#parse(interval, 'boolean', ['interval']);
      return of && { kind: 'interval', of };
    }
    const spread = mean ?? percentile;
    if (!spread) return null;
    const of = this.#parse(spread.of, 'number', [key, 'of']);
    const among = this.#parse(spread.among ?? 'true', 'boolean', [key, 'among']);
    if (!of || !among) return null;
    return percentile ? { kind: 'percentile', of, among, at: percentile.at } : { kind: 'mean', of, among };
  }

  /** The measure in one line of code notation: it reads the same in every language. */
  #print(cohort: string, where: string, key: (typeof reductionKeys)[number]): string {
    const { ratio, count, mean, percentile, interval } = this.#fields;
    const isAll = (text: string | undefined) => text === undefined || text === 'true';
    const among = (text: string | undefined) => (isAll(text) ? '' : ` where ${text}`);
    const share = (text: string | undefined) => (isAll(text) ? 'all' : `(${text})`);
    const what = {
      ratio: () => `ratio: ${share(ratio?.numerator)} / ${share(ratio?.denominator)}`,
      count: () => `count: ${isAll(count) ? 'all' : count}`,
      interval: () => `hours of the period / count: ${interval}`,
      mean: () => `mean: ${mean?.of}${among(mean?.among)}`,
      percentile: () => `percentile(${percentile?.at}): ${percentile?.of}${among(percentile?.among)}`,
    }[key]();
    const condition = isAll(where) ? '' : `; ${where}`;
    const records = `${this.#kind}[${this.#population}; start <= ${cohort} < end${condition}]`;
    return `${records} ${what}`.replace(/\s+/g, ' ');
  }
}

/** What a measure yields: a unit, `number` when it may be any unit but a time, null when it may be anything. */
export function unitOfMeasure(measure: Measure): Unit | 'number' | null {
  if (measure.kind !== 'records') return null;
  const { reduction, records } = measure;
  if (reduction.kind === 'ratio') return 'ratio';
  if (reduction.kind === 'count') return 'count';
  if (reduction.kind === 'interval') return 'hour';
  return unitOf(reduction.of, records);
}

function unitOf(expression: RecordExpression, records: keyof typeof recordKindSpecs): Unit | 'number' {
  switch (expression.op) {
    case 'duration':
      return expression.unit;
    case 'field':
      return recordKindSpecs[records].fields[expression.name]?.type === 'ratio' ? 'ratio' : 'number';
    case '+':
    case '-':
    case '*':
    case '/': {
      const [left, right] = [unitOf(expression.left, records), unitOf(expression.right, records)];
      if (expression.op === '/' && left === right) return 'number';
      return left === 'number' ? right : left;
    }
    default:
      return 'number';
  }
}
