import type { LintFinding } from '../../contract.ts';

/** `slo.yaml line 3 column 5: portal-availability missing-window: what is wrong and what to do`, for the command line. */
export const lintSentence = ({ file, line, column, slo, rule, message }: LintFinding) =>
  `${file} line ${line} column ${column}: ${slo === '' ? '' : `${slo} `}${rule}: ${message.en}`;
