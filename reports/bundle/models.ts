import { InputError, type Model, type ScoringEngine } from '../../scoring/contract.ts';
import type { ReportBundle } from '../contract.ts';

/** The bundle's models, parsed and checked; InputError names each that is no valid model. */
export function modelsOf(bundle: ReportBundle, engine: ScoringEngine): Model[] {
  const models: Model[] = [];
  const faults: string[] = [];
  for (const { sha256, yaml } of bundle.models) {
    const check = engine.checkModel(yaml);
    if (check.model) models.push(check.model);
    else {
      const first = check.faults[0];
      faults.push(
        `the embedded model ${sha256.slice(0, 12)} is not valid: ${first?.path ?? ''} ${first?.message ?? ''} (${check.faults.length} faults)`,
      );
    }
  }
  if (faults.length) throw new InputError(faults);
  return models;
}
