import { stringify } from 'yaml';
import type { RuleFile, RuleTestFile } from '../contract.ts';

const style = { lineWidth: 0, indentSeq: false, aliasDuplicateObjects: false } as const;

/** Lines before the document, each as a comment. */
export const commentOf = (header: string) =>
  header === ''
    ? ''
    : `${header
        .split('\n')
        .map((line) => `# ${line}`.trimEnd())
        .join('\n')}\n`;

/** YAML of a document under its comment; keys stand in the order in which they are given. */
export const printYaml = (document: object, header = '') =>
  `${commentOf(header)}${stringify(document, style)}`;

/** A rule file of Prometheus. */
export const printRules = (file: RuleFile, header = '') => printYaml(file, header);

/** A test file of promtool. */
export const printTests = (file: RuleTestFile, header = '') => printYaml(file, header);
