import type { CheckSpec } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { planColumns } from './columns.ts';
import { planAgreement } from './compare/agreement.ts';
import { planReference } from './compare/reference.ts';
import { planVolume } from './compare/volume.ts';
import { planCompleteness } from './completeness.ts';
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
    default:
      throw new Error(`checks of kind ${spec.kind} are not planned yet`);
  }
}
