import { readFile } from 'node:fs/promises';
import { InputError } from '../../collectors/contract.ts';
import { leavesOf, type Model, type ModelFault, type ModelNode } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import { readShippedModels } from '../../scoring/models/model-folder.ts';
import { causeText } from '../causes.ts';

/** `models/mine.yaml:12:5: formula: unknown symbol T9 (at modules[0].combine.formula)`. */
export function faultText(name: string, fault: ModelFault): string {
  const place = fault.line === null ? '' : `:${fault.line}:${fault.column ?? 1}`;
  return `${name}${place}: ${fault.message}${fault.path === '' ? '' : ` (at ${fault.path})`}`;
}

/** Checks a model's YAML; InputError with one sentence per fault. */
export function modelFrom(name: string, yaml: string): Model {
  const { model, faults } = scoringEngine.checkModel(yaml);
  if (model) return model;
  throw new InputError(faults.map((fault) => faultText(name, fault)));
}

let shipped: readonly Model[] | undefined;

/** The packs that come with the program, checked once. */
export function shippedModels(): readonly Model[] {
  shipped ??= readShippedModels().map(({ id, yaml }) => modelFrom(id, yaml));
  return shipped;
}

/** Finds the leaf that a measure of kind `indicator` takes its figure from, among the shipped models. */
export function shippedIndicator(model: string, indicator: string): ModelNode | null {
  const other = shippedModels().find(({ id }) => id === model);
  return (other && leavesOf(other).find(({ id }) => id === indicator)) ?? null;
}

/** Text of a file the user named; InputError when it cannot be read. */
export async function readUserFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new InputError(`${path} cannot be read: ${causeText(cause)}`, { cause });
  }
}

/** A shipped model by id, or a model file by path. */
export async function findModel(name: string, resolvePath: (path: string) => string): Promise<Model> {
  const known = shippedModels().find((model) => model.id === name);
  if (known) return known;
  if (!/\.ya?ml$/.test(name)) {
    const ids = shippedModels().map((model) => model.id);
    throw new InputError(
      `model "${name}" is unknown: name one of ${ids.join(', ')}, or the path of a .yaml file`,
    );
  }
  return modelFrom(name, (await readUserFile(resolvePath(name))).toString('utf8'));
}
