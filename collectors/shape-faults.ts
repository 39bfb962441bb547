import type { z } from 'zod';
import type { PathStep } from './contract.ts';
import { nearest } from './records/mapping/did-you-mean.ts';
import { quoted } from './records/reading/row.ts';

/** What is wrong with the shape of a settings or mapping file, at a path of it. */
export interface ShapeFault {
  readonly path: readonly PathStep[];
  readonly text: string;
  /** Where the key is what is wrong, not its value. */
  readonly at?: 'key';
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
};

/** What the words of the faults depend on besides the schema. */
export interface ShapeWords {
  /** The keys that a mapping at this path may have. */
  knownKeys(path: readonly PathStep[]): readonly string[];
  /** Key -> what to do when it is missing, beginning with a colon. */
  readonly missingRemedies: Readonly<Record<string, string>>;
}

/** User and password in an address, `//user:password@`. */
const password = /(\/\/)[^/?#\s]*@/g;

/** Keys whose value may be a secret that somebody wrote where only its place belongs. */
const secretKey = /pass|token|secret|bearer|credential/i;

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
  return typeof value === 'string' ? quoted(value.replaceAll(password, '$1***@')) : String(value);
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
  if (typeof value === 'string' && path.some((step) => secretKey.test(String(step)))) {
    return 'what stands here cannot be used: name where the secret is, { env: NAME } or { file: PATH }, never the secret';
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
    case 'invalid_key':
      return `the key ${quoted(String(path.at(-1)))} ${issue.issues[0]?.message ?? issue.message}`;
    case 'custom':
      return issue.message.startsWith('"') ? issue.message : `${shown(value)} ${issue.message}`;
    default:
      return `${shown(value)} cannot be used: ${issue.message}`;
  }
}

function missingText(issue: z.core.$ZodIssue, name: string, words: ShapeWords): string {
  const remedy =
    issue.code === 'invalid_value' ? `: ${choices(issue.values)}` : (words.missingRemedies[name] ?? '');
  return `${quoted(name)} is missing${remedy}`;
}

/** A key of another form than the one that the rest of the mapping has. */
function choiceText(key: string, mapping: unknown, strangers: readonly string[]): string {
  const others = Object.keys(mapping ?? {}).filter((each) => !strangers.includes(each));
  return `${[...others, key].map(quoted).join(' and ')} exclude each other: choose one and remove the other`;
}

/** What is wrong with a value's shape, in words for the person who wrote the file. */
export function shapeFaults(error: z.ZodError, value: unknown, words: ShapeWords): ShapeFault[] {
  return error.issues
    .flatMap((issue) => flatIssues(issue))
    .flatMap((issue): ShapeFault[] => {
      const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      if (issue.code !== 'unrecognized_keys') {
        const found = valueAt(value, path);
        const text =
          found === undefined ? missingText(issue, String(path.at(-1)), words) : textOf(issue, path, found);
        return [{ path, text }];
      }
      const known = words.knownKeys(path);
      return issue.keys.map((key): ShapeFault => {
        if (known.includes(key))
          return { path: [...path, key], at: 'key', text: choiceText(key, valueAt(value, path), issue.keys) };
        const near = nearest(key, known);
        const remedy = near === null ? ': remove it' : `; did you mean ${near}?`;
        return { path: [...path, key], at: 'key', text: `unknown key ${quoted(key)}${remedy}` };
      });
    });
}
