import {
  type CreateNodeOptions,
  type DocumentOptions,
  type SchemaOptions,
  stringify,
  type ToStringOptions,
} from 'yaml';
import type { RuleFile, RuleTestFile } from '../contract.ts';

/** Prometheus and promtool read YAML as Go does, for which `yes` and `12:30` are no texts: YAML 1.1 quotes them. */
const form: DocumentOptions & SchemaOptions & CreateNodeOptions & ToStringOptions = {
  version: '1.1',
  aliasDuplicateObjects: false,
  blockQuote: 'literal',
  indentSeq: false,
  lineWidth: 0,
};

/** Lines before the document, each as a comment. */
const commentOf = (header: string) =>
  header === '' ? '' : `${header.replace(/^/gm, '# ')}\n`.replace(/[ \t]+$/gm, '');

/** YAML of a document under its comment; keys stand in the order in which they are given. */
export const printYaml = (document: object, header = '') =>
  `${commentOf(header)}${stringify(document, form)}`;

/** A rule file of Prometheus, group by group: only one group's nodes are held at a time. */
export function printRules({ groups }: RuleFile, header = ''): string {
  if (groups.length === 0) return printYaml({ groups }, header);
  const texts = groups.map((group) => stringify([group], form));
  return `${commentOf(header)}groups:\n${texts.join('')}`;
}

export const printTests = (file: RuleTestFile, header = '') => printYaml(file, header);
