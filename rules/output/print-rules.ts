import type { RuleFile, RuleTestFile } from '../contract.ts';
import { type YamlValue, yamlText } from './yaml-text.ts';

/** Lines before the document, each as a comment. */
const commentOf = (header: string) =>
  header === '' ? '' : `${header.replace(/^/gm, '# ')}\n`.replace(/[ \t]+$/gm, '');

/** YAML of a document under its comment; keys stand in the order in which they are given. */
export const printYaml = (document: object, header = '') =>
  `${commentOf(header)}${yamlText(document as YamlValue)}`;

/** A rule file of Prometheus, group by group: the lines of 10,000 SLOs at once would take a gigabyte. */
export function printRules({ groups }: RuleFile, header = ''): string {
  if (groups.length === 0) return printYaml({ groups }, header);
  const texts = groups.map((group) => yamlText([group] as unknown as YamlValue));
  return `${commentOf(header)}groups:\n${texts.join('')}`;
}

/** A test file of promtool. */
export const printTests = (file: RuleTestFile, header = '') => printYaml(file, header);
