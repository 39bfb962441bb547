import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { ModelFault, PathStep, YamlDocument } from '../contract.ts';

type Shape = Readonly<Record<string, z.ZodType>>;
export type PartialFields<S extends Shape> = { [Key in keyof S]?: z.infer<S[Key]> };

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `; did you mean "weight"?`, or the words allowed when none is near. */
export function suggest(word: string, allowed: readonly string[]): string {
  if (allowed.length > 100) return '';
  const near = allowed
    .map((each) => ({ each, steps: distance(word.slice(0, 40).toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, steps }) => steps < each.length && steps <= Math.max(1, Math.floor(each.length / 3)))
    .sort((a, b) => a.steps - b.steps)[0];
  if (near) return `; did you mean "${near.each}"?`;
  return allowed.length > 0 ? `; allowed: ${allowed.join(', ')}` : '';
}

/** A value as it may be shown in a message: short, on one line. */
export function showValue(value: unknown): string {
  // JSON writes NaN and the infinities as null.
  if (typeof value === 'number') return String(value);
  const shown = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

/** The keys that a schema allows at a place in it. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const json =
    jsonSchemas.get(schema) ?? (schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as JsonSchema);
  jsonSchemas.set(schema, json);
  const reach = (from: JsonSchema, rest: readonly PropertyKey[]): string[] => {
    const options = [...(from.anyOf ?? []), ...(from.oneOf ?? [])];
    if (options.length > 0) return options.flatMap((option) => reach(option, rest));
    const [step, ...further] = rest;
    if (step === undefined) return Object.keys(from.properties ?? {});
    const { additionalProperties: others } = from;
    const named = from.properties?.[String(step)] ?? (typeof others === 'object' ? others : undefined);
    const next = typeof step === 'number' ? from.items : named;
    return next ? reach(next, further) : [];
  };
  return [...new Set(reach(json, path))];
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
}

/** One fault per thing wrong below `path`, in words that name the value. */
function describeIssue(
  issue: z.core.$ZodIssue,
  context: { schema: z.ZodType; value: unknown; path: readonly PathStep[]; document: YamlDocument },
): ModelFault[] {
  const steps = [
    ...context.path,
    ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
  ];
  const { document } = context;
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(context.schema, issue.path);
    return issue.keys.map((key) => document.fault([...steps, key], unknownKey(key, allowed), 'key'));
  }
  if (issue.code === 'invalid_union') {
    const depth = (issues: readonly z.core.$ZodIssue[]) =>
      Math.max(0, ...issues.map((each) => each.path.length + (each.code === 'unrecognized_keys' ? 0 : 1)));
    const best = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
    const nested = best.map((each) => ({ ...each, path: [...issue.path, ...each.path] }) as z.core.$ZodIssue);
    if (nested.length > 0) return nested.flatMap((each) => describeIssue(each, context));
  }
  const found = valueAt(context.value, issue.path);
  if (found === undefined) {
    return [document.fault(steps, `"${String(steps.at(-1))}" is missing${missingRemedy(steps)}`)];
  }
  if (typeof found === 'number' && !Number.isFinite(found)) {
    return [document.fault(steps, `${showValue(found)}: expected a finite number written in digits`)];
  }
  const expectation = issue.message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
  const isUnquoted = typeof found === 'number' && expectation === 'expected string';
  return [
    document.fault(steps, `${showValue(found)}: ${expectation}${isUnquoted ? '; put it in quotes' : ''}`),
  ];
}

function missingRemedy(steps: readonly PathStep[]): string {
  const last = steps.at(-1);
  return last === 'zh' || last === 'en' ? '; every text is given in both languages, zh and en' : '';
}

export function unknownKey(key: string, allowed: readonly string[]): string {
  return `unknown key "${key}"${suggest(key, allowed)}`;
}

/** Reads each field by itself, so that one that is wrong hides no fault of another. */
export function readFields<S extends Shape>(
  shape: S,
  raw: Readonly<Record<string, unknown>>,
  place: { path: readonly PathStep[]; document: YamlDocument; otherKeys: readonly string[] },
): { fields: PartialFields<S>; faults: ModelFault[] } {
  const fields: Record<string, unknown> = {};
  const faults: ModelFault[] = [];
  const allowed = [...Object.keys(shape), ...place.otherKeys];
  for (const [key, value] of Object.entries(raw)) {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const path = [...place.path, key];
    if (!schema) {
      if (!place.otherKeys.includes(key))
        faults.push(place.document.fault(path, unknownKey(key, allowed), 'key'));
      continue;
    }
    const result = schema.safeParse(value);
    if (result.success) fields[key] = result.data;
    else {
      const context = { schema, value, path, document: place.document };
      faults.push(...result.error.issues.flatMap((issue) => describeIssue(issue, context)));
    }
  }
  return { fields: fields as PartialFields<S>, faults };
}
