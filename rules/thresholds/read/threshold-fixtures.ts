import assert from 'node:assert/strict';
import { InputError } from '../../contract.ts';
import { readThresholds } from './read-thresholds.ts';

/** As a file writes them, after the lines of a threshold of its own. */
export const grades = `
    grades:
      - { colour: red, below: 0.6, role: { zh: 市指挥中心, en: City }, plan: act }
      - { colour: yellow, below: 0.8, role: street, plan: look }`;

export const file = (body: string, before = '') =>
  `schema: citygauge/thresholds@1\n${before}thresholds:\n${body}`;

/** A file of one threshold, `a`, with these lines of its own. */
export const one = (own: string, theirs = grades) => file(`  - id: a\n    title: A\n${own}${theirs}`);

/** What is refused in a file; nothing when it is read. */
export function faultsOf(text: string, name = 't.yaml'): readonly string[] {
  try {
    readThresholds([{ name, text }]);
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.faults;
  }
  return [];
}
