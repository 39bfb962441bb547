/** A text in both languages of the product; neither may be empty. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A text kept as one string, Chinese on its first line and English on its second: how records carry their fault. */
export function bothLanguages({ zh, en }: Text): string {
  return `${zh}\n${en}`;
}

/** The text of such a string; one that has a single line is the same in both languages. */
export function fromBothLanguages(both: string): Text {
  const [zh = '', en = zh] = both.split('\n', 2);
  return { zh, en };
}

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** The BCP 47 tag of a language, for `lang` attributes and Intl. */
export const languageTags: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/**
 * Something the user gave is wrong: shown as it is, exit code 2 or HTTP 4xx. The message names the file, line, path or
 * value and the remedy.
 */
export class InputError extends Error {
  /** One sentence per fault. */
  readonly faults: readonly string[];
  /** The message in Chinese, where it may become the reason of a run; null = it is known in English alone. */
  readonly zh: string | null;
  constructor(faults: string | readonly string[], options?: ErrorOptions & { readonly zh?: string }) {
    const all = typeof faults === 'string' ? [faults] : faults;
    super(all.join('\n'), options);
    this.name = 'InputError';
    this.faults = all;
    this.zh = options?.zh ?? null;
  }
}

/** What was asked is right, and disk, database or network cannot serve it now. */
export class UnavailableError extends InputError {}
