import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import type { ModelFault } from '../contract.ts';

/** Bounds set before and while a file is read: a stranger's file may be hostile. */
export const fileLimits = { characters: 512 * 1024, nodes: 20_000, depth: 24 } as const;

export type PathStep = string | number;

export interface YamlDocument {
  /** Plain data, aliases resolved; undefined when the file could not be read at all. */
  readonly value: unknown;
  readonly faults: readonly ModelFault[];
  /** A fault at the value of `path` (at its key with `at: 'key'`), or at the nearest part that exists. */
  fault(path: readonly PathStep[], message: string, at?: FaultPlace): ModelFault;
}

/** Where in a value: at its key, at its first character, or at a column of its text (counted from 1). */
export type FaultPlace = 'key' | 'value' | { readonly column: number };

/** `modules[0].children[2].measure`. */
export function printPath(path: readonly PathStep[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** Counts what a tree would be with its aliases expanded; refuses self-containing, too deep and too big trees. */
class SizeGuard {
  readonly #document: Document;
  readonly #sizes = new Map<Node, number>();
  readonly #open = new Set<Node>();

  constructor(document: Document) {
    this.#document = document;
  }

  measure(node: unknown, depth: number): number {
    if (!isNode(node)) return 1;
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (!target) throw new YamlRefusal(node, 'this alias names no anchor that stands before it');
    const known = this.#sizes.get(target);
    if (known !== undefined) return known;
    if (this.#open.has(target)) {
      throw new YamlRefusal(node, 'cycle: this alias makes a part of the file contain itself');
    }
    if (depth > fileLimits.depth)
      throw new YamlRefusal(node, `nested deeper than ${fileLimits.depth} levels`);
    this.#open.add(target);
    let size = 1;
    for (const child of childrenOf(target)) {
      size += this.measure(child, depth + 1);
      if (size > fileLimits.nodes) {
        throw new YamlRefusal(node, `more than ${fileLimits.nodes} values once its aliases are expanded`);
      }
    }
    this.#open.delete(target);
    this.#sizes.set(target, size);
    return size;
  }
}

function childrenOf(node: Node): unknown[] {
  if (isMap(node)) return node.items.flatMap((pair) => [pair.key, pair.value]);
  return isSeq(node) ? [...node.items] : [];
}

class YamlRefusal extends Error {
  readonly node: Node;
  constructor(node: Node, message: string) {
    super(message);
    this.node = node;
  }
}

/** Nesting of flow brackets and of indentation, looked at before the parser recurses over them. */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open += 1;
    else if (character === ']' || character === '}') open = Math.max(0, open - 1);
    if (open > 200) return true;
  }
  return /^(?:[ ]*[-?:][ ]){200}/m.test(text) || /^[ ]{240}/m.test(text);
}

function refused(message: string, line: number | null = null, column: number | null = null): YamlDocument {
  const fault: ModelFault = { path: '', line, column, message };
  return { value: undefined, faults: [fault], fault: (path) => ({ ...fault, path: printPath(path) }) };
}

/** Reads one YAML document and keeps where everything stood. */
export function readYaml(text: string): YamlDocument {
  if (text.length > fileLimits.characters) {
    return refused(`the file is longer than ${fileLimits.characters} characters (${text.length})`);
  }
  if (isTooDeep(text)) return refused(`the file is nested deeper than ${fileLimits.depth} levels`);
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: true, merge: false, strict: true });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (!document?.contents) return refused('the file holds no model');
  if (second) return refused('the file holds more than one YAML document');
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const faults = [...document.errors, ...document.warnings].map((error): ModelFault => {
    const message = error.message.split(/ at line \d+/)[0] ?? error.message;
    return { path: '', ...place(error.pos[0]), message: `YAML: ${message}` };
  });
  if (faults.length > 0) return { ...refused(''), faults };
  try {
    new SizeGuard(document).measure(document.contents, 0);
  } catch (error) {
    if (!(error instanceof YamlRefusal)) throw error;
    const { line, column } = place(error.node.range?.[0] ?? 0);
    return refused(error.message, line, column);
  }
  return {
    value: document.toJS({ maxAliasCount: -1 }),
    faults: [],
    fault: (path, message, at = 'value') => ({
      path: printPath(path),
      ...place(offsetOf(document, path, at, text)),
      message,
    }),
  };
}

function offsetOf(document: Document, path: readonly PathStep[], at: FaultPlace, text: string): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [index, step] of path.entries()) {
    const target: unknown = isAlias(node) ? node.resolve(document) : node;
    const isLast = index === path.length - 1;
    if (isMap(target)) {
      const pair = target.items.find((each) => isScalar(each.key) && String(each.key.value) === String(step));
      if (!isPair(pair)) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      if (isLast && at === 'key') return offset;
      node = pair.value;
    } else if (isSeq(target)) {
      node = target.items[Number(step)];
    } else return offset;
    if (isNode(node) && node.range && !(isScalar(node) && node.value === null)) offset = node.range[0];
  }
  return typeof at === 'object' && isScalar(node) && typeof node.value === 'string'
    ? offsetInside(node.value, at.column, text, offset)
    : offset;
}

/** Source offset of the character at `column` of a scalar's value, whatever way the scalar is written. */
function offsetInside(value: string, column: number, text: string, start: number): number {
  const visible = value.slice(0, column - 1).replace(/\s/g, '').length;
  let at = start;
  if (text[at] === '|' || text[at] === '>') at = text.indexOf('\n', at) + 1;
  else if (text[at] === '"' || text[at] === "'") at += 1;
  for (let seen = 0; at < text.length; at += 1) {
    if (/\s/.test(text[at] ?? '')) continue;
    if (seen === visible) return at;
    seen += 1;
  }
  return start;
}
