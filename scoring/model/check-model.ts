import type { Leaf, Model, ModelCheck, ModelFault, ModelNode } from '../contract.ts';
import { readYaml, sha256Of } from '../contract.ts';
import { type Draft, type DraftNode, Inheritance, readDraft } from './draft.ts';
import { checkMeasure, measureContext } from './measure-draft.ts';
import { NodeChecker } from './nodes.ts';
import { checkGrades, checkInterpretations, checkOverall } from './rules.ts';
import { makeScale } from './scale-draft.ts';
import { defaultCoverageFloor, type HeaderFields, type LeafFields, type NodeFields } from './schema.ts';
import { checkStages } from './stages-draft.ts';

function byPlace(a: ModelFault, b: ModelFault): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function allFaults(draft: Draft, inheritance: Inheritance): ModelFault[] {
  const { header, document } = draft;
  const found = [
    ...draft.faults,
    ...inheritance.faults(),
    ...new NodeChecker(draft, inheritance).faults(),
    ...checkGrades(header, document),
    ...checkInterpretations(header, document),
    ...checkOverall(header, draft.modules.length, document),
    ...checkStages(draft),
  ];
  const seen = new Set<string>();
  return found
    .filter((fault) => {
      const key = JSON.stringify(fault);
      return seen.has(key) ? false : Boolean(seen.add(key));
    })
    .sort(byPlace);
}

/** Reads and checks a model file; either a whole model or every fault that was found. */
export function checkModel(yaml: string): ModelCheck {
  const draft = readDraft(readYaml(yaml));
  const inheritance = new Inheritance(draft);
  const faults = draft.document.value === undefined ? draft.faults : allFaults(draft, inheritance);
  if (faults.length > 0) return { model: null, faults };
  return { model: buildModel(yaml, draft, inheritance), faults: [] };
}

function buildModel(yaml: string, draft: Draft, inheritance: Inheritance): Model {
  const header = draft.header as HeaderFields &
    Partial<Pick<HeaderFields, 'roundTo' | 'interpretations' | 'stages'>>;
  return {
    id: header.id,
    version: header.version,
    title: header.title,
    description: header.description,
    sha256: sha256Of(yaml),
    yaml,
    source: header.source,
    coverageFloor: header.coverageFloor ?? defaultCoverageFloor,
    roundTo: header.roundTo ?? null,
    grades: header.grades,
    overall: header.overall,
    interpretations: header.interpretations ?? [],
    stages: header.stages ?? [],
    nodes: draft.modules.map((node) => buildNode(node, draft, inheritance)),
  };
}

function buildNode(node: DraftNode, draft: Draft, inheritance: Inheritance): ModelNode {
  const fields = inheritance.fieldsOf(node) as NodeFields & LeafFields;
  const { combine } = node.own;
  return {
    id: node.id,
    localId: node.localId ?? '',
    level: node.level,
    title: fields.title,
    meaning: fields.meaning,
    unit: node.isLeaf ? fields.unit : 'score',
    weight: node.own.weight ?? null,
    combine: !combine
      ? null
      : 'formula' in combine
        ? { kind: 'formula', ...combine }
        : { kind: 'method', ...combine },
    children: node.children.map((child) => buildNode(child, draft, inheritance)),
    leaf: node.isLeaf ? buildLeaf(node, fields, draft) : null,
  };
}

function buildLeaf(node: DraftNode, fields: LeafFields, draft: Draft): Leaf {
  const { measure } = checkMeasure(fields.measure, measureContext(node, draft));
  const scale = makeScale(fields);
  if (!measure || !scale) throw new Error(`${node.id} was checked and yet cannot be built`);
  const { direction, best, worst, range, tolerance, zeroBase, frequency, owner, intervention } = fields;
  return {
    measure,
    direction,
    best,
    worst,
    range,
    scale,
    tolerance,
    zeroBase,
    frequency,
    owner,
    intervention,
    referencePoints: fields.referencePoints ?? [],
  };
}
