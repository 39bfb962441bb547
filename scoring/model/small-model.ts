import { checkModel } from './check-model.ts';

/** A small valid model file for tests: one formula module, one method module, overall by score. */
export const smallModel = `schema: citygauge/model@1
id: small
version: 1.0.0
title: { zh: 小模型, en: Small }
description: { zh: 测试用, en: For tests }
source:
  document: { zh: 无, en: None }
  section: { zh: 全文, en: All of it }
  weightsBy: citygauge
  notes: []
grades:
  - { grade: A, from: 90, meaning: { zh: 优, en: Good } }
  - { grade: B, from: 75, meaning: { zh: 良, en: Fair } }
  - { grade: C, from: 0, meaning: { zh: 差, en: Poor } }
overall: { kind: score, explanation: { zh: 加权, en: Weighted } }
defaults:
  all:
    tolerance: 0.05
    zeroBase: notApplicable
    frequency: month
    scale: none
    owner: { zh: 办公室, en: Office }
    intervention: { zh: 督办, en: Press }
  units:
    ratio: { direction: higher, best: 1, worst: 0, range: { min: 0, max: 1 } }
    day: { direction: lower, best: 0, worst: 10, range: { min: 0, max: null } }
modules:
  - id: M
    title: { zh: 甲, en: First }
    meaning: { zh: 含义, en: Meaning }
    weight: 0.6
    combine: { formula: 60*(5-floor(T1/2))/5 + 40*P2 }
    children:
      - id: T1
        title: { zh: 用时, en: Time }
        meaning: { zh: 平均用时, en: Mean time }
        unit: day
        measure: { records: requirements, cohort: answered, mean: { of: "days(raised, answered)" } }
      - id: P2
        title: { zh: 比率, en: Ratio }
        meaning: { zh: 份额, en: Share }
        unit: ratio
        measure: { entry: true }
  - id: N
    title: { zh: 乙, en: Second }
    meaning: { zh: 含义, en: Meaning }
    weight: 0.4
    combine: { method: arithmetic }
    children:
      - id: x
        title: { zh: 乙一, en: Second one }
        meaning: { zh: 结案, en: Closed }
        weight: 0.7
        unit: ratio
        scale: linear
        measure: { records: work-orders, ratio: { numerator: closed <= cutoff } }
      - id: y
        title: { zh: 乙二, en: Second two }
        weight: 0.3
        like: N.x
      - id: context
        title: { zh: 背景, en: Context }
        meaning: { zh: 背景数, en: Context figure }
        weight: 0
        unit: ratio
        measure: { entry: true }
`;

/** The model file with one text replaced by another; throws when the text is not there once. */
export function changed(from: string, to: string, yaml: string = smallModel): string {
  if (yaml.split(from).length !== 2) throw new Error(`"${from}" is not there exactly once`);
  return yaml.replace(from, () => to);
}

/** Several changes of the small model at once. */
export function withChanges(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((yaml, [from, to]) => changed(from, to, yaml), smallModel);
}

/** What is wrong, the changes of the small model that make it so, and every fault that is reported. */
export type FaultCase = readonly [
  title: string,
  changes: readonly (readonly [string, string])[],
  faults: readonly string[],
];

/** Every fault as `path line:column message`. */
export function faultsOf(yaml: string): string[] {
  return checkModel(yaml).faults.map(
    ({ path, line, column, message }) => `${path || '.'} ${line}:${column} ${message}`,
  );
}
