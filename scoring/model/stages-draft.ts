import type { ModelFault, PathStep, StageModuleSpec } from '../contract.ts';
import type { Draft } from './draft.ts';
import { suggest } from './fields.ts';
import type { HeaderFields } from './schema.ts';

type StageFields = HeaderFields['stages'][number];

function shown(value: number): number {
  return Number(value.toPrecision(12));
}

/** What contradicts itself among the stages, and what the model does not have. */
export function checkStages({ header, modules, document }: Draft): ModelFault[] {
  const stages = header.stages ?? [];
  const moduleIds = modules.flatMap(({ localId }) => localId ?? []);
  return stages.flatMap((stage, index) => {
    const at = (path: readonly PathStep[], message: string, key?: 'key') =>
      document.fault(['stages', index, ...path], message, key ?? 'value');
    const faults = Object.entries(stage.modules).flatMap(([id, part]) => [
      ...(moduleIds.includes(id)
        ? []
        : [at(['modules', id], `no module is called "${id}"${suggest(id, moduleIds)}`, 'key')]),
      ...(part.min > part.max
        ? [at(['modules', id, 'min'], `min ${part.min} of "${id}" is above its max ${part.max}`)]
        : []),
    ]);
    if (stages.findIndex((each) => each.id === stage.id) < index)
      faults.push(at(['id'], `stage "${stage.id}" is there twice`));
    const before = stages[index - 1];
    const sums = sumFaults(stage).map(({ path, message }) => at(path, message));
    const falls = before ? fallingFaults(before, stage).map(({ path, message }) => at(path, message)) : [];
    return [...faults, ...sums, ...falls];
  });
}

interface PlacedMessage {
  readonly path: readonly PathStep[];
  readonly message: string;
}

function sumFaults({ modules, from }: StageFields): PlacedMessage[] {
  const parts = Object.values(modules);
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    return [{ path: ['modules'], message: `weights add up to ${shown(sum)}, not 1` }];
  }
  const most = parts.reduce((total, { weight, max }) => total + weight * max, 0);
  if (from <= most + 1e-9) return [];
  const message = `from ${from} can never be reached: with every module at its max the score is ${shown(most)}`;
  return [{ path: ['from'], message }];
}

/** A later stage asks for no less than the one before. */
function fallingFaults(before: StageFields, stage: StageFields): PlacedMessage[] {
  const faults: PlacedMessage[] = [];
  if (stage.from < before.from) {
    const message = `from ${stage.from} lies below the ${before.from} of the stage before, "${before.id}"`;
    faults.push({ path: ['from'], message });
  }
  for (const [id, part] of Object.entries(stage.modules)) {
    const earlier: StageModuleSpec | undefined = Object.hasOwn(before.modules, id)
      ? before.modules[id]
      : undefined;
    for (const key of ['min', 'max'] as const) {
      if (!earlier || part[key] >= earlier[key]) continue;
      const message = `${key} ${part[key]} of "${id}" lies below the ${earlier[key]} of the stage before, "${before.id}"`;
      faults.push({ path: ['modules', id, key], message });
    }
  }
  return faults;
}
