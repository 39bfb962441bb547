import i18next from 'i18next';
import type { Language } from '../../scoring/contract.ts';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** Looks a text of the interface up; throws for a key that does not exist, so that no page shows a bare key. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const texts = i18next.createInstance();
await texts.init({
  lng: 'zh',
  fallbackLng: false,
  resources: { zh: { translation: zh }, en: { translation: en } },
  // Handlebars escapes.
  interpolation: { escapeValue: false },
});

export function translator(language: Language): Translate {
  const fixed = texts.getFixedT(language);
  const plain = new Map<string, string>();
  return (key, values) => {
    const known = values === undefined ? plain.get(key) : undefined;
    if (known !== undefined) return known;
    if (!texts.exists(key, { lng: language, ...values })) throw new Error(`no text "${key}" in ${language}`);
    const text = fixed(key, { ...values });
    if (values === undefined) plain.set(key, text);
    return text;
  };
}
