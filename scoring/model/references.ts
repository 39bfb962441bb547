import {
  leavesOf,
  type Model,
  type ModelFault,
  type ModelNode,
  type PathStep,
  readYaml,
  type Unit,
} from '../contract.ts';
import { suggest } from './fields.ts';

/** Units that are converted into each other where a figure is taken over. */
const times: readonly Unit[] = ['second', 'minute', 'hour', 'day', 'week'];

function placesOf(nodes: readonly ModelNode[], path: readonly PathStep[]): [ModelNode, PathStep[]][] {
  return nodes.flatMap((node, index) => {
    const own = [...path, index];
    return [[node, own], ...placesOf(node.children, [...own, 'children'])] as [ModelNode, PathStep[]][];
  });
}

/** What measures of kind `indicator` name that the other models do not have, or have in another unit. */
export function checkReferences(model: Model, others: readonly Model[]): ModelFault[] {
  const found = placesOf(model.nodes, ['modules']).flatMap(([node, path]) => {
    const message = referenceFault(node, others);
    return message ? [{ path: [...path, 'measure', 'indicator'], message }] : [];
  });
  if (found.length === 0) return [];
  const document = readYaml(model.yaml);
  return found.map(({ path, message }) => document.fault(path, message));
}

function referenceFault(node: ModelNode, others: readonly Model[]): string | null {
  const measure = node.leaf?.measure;
  if (measure?.kind !== 'indicator') return null;
  const named = `${measure.model}:${measure.indicator}`;
  const other = others.find(({ id }) => id === measure.model);
  if (!other) {
    const known = others.map(({ id }) => id);
    return `"${named}": no model is called "${measure.model}"${suggest(measure.model, known)}`;
  }
  const leaves = leavesOf(other);
  const leaf = leaves.find(({ id }) => id === measure.indicator);
  if (!leaf) {
    const near = suggest(
      measure.indicator,
      leaves.map(({ id }) => id),
    );
    return `"${named}": ${other.id} has no such indicator${near.startsWith('; did') ? near : ''}`;
  }
  if (leaf.leaf?.measure.kind === 'indicator')
    return `"${named}" takes its own figure from another model; name the indicator that is measured`;
  const areTimes = [leaf.unit, node.unit].every((unit) => times.includes(unit));
  return leaf.unit === node.unit || areTimes
    ? null
    : `"${named}" is in "${leaf.unit}", yet ${node.id} is in "${node.unit}"`;
}
