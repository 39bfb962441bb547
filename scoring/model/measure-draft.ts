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
import type { PartialFields } from './fields.ts';
import { suggest } from './fields.ts';
import type { headerShape, MeasureFields } from './schema.ts';

export interface MeasureContext {
  readonly path: readonly PathStep[];
  readonly document: YamlDocument;
  readonly defaults: PartialFields<typeof headerShape>['defaults'];
}

export interface MeasureCheck {
  readonly measure: Measure | null;
  readonly faults: readonly ModelFault[];
}

const reductionKeys = ['ratio', 'count', 'mean', 'percentile'] as const;

/** Turns a measure of the file into one that the store can run; all its faults come together. */
export function checkMeasure(fields: MeasureFields, context: MeasureContext): MeasureCheck {
  const refuse = (message: string, at: readonly PathStep[] = []) => ({
    measure: null,
    faults: [context.document.fault([...context.path, ...at], message)],
  });
  if (fields.entry) {
    const others = Object.keys(fields).filter((key) => key !== 'entry');
    return others.length > 0
      ? refuse(`"entry" stands alone; remove ${others.join(', ')}`)
      : { measure: { kind: 'entry' }, faults: [] };
  }
  if (!fields.records) return refuse('a measure is either "entry: true" or names its "records"');
  const reductions = reductionKeys.filter((key) => fields[key] !== undefined);
  const [reduction, second] = reductions;
  if (!reduction || second) {
    return refuse(
      `exactly one of ${reductionKeys.join(', ')} is needed, found ${reductions.join(', ') || 'none'}`,
    );
  }
  return new RecordsMeasureReader(fields, fields.records, context).read(reduction);
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
    const { ratio, count, mean, percentile } = this.#fields;
    if (ratio) {
      const numerator = this.#parse(ratio.numerator, 'boolean', ['ratio', 'numerator']);
      const denominator = this.#parse(ratio.denominator ?? 'true', 'boolean', ['ratio', 'denominator']);
      return numerator && denominator && { kind: 'ratio', numerator, denominator };
    }
    if (count !== undefined) {
      const of = this.#parse(count, 'boolean', ['count']);
      return of && { kind: 'count', of };
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
    const { ratio, count, mean, percentile } = this.#fields;
    const isAll = (text: string | undefined) => text === undefined || text === 'true';
    const among = (text: string | undefined) => (isAll(text) ? '' : ` where ${text}`);
    const share = (text: string | undefined) => (isAll(text) ? 'all' : `(${text})`);
    const what = {
      ratio: () => `ratio: ${share(ratio?.numerator)} / ${share(ratio?.denominator)}`,
      count: () => `count: ${isAll(count) ? 'all' : count}`,
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
