import {
  canonicalJson,
  type SloDefinition,
  type SloFigure,
  type SloSpan,
  sha256Of,
} from '../../rules/contract.ts';
import type { SloRegister } from '../contract.ts';
import { importedAt } from './fixtures.ts';

export const availability: SloDefinition = {
  ...{ id: 'portal-availability', service: 'portal', name: 'availability' },
  ...{ title: { zh: '门户可用性', en: 'Portal availability' }, description: '' },
  ...{ objectivePercent: 99.5, minimumEvents: 30 },
  period: { kind: 'calendar', unit: 'month', timeZone: 'Asia/Shanghai' },
  sli: { kind: 'events', errorQuery: 'errors[{{.window}}]', totalQuery: 'all[{{.window}}]', measure: null },
};

export const rolling: SloDefinition = {
  ...availability,
  id: 'portal-latency',
  period: { kind: 'rolling', days: 28 },
};

/** September 2026 in Shanghai. */
export const september: SloSpan = {
  kind: 'month',
  id: '2026-09',
  ...{ from: '2026-08-31T16:00:00Z', to: '2026-09-30T16:00:00Z' },
};

/** The window of 28 days that ends then. */
export function window28(to: string): SloFigure['span'] {
  const from = new Date(Date.parse(to) - 28 * 86_400_000).toISOString();
  return { kind: 'rolling', id: `28d@${to}`, from, to };
}

export function figureOf(
  definition: SloDefinition,
  subject: string,
  other: Partial<SloFigure> = {},
): SloFigure {
  return {
    ...{ slo: definition.id, subject, span: september, asOf: (other.span ?? september).to },
    ...{ counts: { bad: 17, total: 4000 }, state: 'measured', reason: null, excluded: [] },
    ...{ recent: { '1h': 0.002 }, queries: ['errors[30d]', 'all[30d]'], revision: 1, computedAt: importedAt },
    specSha256: sha256Of(canonicalJson(definition)),
    ...other,
  };
}

/** What became of one figure. */
export async function saveOne(slo: SloRegister, definition: SloDefinition, figure: SloFigure) {
  const [saved] = await slo.save([{ definition, figure }]);
  return saved;
}
