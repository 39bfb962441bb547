import { quotePromql, type Slo, sloLabels } from '../../contract.ts';

type Labels = Readonly<Record<string, string>>;

/** Labels that tell an SLO from all others. */
export const idLabelsOf = ({ id, service, name }: Slo): Labels => ({
  [sloLabels.id]: id,
  [sloLabels.service]: service,
  [sloLabels.slo]: name,
});

/** `{sloth_id="..", sloth_service="..", sloth_slo=".."}`: the recorded series of one SLO. */
export function filterOf(slo: Slo): string {
  const matchers = Object.entries(idLabelsOf(slo)).map(([name, value]) => `${name}=${quotePromql(value)}`);
  return `{${matchers.join(', ')}}`;
}

/** By name, as Sloth writes them; the right one wins where both have a label. */
export function sortedLabels(...all: readonly Labels[]): Labels {
  const merged: Labels = Object.assign({}, ...all);
  return Object.fromEntries(Object.entries(merged).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
