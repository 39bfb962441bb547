import { canonicalJson, type Slo, type SloDefinition, sha256Of } from '../contract.ts';

/** What of an SLO its figures depend on. */
export function definitionOf(slo: Slo): SloDefinition {
  const { id, service, name, title, description, objectivePercent, period, sli, minimumEvents } = slo;
  return { id, service, name, title, description, objectivePercent, period, sli, minimumEvents };
}

/** Lower-case hex, of the canonical JSON. */
export function definitionSha256(definition: SloDefinition): string {
  return sha256Of(canonicalJson(definition));
}
