import { JSONPathEnvironment, type JSONPathQuery, type JSONValue } from 'json-p3';
import type { Text } from '../../contract.ts';

const environment = new JSONPathEnvironment();

export function compiledPath(path: string): JSONPathQuery | null {
  try {
    return environment.compile(path);
  } catch {
    return null;
  }
}

export interface JsonExpectation {
  readonly path: string;
  readonly equals?: string | number | boolean | null | undefined;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

const shown = (value: unknown) => (JSON.stringify(value) ?? String(value)).slice(0, 80);

/** What the document lacks, as a sentence; null when it is as expected. */
export function jsonFault(document: JSONValue, expectation: JsonExpectation): Text | null {
  const { path } = expectation;
  const found = environment.query(path, document).values();
  if (found.length === 0) return { zh: `JSON 中没有 ${path}`, en: `the JSON has nothing at ${path}` };
  const wrong = found.find((value) => !isAsExpected(value, expectation));
  if (wrong === undefined) return null;
  const wanted = wantedText(expectation);
  return {
    zh: `JSON 的 ${path} 为 ${shown(wrong)}，应为 ${wanted.zh}`,
    en: `the JSON has ${shown(wrong)} at ${path} instead of ${wanted.en}`,
  };
}

function isAsExpected(value: unknown, { equals, atLeast, atMost }: JsonExpectation): boolean {
  if (equals !== undefined && value !== equals) return false;
  if (atLeast !== undefined && !(typeof value === 'number' && value >= atLeast)) return false;
  return atMost === undefined || (typeof value === 'number' && value <= atMost);
}

function wantedText({ equals, atLeast, atMost }: JsonExpectation): Text {
  const [zh, en]: [string[], string[]] = [[], []];
  if (equals !== undefined) {
    zh.push(shown(equals));
    en.push(shown(equals));
  }
  if (atLeast !== undefined) {
    zh.push(`不小于 ${atLeast}`);
    en.push(`at least ${atLeast}`);
  }
  if (atMost !== undefined) {
    zh.push(`不大于 ${atMost}`);
    en.push(`at most ${atMost}`);
  }
  return { zh: zh.join('，'), en: en.join(', ') };
}
