import { isLabelName } from '../names.ts';
import type { OpenSloLabels } from './forms.ts';

/** A key of OpenSLO as the name of a Prometheus label: every other character is "_", as service discovery does it. */
function labelName(key: string): string {
  const name = key.replace(/[^A-Za-z0-9_]/g, '_');
  return isLabelName(name) ? name : `_${name}`;
}

/** Labels or annotations of OpenSLO as those of Prometheus; values of a list are joined by commas. */
export function prometheusLabels(labels: OpenSloLabels | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels ?? {}).map(([key, value]) => [
      labelName(key),
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  );
}
