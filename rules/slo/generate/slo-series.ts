import { quotePromql, type Slo, sloLabels } from '../../contract.ts';

type Labels = Readonly<Record<string, string>>;

/** Labels that tell an SLO from all others. */
export const idLabelsOf = ({ id, service, name }: Slo): Labels => ({
  [sloLabels.id]: id,
  [sloLabels.service]: service,
  [sloLabels.slo]: name,
});

/** `{a="b", c="d"}`. */
export function matchersOf(labels: Labels): string {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}=${quotePromql(value)}`);
  return `{${matchers.join(', ')}}`;
}

/** `{sloth_id="..", sloth_service="..", sloth_slo=".."}`: the recorded series of one SLO. */
export const filterOf = (slo: Slo) => matchersOf(idLabelsOf(slo));

/** By name, as Sloth writes them; the right one wins where both have a label. */
export function sortedLabels(...all: readonly Labels[]): Labels {
  const merged: Labels = Object.assign({}, ...all);
  return Object.fromEntries(Object.entries(merged).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
