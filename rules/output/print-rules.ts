import type { RuleFile, RuleTestFile } from '../contract.ts';
import { type YamlValue, yamlText } from './yaml-text.ts';

/** Lines before the document, each as a comment. */
const commentOf = (header: string) =>
  header === '' ? '' : `${header.replace(/^/gm, '# ')}\n`.replace(/[ \t]+$/gm, '');

/** YAML of a document under its comment; keys stand in the order in which they are given. */
export const printYaml = (document: object, header = '') =>
  `${commentOf(header)}${yamlText(document as YamlValue)}`;

/** A rule file of Prometheus. */
export const printRules = (file: RuleFile, header = '') => printYaml(file, header);

/** A test file of promtool. */
export const printTests = (file: RuleTestFile, header = '') => printYaml(file, header);
