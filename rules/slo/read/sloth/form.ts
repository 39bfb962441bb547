import { z } from 'zod';
import { labelsForm } from '../labels.ts';

const text = z.string().min(1);

const pluginsForm = z.strictObject({
  overridePrevious: z.boolean().optional(),
  chain: z.array(z.strictObject({ id: text, priority: z.int().optional(), config: z.unknown().optional() })),
});

const alertForm = z.strictObject({
  disable: z.boolean().optional(),
  labels: labelsForm.optional(),
  annotations: labelsForm.optional(),
});

const alertingHead = {
  name: z.string().optional(),
  labels: labelsForm.optional(),
  annotations: labelsForm.optional(),
};

const sliPlugin = z.strictObject({ id: text, options: z.record(z.string(), z.unknown()).optional() });

const sloHead = {
  name: text,
  description: z.string().optional(),
  objective: z.number(),
  labels: labelsForm.optional(),
  plugins: pluginsForm.optional(),
};

/** Sloth 0.16, `version: prometheus/v1`. */
export const slothForm = z.strictObject({
  version: z.literal('prometheus/v1'),
  service: text,
  labels: labelsForm.optional(),
  slo_plugins: pluginsForm.optional(),
  slos: z
    .array(
      z.strictObject({
        ...sloHead,
        sli: z.strictObject({
          events: z.strictObject({ error_query: text, total_query: text }).optional(),
          raw: z.strictObject({ error_ratio_query: text }).optional(),
          plugin: sliPlugin.optional(),
        }),
        alerting: z
          .strictObject({
            ...alertingHead,
            page_alert: alertForm.optional(),
            ticket_alert: alertForm.optional(),
          })
          .optional(),
      }),
    )
    .min(1),
});

const metadataForm = z.looseObject({ name: text });

/** Sloth's Kubernetes resource, `kind: PrometheusServiceLevel`. */
export const slothResourceForm = z.strictObject({
  apiVersion: z.literal('sloth.slok.dev/v1'),
  kind: z.literal('PrometheusServiceLevel'),
  metadata: metadataForm,
  status: z.unknown().optional(),
  spec: z.strictObject({
    service: text,
    labels: labelsForm.optional(),
    sloPlugins: pluginsForm.optional(),
    slos: z
      .array(
        z.strictObject({
          ...sloHead,
          sli: z.strictObject({
            events: z.strictObject({ errorQuery: text, totalQuery: text }).optional(),
            raw: z.strictObject({ errorRatioQuery: text }).optional(),
            plugin: sliPlugin.optional(),
          }),
          alerting: z
            .strictObject({
              ...alertingHead,
              pageAlert: alertForm.optional(),
              ticketAlert: alertForm.optional(),
            })
            .optional(),
        }),
      )
      .min(1),
  }),
});

export type SlothForm = z.infer<typeof slothForm>;
export type SlothSlo = SlothForm['slos'][number];
export type SlothPlugins = z.infer<typeof pluginsForm>;
type ResourceForm = z.infer<typeof slothResourceForm>;

/** The resource in the words of the plain form. */
export function plainForm({ spec }: ResourceForm): SlothForm {
  return {
    version: 'prometheus/v1',
    service: spec.service,
    labels: spec.labels,
    slo_plugins: spec.sloPlugins,
    slos: spec.slos.map(({ sli, alerting, ...head }) => ({
      ...head,
      sli: {
        events: sli.events && { error_query: sli.events.errorQuery, total_query: sli.events.totalQuery },
        raw: sli.raw && { error_ratio_query: sli.raw.errorRatioQuery },
        plugin: sli.plugin,
      },
      alerting: alerting && {
        name: alerting.name,
        labels: alerting.labels,
        annotations: alerting.annotations,
        page_alert: alerting.pageAlert,
        ticket_alert: alerting.ticketAlert,
      },
    })),
  };
}

const plainKeys = {
  slo_plugins: 'slo_plugins',
  error_query: 'error_query',
  total_query: 'total_query',
  error_ratio_query: 'error_ratio_query',
  page_alert: 'page_alert',
  ticket_alert: 'ticket_alert',
} as const;

const resourceKeys: Readonly<Record<keyof typeof plainKeys, string>> = {
  slo_plugins: 'sloPlugins',
  error_query: 'errorQuery',
  total_query: 'totalQuery',
  error_ratio_query: 'errorRatioQuery',
  page_alert: 'pageAlert',
  ticket_alert: 'ticketAlert',
};

/** How keys are spelt in the file, and where its SLOs are. */
export interface SlothSpelling {
  readonly format: 'prometheus/v1' | 'sloth/k8s';
  readonly root: readonly string[];
  readonly keys: Readonly<Record<keyof typeof plainKeys, string>>;
}

export const plainSpelling: SlothSpelling = { format: 'prometheus/v1', root: [], keys: plainKeys };
export const resourceSpelling: SlothSpelling = { format: 'sloth/k8s', root: ['spec'], keys: resourceKeys };
