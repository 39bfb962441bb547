import type { CheckSpec } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { planColumns } from './columns.ts';
import { planAgreement } from './compare/agreement.ts';
import { planDrift } from './compare/drift.ts';
import { planReference } from './compare/reference.ts';
import { planSchema } from './compare/schema.ts';
import { planSimilarity } from './compare/similarity.ts';
import { planVolume } from './compare/volume.ts';
import { planCompleteness } from './completeness.ts';
import { planFormat } from './format.ts';
import { planFreshness } from './freshness.ts';
import { planLag } from './lag.ts';
import type { PlanParts } from './plan-parts.ts';
import { planUniqueness } from './uniqueness.ts';
import { planValidity } from './validity.ts';

/** How a check of any kind is computed. */
export function planOf(spec: CheckSpec, parts: PlanParts): CheckPlan {
  switch (spec.kind) {
    case 'completeness':
      return planCompleteness(spec, parts);
    case 'uniqueness':
      return planUniqueness(spec, parts);
    case 'validity':
      return planValidity(spec, parts);
    case 'format':
      return planFormat(spec, parts);
    case 'columns':
      return planColumns(spec, parts);
    case 'freshness':
      return planFreshness(spec, parts);
    case 'lag':
      return planLag(spec, parts);
    case 'reference':
      return planReference(spec, parts);
    case 'agreement':
      return planAgreement(spec, parts);
    case 'volume':
      return planVolume(spec);
    case 'drift':
      return planDrift(spec, parts);
    case 'schema':
      return planSchema(spec, parts);
    case 'similarity':
      return planSimilarity(spec, parts);
  }
}
