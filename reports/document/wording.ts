import Handlebars from 'handlebars';
import type { Language } from '../../scoring/contract.ts';
import en from '../locales/en.json' with { type: 'json' };
import zh from '../locales/zh.json' with { type: 'json' };

export type WordingKey = keyof typeof zh;
export type WordingData = Readonly<Record<string, string | number | boolean | null>>;
export type Wording = (key: WordingKey, data?: WordingData) => string;

const resources: Readonly<Record<Language, Readonly<Record<WordingKey, string>>>> = { zh, en };

const templates = new Map<string, Handlebars.TemplateDelegate>();

function templateOf(language: Language, key: WordingKey): Handlebars.TemplateDelegate {
  const name = `${language}:${key}`;
  const known = templates.get(name);
  if (known) return known;
  const compiled = Handlebars.compile(resources[language][key], { strict: true, noEscape: true });
  templates.set(name, compiled);
  return compiled;
}

/** The report's own texts in one language; a placeholder without data throws. */
export function wordingIn(language: Language): Wording {
  return (key, data = {}) => templateOf(language, key)(data, { allowProtoPropertiesByDefault: false });
}

export const wordingResources = resources;
