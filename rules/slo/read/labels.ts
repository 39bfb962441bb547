import { z } from 'zod';
import type { PathStep } from '../../contract.ts';
import { checkLabelNames } from './names.ts';
import { type SpecDocument, scalarText } from './spec-document.ts';

/** Label values may be written without quotes: `tier: 2`. */
export const labelsForm = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type LabelsForm = z.infer<typeof labelsForm>;

/** Labels (or annotations) as texts, their names checked. */
export function readLabels(
  document: SpecDocument,
  path: readonly PathStep[],
  labels: LabelsForm | undefined,
): Readonly<Record<string, string>> {
  checkLabelNames(document, path, labels);
  return Object.fromEntries(
    Object.entries(labels ?? {}).map(([name, value]) => [name, scalarText(document, [...path, name], value)]),
  );
}
