import type { PathStep } from '../../../contract.ts';
import { refuse, type SpecDocument } from '../spec-document.ts';
import type { SlothPlugins } from './form.ts';

const coreId = (name: string) => `sloth.dev/core/${name}/v1`;

/** Plugins that write the rules themselves: what is generated here without any plugin. */
const ruleWriters = ['sli_rules', 'metadata_rules', 'alert_rules'].map(coreId);
const coreIds = [...ruleWriters, ...['validate', 'noop', 'debug'].map(coreId)];

/** Says that the queries are MetricsQL. */
const metricsQlId = 'sloth.dev/contrib/validate_victoria_metrics/v1';

/** Refuses chains that would change the rules: those plugins are Go code that is not run here. */
export function checkPlugins(
  document: SpecDocument,
  path: readonly PathStep[],
  plugins: SlothPlugins | undefined,
): void {
  const ids = plugins?.chain.map(({ id }) => id) ?? [];
  for (const [index, id] of ids.entries()) {
    if (id === metricsQlId || coreIds.includes(id)) continue;
    const message = `the Sloth plugin "${id}" is not supported: it is Go code that changes the rules; remove it`;
    refuse(document, [...path, 'chain', index, 'id'], message);
  }
  const left = ruleWriters.filter((id) => !ids.includes(id));
  if (plugins?.overridePrevious === true && left.length > 0) {
    const message = `the chain replaces Sloth's own and leaves out ${left.join(', ')}: add them, or remove overridePrevious`;
    refuse(document, [...path, 'overridePrevious'], message, 'key');
  }
}

export const isMetricsQl = (...chains: readonly (SlothPlugins | undefined)[]) =>
  chains.some((plugins) => plugins?.chain.some(({ id }) => id === metricsQlId));
