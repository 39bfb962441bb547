import type { ZodType } from 'zod';
import {
  type FaultPlace,
  knownKeys,
  type PathStep,
  type Slo,
  shapeFaults,
  type YamlDocument,
} from '../../contract.ts';
import type { FaultList } from './fault-list.ts';

/** One YAML document of a spec file. */
export interface SpecDocument {
  readonly file: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** Text of the whole file. */
  readonly text: string;
  /** Position among all documents of all files: SLOs keep the order of their sources. */
  readonly order: number;
  readonly yaml: YamlDocument;
  readonly faults: FaultList;
  /** Offset in the text of the first character of a line counted from 1. */
  lineStart(line: number): number;
}

/** Parts of an SLO that a finding may be about. */
export type SloPart = 'slo' | 'name' | 'objective' | 'period' | 'errors' | 'total' | 'ratio' | 'alerting';

export interface SloPlace {
  readonly path: readonly PathStep[];
  /** False where the query was made of what is written there, so that its columns are not those of the file. */
  readonly isVerbatim?: boolean;
  /** Where the part was written in another document than the SLO. */
  readonly document?: SpecDocument;
}

/** An SLO with the document and the paths that it was read from. */
export interface ReadSlo {
  readonly slo: Slo;
  readonly document: SpecDocument;
  readonly places: Readonly<Partial<Record<SloPart, SloPlace>>> & { readonly slo: SloPlace };
  /** Queries as written, where those of the SLI were made of them. */
  readonly queries?: readonly { readonly place: SloPlace; readonly text: string }[];
  /** True when the queries are MetricsQL: they are not checked as PromQL. */
  readonly isMetricsQl?: boolean;
  /** What the reader could not carry over as written. */
  readonly notes?: readonly { readonly place: SloPlace; readonly zh: string; readonly en: string }[];
}

export function refuse(
  document: SpecDocument,
  path: readonly PathStep[],
  message: string,
  at?: FaultPlace,
): void {
  document.faults.add(document.file, document.yaml.fault(path, message, at));
}

export function lineOf(document: SpecDocument, path: readonly PathStep[]): number {
  return document.yaml.fault(path, '').line ?? 1;
}

const keysOf = new WeakMap<ZodType, (path: readonly PathStep[]) => readonly string[]>();

/** `knownKeys` that computes the keys of a place in the schema once, whatever the index of the list. */
function keysWithin(schema: ZodType): (path: readonly PathStep[]) => readonly string[] {
  const known = keysOf.get(schema);
  if (known) return known;
  const compute = knownKeys(schema);
  const found = new Map<string, readonly string[]>();
  const lookUp = (path: readonly PathStep[]) => {
    const general = path.map((step) => (typeof step === 'number' ? 0 : step));
    const key = JSON.stringify(general);
    const keys = found.get(key) ?? compute(general);
    found.set(key, keys);
    return keys;
  };
  keysOf.set(schema, lookUp);
  return lookUp;
}

/** The value at `base` of a document in its form; null when it has another, with its faults told. */
export function readShape<T>(
  schema: ZodType<T>,
  document: SpecDocument,
  missingRemedies: Readonly<Record<string, string>>,
  base: readonly PathStep[] = [],
): T | null {
  const value = valueAt(document.yaml.value, base);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const words = { knownKeys: keysWithin(schema), missingRemedies };
  for (const { path, text, at } of shapeFaults(parsed.error, value, words))
    refuse(document, [...base, ...path], text, at);
  return null;
}

/** A form whose list may lack items. */
export interface FormOfList<T> {
  readonly form: T;
  /** Places in the file of the items that are there. */
  readonly indexes: readonly number[];
}

/**
 * A document in its form, without the items of a list that have another: their faults are told, and hide none of the
 * others'. Null when the rest has another form too, or no item is left.
 */
export function readListShape<T>(
  schema: ZodType<T>,
  document: SpecDocument,
  missingRemedies: Readonly<Record<string, string>>,
  listPath: readonly string[],
): FormOfList<T> | null {
  const { value } = document.yaml;
  const list = valueAt(value, listPath);
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const parsed = schema.safeParse(value);
  if (parsed.success) return { form: parsed.data, indexes: [...items.keys()] };
  const broken = new Set<PathStep>();
  const words = { knownKeys: keysWithin(schema), missingRemedies };
  for (const { path, text, at } of shapeFaults(parsed.error, value, words)) {
    const isWithin = listPath.every((step, index) => path[index] === step);
    const index = isWithin ? path[listPath.length] : undefined;
    if (index !== undefined) broken.add(index);
    refuse(document, path, text, at);
  }
  const indexes = [...items.keys()].filter((index) => !broken.has(index));
  const rest = indexes.map((index) => items[index]);
  const again = schema.safeParse(withValueAt(value, listPath, rest));
  return again.success ? { form: again.data, indexes } : null;
}

function withValueAt(value: unknown, path: readonly string[], inner: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return inner;
  return { ...value, [step]: withValueAt(valueAt(value, [step]), rest, inner) };
}

export function valueAt(value: unknown, path: readonly PathStep[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Record<PathStep, unknown>)[step] : undefined,
    value,
  );
}

/** A number or boolean as it is spelt in the file: `1.0` and `true` as the value of a label stay what they are. */
export function scalarText(document: SpecDocument, path: readonly PathStep[], value: unknown): string {
  if (typeof value === 'string') return value;
  const { line, column } = document.yaml.fault(path, '');
  const start = line === null || column === null ? -1 : document.lineStart(line) + column - 1;
  const written = start < 0 ? undefined : /^[^\s,#}\]]+/.exec(document.text.slice(start, start + 80))?.[0];
  return written !== undefined && !/^[*&!]/.test(written) ? written : String(value);
}
