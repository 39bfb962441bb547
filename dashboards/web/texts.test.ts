import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { dropReasons } from '../../collectors/contract.ts';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import { translator } from './texts.ts';

type Tree = { readonly [key: string]: string | Tree };

function keysOf(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : keysOf(value, `${prefix}${key}.`),
  );
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:hbs|ts)$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const texts = { zh: new Map(keysOf(zh)), en: new Map(keysOf(en)) };
const sources = sourcesIn(import.meta.dirname);
const source = sources.join('\n');
const literal = new Set(
  [...source.matchAll(/['"`]([a-z][a-zA-Z]*(?:\.[a-zA-Z]\w*)+)['"`]/g)].map((match) => match[1] ?? ''),
);
/** Prefixes of keys put together at run time: t(`state.${state}`). */
const families = [...source.matchAll(/t\(`([a-zA-Z.]+[.a-z])\$\{/g)].map((match) => match[1] ?? '');

describe('the texts of the interface', () => {
  it('have the same keys in Chinese and English', () => {
    assert.ok(texts.zh.size > 200, `only ${texts.zh.size} keys`);
    assert.deepEqual([...texts.en.keys()].sort(), [...texts.zh.keys()].sort());
  });

  it('have the same placeholders in both languages', () => {
    const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of texts.zh) assert.deepEqual(holes(texts.en.get(key) ?? ''), holes(text), key);
  });

  it('hold no key that nothing uses', () => {
    const unused = [...texts.zh.keys()].filter(
      (key) => !literal.has(key) && !families.some((family) => key.startsWith(family)),
    );
    assert.ok(sources.length > 60, `only ${sources.length} sources`);
    assert.deepEqual(unused, []);
  });

  it('hold every key that a template names', () => {
    const named = [...source.matchAll(/\(?\bt '([\w.]+)'/g)].map((match) => match[1] ?? '');
    assert.ok(named.length > 150, `only ${named.length} uses`);
    assert.deepEqual(
      named.filter((key) => !texts.zh.has(key)),
      [],
    );
  });

  it('name every reason for which a sample is dropped', () => {
    for (const reason of dropReasons) assert.ok(translator('zh')(`dropReason.${reason}`));
  });

  it('fail loudly for a key that does not exist', () => {
    assert.throws(() => translator('en')('verdict.nowhere'), /no text "verdict.nowhere" in en/);
  });
});
