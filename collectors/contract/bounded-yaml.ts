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
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { offsetInScalar } from './scalar-offset.ts';

/** Bounds set before and while a file is read: a stranger's file may be hostile. */
export const yamlLimits: YamlLimits = { characters: 512 * 1024, nodes: 20_000, depth: 24, faults: 20 };

export interface YamlLimits {
  readonly characters: number;
  /** Values of one document, its aliases expanded. */
  readonly nodes: number;
  readonly depth: number;
  /** Faults told of one document. */
  readonly faults: number;
}

export type PathStep = string | number;

/** Something wrong in a YAML file; line and column are counted from 1, null where the file as a whole is meant. */
export interface YamlFault {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

export interface YamlDocument {
  /** Plain data, aliases resolved; undefined when the file could not be read at all. */
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
  /** A fault at the value of `path` (at its key with `at: 'key'`), or at the nearest part that exists. */
  fault(path: readonly PathStep[], message: string, at?: FaultPlace): YamlFault;
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
  readonly #limits: YamlLimits;
  /** Keys that stand in their mapping a second time. */
  readonly repeatedKeys: Scalar[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #sizes = new Map<Node, number>();
  readonly #open = new Set<Node>();

  constructor(limits: YamlLimits) {
    this.#limits = limits;
  }

  measure(node: unknown, depth: number): number {
    if (!isNode(node)) return 1;
    const target = this.#targetOf(node);
    const known = this.#sizes.get(target);
    if (known !== undefined) return known;
    if (this.#open.has(target)) {
      throw new YamlRefusal(node, 'cycle: this alias makes a part of the file contain itself');
    }
    if (depth > this.#limits.depth)
      throw new YamlRefusal(node, `nested deeper than ${this.#limits.depth} levels`);
    this.#open.add(target);
    let size = 1;
    for (const child of childrenOf(target)) {
      size += this.measure(child, depth + 1);
      if (size > this.#limits.nodes) {
        throw new YamlRefusal(node, `more than ${this.#limits.nodes} values once its aliases are expanded`);
      }
    }
    if (isMap(target)) this.repeatedKeys.push(...repeatedKeysOf(target));
    this.#open.delete(target);
    this.#sizes.set(target, size);
    return size;
  }

  /** Nodes are met in the order of the text, so that an alias means the last anchor of its name. */
  #targetOf(node: Node): Node {
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target) return target;
      throw new YamlRefusal(node, 'this alias names no anchor that stands before it');
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor) this.#anchors.set(node.anchor, node);
    return node;
  }
}

function repeatedKeysOf(map: YAMLMap): Scalar[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    if (seen.has(name)) return [key];
    seen.add(name);
    return [];
  });
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

/** Tags or anchors one after another, over which the parser takes a time that grows with their square. */
function hasPiledProperties(text: string): boolean {
  let inRow = 0;
  for (const [, mark] of text.matchAll(/(?<!\S)([!&])?\S/g)) {
    inRow = mark ? inRow + 1 : 0;
    if (inRow > 50) return true;
  }
  return false;
}

function parseDocuments(text: string, lineCounter: LineCounter) {
  // Keys are compared by the size guard: the parser's own comparison takes a time that grows with their square.
  const documents = parseAllDocuments(text, {
    lineCounter,
    uniqueKeys: false,
    prettyErrors: false,
    merge: false,
    strict: true,
  });
  return Array.isArray(documents) ? documents : [];
}

function refused(message: string, line: number | null = null, column: number | null = null): YamlDocument {
  const fault: YamlFault = { path: '', line, column, message };
  return { value: undefined, faults: [fault], fault: (path) => ({ ...fault, path: printPath(path) }) };
}

/** Reads one YAML document and keeps where everything stood. */
export function readYaml(text: string): YamlDocument {
  const [document = refused('the file is empty'), second] = readYamlDocuments(text);
  return second ? refused('the file holds more than one YAML document') : document;
}

/** Reads all documents of a YAML file, empty ones left out; a file that cannot be read is one document with its fault. */
export function readYamlDocuments(text: string, limits: YamlLimits = yamlLimits): readonly YamlDocument[] {
  if (text.length > limits.characters) {
    return [refused(`the file is longer than ${limits.characters} characters (${text.length})`)];
  }
  if (isTooDeep(text)) return [refused(`the file is nested deeper than ${limits.depth} levels`)];
  if (hasPiledProperties(text)) return [refused('the file piles up tags or anchors without values')];
  const lineCounter = new LineCounter();
  return parseDocuments(text, lineCounter)
    .filter(({ contents, errors }) => errors.length > 0 || !isNothing(contents))
    .map((document) => placedDocument(document, text, { lineCounter, limits }));
}

const isNothing = (contents: unknown) => contents === null || (isScalar(contents) && contents.value === null);

function placedDocument(
  document: Document,
  text: string,
  { lineCounter, limits }: { readonly lineCounter: LineCounter; readonly limits: YamlLimits },
): YamlDocument {
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const faultAt = (offset: number, message: string): YamlFault => ({ path: '', ...place(offset), message });
  const firstFaults = (faults: readonly YamlFault[]) => ({
    ...refused(''),
    faults: firstDistinct(faults, limits.faults),
  });
  const syntaxFaults = [...document.errors, ...document.warnings].map((error) =>
    faultAt(
      error.pos[0],
      `YAML: ${error.message.length > 120 ? `${error.message.slice(0, 117)}...` : error.message}`,
    ),
  );
  if (syntaxFaults.length > 0) return firstFaults(syntaxFaults);
  const guard = new SizeGuard(limits);
  try {
    guard.measure(document.contents, 0);
  } catch (error) {
    if (!(error instanceof YamlRefusal)) throw error;
    return firstFaults([faultAt(error.node.range?.[0] ?? 0, error.message)]);
  }
  if (guard.repeatedKeys.length > 0) {
    const repeated = guard.repeatedKeys.map((key) =>
      faultAt(
        key.range?.[0] ?? 0,
        `the key "${String(key.value).slice(0, 60)}" stands twice in this mapping`,
      ),
    );
    return firstFaults(repeated);
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

/** One unclosed bracket makes the parser say the same at every level around it. */
function firstDistinct(faults: readonly YamlFault[], most: number): YamlFault[] {
  const byText = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return [...byText.values()].slice(0, most);
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
  return typeof at === 'object' && isScalar(node) && typeof node.value === 'string' && node.range
    ? offsetInScalar({ value: node.value, column: at.column }, text, [offset, node.range[1]])
    : offset;
}

/** `slo.yaml line 3 column 5 slos[0].objective: what is wrong`. */
export function faultSentence(name: string, { line, column, path, message }: YamlFault): string {
  const place = line === null ? '' : ` line ${line} column ${column}${path === '' ? '' : ` ${path}`}`;
  return `${name}${place}: ${message}`;
}
