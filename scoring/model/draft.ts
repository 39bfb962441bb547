import type { ModelFault, PathStep, YamlDocument } from '../contract.ts';
import { isMapping, type PartialFields, readFields, suggest } from './fields.ts';
import {
  headerShape,
  type LeafFields,
  leafShape,
  type NodeFields,
  nodeShape,
  requiredHeader,
} from './schema.ts';

/** A model file as far as it could be read: what is absent or faulty is left out, and its fault is in `faults`. */
export interface Draft {
  readonly document: YamlDocument;
  readonly header: PartialFields<typeof headerShape>;
  readonly modules: readonly DraftNode[];
  readonly faults: readonly ModelFault[];
}

export interface DraftNode {
  readonly path: readonly PathStep[];
  /** Null when the id is missing or malformed. */
  readonly localId: string | null;
  /** With `?` in place of an id that is missing. */
  readonly id: string;
  readonly level: number;
  /** Keys that the node writes itself, faulty or not. */
  readonly writtenKeys: readonly string[];
  /** What the node says itself. */
  readonly own: Partial<NodeFields>;
  readonly children: readonly DraftNode[];
  /** True for a node that is an indicator: it has no children. */
  readonly isLeaf: boolean;
}

export function flattenDraft(nodes: readonly DraftNode[]): DraftNode[] {
  return nodes.flatMap((node) => [node, ...flattenDraft(node.children)]);
}

export function readDraft(document: YamlDocument): Draft {
  if (!isMapping(document.value)) {
    const faults =
      document.faults.length > 0 ? document.faults : [document.fault([], 'a model is a YAML mapping')];
    return { document, header: {}, modules: [], faults };
  }
  const raw = document.value;
  const header = readFields(headerShape, raw, { path: [], document, otherKeys: ['modules'] });
  const missing = [...requiredHeader, 'modules']
    .filter((key) => raw[key] === undefined)
    .map((key) => document.fault([], `"${key}" is missing`));
  const faults = [...header.faults, ...missing];
  const modules = readChildren(raw.modules, { path: ['modules'], document, parent: null, faults });
  return { document, header: header.fields, modules, faults };
}

interface ChildrenPlace {
  readonly path: readonly PathStep[];
  readonly document: YamlDocument;
  readonly parent: { id: string; level: number } | null;
  /** Collected here. */
  readonly faults: ModelFault[];
}

function readChildren(raw: unknown, place: ChildrenPlace): DraftNode[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw) || raw.length === 0) {
    place.faults.push(place.document.fault(place.path, 'a list with at least one node is needed here'));
    return [];
  }
  return raw.flatMap((each: unknown, index) => {
    const path = [...place.path, index];
    if (isMapping(each)) return [readNode(each, { ...place, path })];
    place.faults.push(place.document.fault(path, 'a node is a YAML mapping with an id'));
    return [];
  });
}

function readNode(raw: Readonly<Record<string, unknown>>, place: ChildrenPlace): DraftNode {
  const { document, path, parent, faults } = place;
  const read = readFields(nodeShape, raw, { path, document, otherKeys: ['children'] });
  faults.push(...read.faults);
  if (raw.id === undefined) faults.push(document.fault(path, '"id" is missing; every node needs one'));
  const localId = read.fields.id ?? null;
  const id = `${parent ? `${parent.id}.` : ''}${localId ?? '?'}`;
  const level = (parent?.level ?? 0) + 1;
  const children = readChildren(raw.children, {
    document,
    faults,
    path: [...path, 'children'],
    parent: { id, level },
  });
  const isLeaf = raw.children === undefined && raw.combine === undefined;
  return { path, localId, id, level, own: read.fields, children, isLeaf, writtenKeys: Object.keys(raw) };
}

/** Nodes that a chain of `like` may lead over. */
const longestChain = 16;

const notInherited: ReadonlySet<string> = new Set(['id', 'like', 'weight']);

/** What each indicator says after `like` and the file's defaults are filled in. */
export class Inheritance {
  readonly #draft: Draft;
  readonly #byId: ReadonlyMap<string, DraftNode>;

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#byId = new Map(flattenDraft(draft.modules).map((node) => [node.id, node]));
  }

  /** Faults of the `like` of every node: unknown, no indicator, or a cycle, which is told at its first node only. */
  faults(): ModelFault[] {
    const told = new Set<DraftNode>();
    return flattenDraft(this.#draft.modules).flatMap((node) => {
      if (told.has(node)) return [];
      const chain = this.#chain(node);
      const isCycle = chain.length > 1 && chain.at(-1) === node && chain.every((each) => each.isLeaf);
      if (isCycle) for (const each of chain) told.add(each);
      return this.#likeFaults(node);
    });
  }

  #likeFaults(node: DraftNode): ModelFault[] {
    const { like } = node.own;
    if (like === undefined) return [];
    const at = (message: string) => [this.#draft.document.fault([...node.path, 'like'], message)];
    const target = this.#byId.get(like);
    const leaves = [...this.#byId.values()].filter((each) => each.isLeaf).map((each) => each.id);
    if (!node.isLeaf) return at('"like" is for indicators; this node has children');
    if (!target) return at(`no node is called "${like}"${suggest(like, leaves)}`);
    if (`${node.id}.`.startsWith(`${target.id}.`) && target !== node) {
      return at(`cycle: "${like}" contains this node and would contain itself`);
    }
    if (!target.isLeaf) return at(`"${like}" is no indicator; name one without children`);
    const chain = this.#chain(node);
    if (chain.length > longestChain) return at(`"like" leads over more than ${longestChain} nodes`);
    const last = chain.at(-1);
    if (chain.length > 1 && last && chain.indexOf(last) < chain.length - 1) {
      if (last !== node) return [];
      return at(`cycle: ${chain.map((each) => each.id).join(' -> ')}`);
    }
    return [];
  }

  /** The node, what it is like, and so on; ends at the first one met again. */
  #chain(node: DraftNode): DraftNode[] {
    const chain = [node];
    for (let at: DraftNode | undefined = node; at; ) {
      const next: DraftNode | undefined = at.own.like === undefined ? undefined : this.#byId.get(at.own.like);
      if (!next) break;
      const isAgain = chain.includes(next);
      chain.push(next);
      if (isAgain || chain.length > longestChain) break;
      at = next;
    }
    return chain;
  }

  /** True when the node's `like` cannot be followed, so that nothing can be said of what it lacks. */
  isBroken(node: DraftNode): boolean {
    return node.own.like !== undefined && this.#likeFaults(node).length > 0;
  }

  /** Keys that the node or one that it is like writes, faulty or not. */
  writtenKeysOf(node: DraftNode): ReadonlySet<string> {
    return new Set(this.#chain(node).flatMap((each) => each.writtenKeys));
  }

  /** True when the key is written with a fault by the node or one that it is like. */
  isFaulty(node: DraftNode, key: keyof NodeFields): boolean {
    return this.#chain(node).some((each) => each.writtenKeys.includes(key) && each.own[key] === undefined);
  }

  /** Own fields over those of the node it is like, over the defaults of its unit, over the defaults of all. */
  fieldsOf(node: DraftNode): Partial<LeafFields & NodeFields> {
    const passedOn = [...new Set(this.#chain(node))].reverse().flatMap((each) => {
      const entries = Object.entries(each.own);
      return each === node ? entries : entries.filter(([key]) => !notInherited.has(key));
    });
    const said: Partial<NodeFields> = Object.fromEntries(passedOn);
    if (!node.isLeaf) return said;
    const { all, units } = this.#draft.header.defaults ?? {};
    const unit = said.unit ?? all?.unit;
    const defaults = { ...all, ...(unit && units?.[unit]) };
    const known = Object.entries(defaults).filter(
      ([key, value]) => Object.hasOwn(leafShape, key) && value !== undefined,
    );
    return { ...Object.fromEntries(known), ...said };
  }
}
