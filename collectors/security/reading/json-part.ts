import { printPath } from '../../contract.ts';
import { EntryFault, shown } from './report-fault.ts';

const kinds = {
  text: { zh: '文本', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  list: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
};

/**
 * A value of a JSON document with its path. Absent and null are the same: parts of them are absent too. A value of
 * another kind than the one asked for throws EntryFault, which names the path.
 */
export class JsonPart {
  readonly value: unknown;
  readonly #parent: JsonPart | null;
  readonly #step: string | number;

  constructor(value: unknown, parent: JsonPart | null = null, step: string | number = '') {
    this.value = value ?? null;
    this.#parent = parent;
    this.#step = step;
  }

  /** `runs[0].results[3].ruleId`; `the document` for the whole. */
  get path(): string {
    return printPath(this.#steps()) || 'the document';
  }

  get isAbsent(): boolean {
    return this.value === null;
  }

  at(key: string): JsonPart {
    const { value } = this;
    if (value === null) return new JsonPart(null, this, key);
    if (typeof value !== 'object' || Array.isArray(value)) throw this.#fault('object');
    const part = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : null;
    return new JsonPart(part, this, key);
  }

  /** The parts of a list; of an absent one none. */
  items(): JsonPart[] {
    if (this.value === null) return [];
    if (!Array.isArray(this.value)) throw this.#fault('list');
    return this.value.map((each, index) => new JsonPart(each, this, index));
  }

  /** The item at an index of a list; absent beyond its end. */
  item(index: number): JsonPart {
    if (this.value !== null && !Array.isArray(this.value)) throw this.#fault('list');
    return new JsonPart(Array.isArray(this.value) ? this.value[index] : null, this, index);
  }

  entries(): [string, JsonPart][] {
    const { value } = this;
    if (value === null) return [];
    if (typeof value !== 'object' || Array.isArray(value)) throw this.#fault('object');
    return Object.entries(value).map(([key, each]) => [key, new JsonPart(each, this, key)]);
  }

  /** Null when absent; an empty text is absent too, since scanners write it for what they do not know. */
  text(): string | null {
    if (this.value === null) return null;
    if (typeof this.value !== 'string') throw this.#fault('text');
    return this.value === '' ? null : this.value;
  }

  number(): number | null {
    if (this.value === null) return null;
    if (typeof this.value !== 'number') throw this.#fault('number');
    return this.value;
  }

  needText(): string {
    const text = this.text();
    if (text !== null) return text;
    throw new EntryFault(this.path, { zh: '缺失', en: 'is missing' });
  }

  #steps(): (string | number)[] {
    const steps: (string | number)[] = [];
    for (let part: JsonPart = this; part.#parent; part = part.#parent) steps.unshift(part.#step);
    return steps;
  }

  #fault(kind: keyof typeof kinds): EntryFault {
    const { zh, en } = kinds[kind];
    return new EntryFault(this.path, {
      zh: `应为${zh}，实为 ${shown(this.value)}`,
      en: `is ${shown(this.value)} where ${en} is needed`,
    });
  }
}
