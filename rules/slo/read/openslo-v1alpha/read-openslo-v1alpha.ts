import { z } from 'zod';
import type { PathStep, Slo } from '../../../contract.ts';
import { checkName } from '../names.ts';
import { noAlerts } from '../no-alerts.ts';
import { lineOf, type ReadSlo, readShape, refuse, type SpecDocument } from '../spec-document.ts';

const text = z.string().min(1);
const metricForm = z.strictObject({
  source: z.enum(['prometheus', 'sloth']),
  queryType: z.literal('promql'),
  query: text,
});
const metadataForm = z.strictObject({ name: text, displayName: z.string().optional() });

/** OpenSLO v1alpha as far as Sloth 0.16 reads it: ratios of PromQL over rolling days. */
const sloForm = z.strictObject({
  apiVersion: z.literal('openslo/v1alpha'),
  kind: z.literal('SLO'),
  metadata: metadataForm,
  spec: z.strictObject({
    service: text,
    description: z.string().optional(),
    budgetingMethod: z.literal('Occurrences').optional(),
    objectives: z
      .array(
        z.strictObject({
          displayName: z.string().optional(),
          value: z.number().optional(),
          target: z.number(),
          ratioMetrics: z.strictObject({
            good: metricForm,
            total: metricForm,
            counter: z.boolean().optional(),
            incremental: z.boolean().optional(),
          }),
        }),
      )
      .min(1),
    timeWindows: z
      .array(
        z.strictObject({
          count: z.int().positive(),
          unit: z.enum(['Day', 'day']),
          isRolling: z.boolean().optional(),
        }),
      )
      .max(1)
      .optional(),
  }),
});

const serviceForm = z.strictObject({
  apiVersion: z.literal('openslo/v1alpha'),
  kind: z.literal('Service'),
  metadata: metadataForm,
  spec: z.strictObject({ description: z.string().optional() }).optional(),
});

const missingRemedies = {
  ratioMetrics: ': give good and total; threshold metrics are read from openslo/v1',
  target: ': write the share of good events, 0.999',
};

/** Sloth's own wording of the ratio, blank for blank. */
const errorRatio = (good: string, total: string) =>
  `\n  1 - (\n    (\n      ${good}\n    )\n    /\n    (\n      ${total}\n    )\n  )\n`;

type SloForm = z.infer<typeof sloForm>;

function readObjectives(document: SpecDocument, base: readonly PathStep[], form: SloForm): ReadSlo[] {
  const { metadata, spec } = form;
  const { service, description = '' } = spec;
  const remedy = 'any text may stand in displayName';
  checkName(document, [...base, 'spec', 'service'], { name: service, of: 'service', remedy });
  checkName(document, [...base, 'metadata', 'name'], { name: metadata.name, of: 'SLO', remedy });
  return spec.objectives.map(({ ratioMetrics, target, displayName = '' }, index): ReadSlo => {
    const path = [...base, 'spec', 'objectives', index];
    const name = `${metadata.name}-${index}`;
    const titles = [metadata.displayName ?? '', spec.objectives.length > 1 ? displayName : ''];
    const title = titles.filter((each) => each !== '').join(' - ') || name;
    const { good, total } = ratioMetrics;
    const slo: Slo = {
      id: `${service}-${name}`,
      service,
      name,
      title: { zh: title, en: title },
      description,
      subject: null,
      objectivePercent: target * 100,
      period: { kind: 'rolling', days: spec.timeWindows?.[0]?.count ?? 30 },
      sli: { kind: 'ratio', errorRatioQuery: errorRatio(good.query, total.query), measure: null },
      labels: {},
      alerting: noAlerts,
      minimumEvents: 0,
      source: {
        file: document.file,
        format: 'openslo/v1alpha',
        line: lineOf(document, path),
        sha256: document.sha256,
      },
    };
    return {
      slo,
      document,
      places: {
        slo: { path },
        name: { path: [...base, 'metadata', 'name'] },
        objective: { path: [...path, 'target'] },
        period: { path: [...base, 'spec', 'timeWindows'] },
        ratio: { path: [...path, 'ratioMetrics'], isVerbatim: false },
      },
      queries: [
        { place: { path: [...path, 'ratioMetrics', 'good', 'query'] }, text: good.query },
        { place: { path: [...path, 'ratioMetrics', 'total', 'query'] }, text: total.query },
      ],
    };
  });
}

/** SLOs of an object, which stands at `base` of the document. */
export function readOpenSloAlpha(
  document: SpecDocument,
  base: readonly PathStep[],
  kind: unknown,
): ReadSlo[] {
  if (kind === 'Service') {
    readShape(serviceForm, document, missingRemedies, base);
    return [];
  }
  if (kind !== 'SLO') {
    refuse(document, [...base, 'kind'], 'of openslo/v1alpha SLO and Service are read: write openslo/v1');
    return [];
  }
  const form = readShape(sloForm, document, missingRemedies, base);
  return form ? readObjectives(document, base, form) : [];
}
