import type { Language, Text } from '../../scoring/contract.ts';
import type { Workbench } from '../contract.ts';
import type { EvaluationReader } from './evaluation-reader.ts';
import type { Formatter } from './format.ts';
import type { Translate } from './texts.ts';

/** What a page is made from; nothing else reaches it. */
export interface PageContext {
  readonly workbench: Workbench;
  readonly reader: EvaluationReader;
  readonly language: Language;
  readonly t: Translate;
  /** A bilingual text in the page's language. */
  readonly say: (text: Text) => string;
  readonly format: Formatter;
  /** The first value of each query parameter. */
  readonly query: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly csrf: string;
}

export interface PageView {
  readonly template: string;
  readonly title: string;
  readonly view: object;
  /** Path of the navigation entry that is current. */
  readonly section: string;
  readonly isSample: boolean;
  readonly status?: number;
  /** Names everything that the body depends on, language aside; a body with the same key is not rendered again. */
  readonly bodyKey?: string;
}

/** A page that only shows: `show` reads, decides nothing that lasts, and hands strings to its template. */
export interface Page {
  readonly path: string;
  show(context: PageContext): Promise<PageView | Redirect>;
}

export interface Redirect {
  readonly redirect: string;
}

/** A path with its query; parameters without a value are left out. */
export function link(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? path : `${path}?${text}`;
}
