import type { z } from 'zod';
import type { PathStep } from '../../contract.ts';
import { quoted } from '../reading/row.ts';
import { nearest } from './did-you-mean.ts';
import { mappingSchema } from './mapping.ts';

export interface MappingFault {
  readonly path: readonly PathStep[];
  readonly text: string;
  /** Where the key is what is wrong, not its value. */
  readonly at?: 'key';
}

const innerKeys = [
  ...['column', 'values', 'otherwise', 'scale', 'separator', 'timeFormat', 'constant'],
  ...['as', 'kind', 'prefix', 'ids', 'names', 'zh', 'en'],
];

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
};

const missingRemedies: Readonly<Record<string, string>> = {
  fields: ': say which column fills which field',
  column: ': name the column of the file, or give a constant',
};

/** Of a choice between forms the issues of the form that comes closest: the one with its issues deepest down. */
function flatIssues(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): z.core.$ZodIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map((each) => each.path.length));
  const isTypeFault = (branch: readonly z.core.$ZodIssue[]) =>
    branch.some((each) => each.code === 'invalid_type' && each.path.length === 0);
  const [closest] = issue.errors.toSorted(
    (a, b) => Number(isTypeFault(a)) - Number(isTypeFault(b)) || depth(b) - depth(a) || a.length - b.length,
  );
  return (closest ?? []).flatMap((each) => flatIssues(each, path));
}

function valueAt(value: unknown, path: readonly PathStep[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<PathStep, unknown>)[step]
        : undefined,
    value,
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return typeof value === 'string' ? quoted(value) : String(value);
}

function choices(values: readonly unknown[]): string {
  return `write ${values.length > 1 ? 'one of ' : ''}${values.map(String).join(', ')}`;
}

function sizeText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown): string {
  if (Array.isArray(value)) return 'the list is empty: give at least one';
  if (typeof value !== 'string') {
    const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
    return `${shown(value)} is out of range: write ${bound}`;
  }
  return issue.exact || issue.code === 'too_big'
    ? `${quoted(value)} has ${value.length} characters: write exactly 1`
    : 'the text is empty: fill it in or remove the key';
}

function textOf(issue: z.core.$ZodIssue, path: readonly PathStep[], value: unknown): string {
  if (value === undefined) {
    const name = String(path.at(-1));
    const remedy =
      issue.code === 'invalid_value' ? `: ${choices(issue.values)}` : (missingRemedies[name] ?? '');
    return `${quoted(name)} is missing${remedy}`;
  }
  switch (issue.code) {
    case 'invalid_type': {
      const remedy = issue.expected === 'string' && typeof value === 'number' ? '; put it in quotes' : '';
      return `${shown(value)} stands where ${typeWords[issue.expected] ?? issue.expected} is needed${remedy}`;
    }
    case 'invalid_value':
      return `${shown(value)} is not known: ${choices(issue.values)}`;
    case 'too_small':
    case 'too_big':
      return sizeText(issue, value);
    case 'custom':
      return issue.message.startsWith('"') ? issue.message : `${shown(value)} ${issue.message}`;
    default:
      return `${shown(value)} cannot be used: ${issue.message}`;
  }
}

/** What is wrong with a mapping's shape, in words for the person who wrote it. */
export function shapeFaults(error: z.ZodError, value: unknown): MappingFault[] {
  return error.issues
    .flatMap((issue) => flatIssues(issue))
    .flatMap((issue): MappingFault[] => {
      const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      if (issue.code !== 'unrecognized_keys') {
        return [{ path, text: textOf(issue, path, valueAt(value, path)) }];
      }
      const known = path.length === 0 ? Object.keys(mappingSchema.shape) : innerKeys;
      return issue.keys.map((key): MappingFault => {
        const near = nearest(key, known);
        const remedy = near === null ? ': remove it' : `; did you mean ${near}?`;
        return { path: [...path, key], at: 'key', text: `unknown key ${quoted(key)}${remedy}` };
      });
    });
}
