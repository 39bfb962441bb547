import { z } from 'zod';
import { authSettings, connectionTls, webAddress } from '../../connection.ts';
import { expositionFormats } from '../../exposition/exposition.ts';
import { relabelRule } from '../../exposition/relabel/relabel-rule.ts';
import { duration } from '../../runner/settings/duration.ts';

/** What a scrape may take when its settings do not say otherwise, each with its reason. */
export const scrapeDefaults = {
  /** As Prometheus. */
  timeout: '10s',
  /** kube-state-metrics of a large cluster has about 200,000. */
  maxSamples: 500_000,
  /** Such a page, decompressed, at about 250 bytes a sample. */
  maxMegabytes: 128,
  /** Three rounds of hanging targets, then, are a hundred within a job's 30 seconds. */
  concurrency: 32,
} as const;

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const url = webAddress.describe('Address of the page of metrics.');

const target = z.union([
  url,
  z.strictObject({
    url,
    instance: z.string().min(1).optional().describe('Label "instance"; host:port when absent.'),
    labels: z
      .record(z.string().regex(labelName, 'is no label name'), z.string())
      .default({})
      .describe('Added to every reading of this target.'),
  }),
]);

/** Two pages of one instance and the same labels would write the same `up`: one of them could be down unseen. */
function distinctTargets(targets: readonly z.output<typeof target>[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { labels }] of targetsOf({ targets }).entries()) {
    const key = JSON.stringify(Object.entries(labels).toSorted());
    const message = `has the instance "${labels.instance}" and the labels of a target before it: give one of them another instance or label`;
    if (seen.has(key)) context.addIssue({ code: 'custom', path: [index], message });
    seen.add(key);
  }
}

export const scrapeSettings = z.strictObject({
  targets: z
    .array(target)
    .min(1)
    .max(10_000)
    .superRefine(distinctTargets)
    .describe('Addresses, each with its own labels where needed.'),
  auth: authSettings.optional(),
  tls: connectionTls.optional(),
  timeout: duration.default(10).describe(`Of one target; ${scrapeDefaults.timeout} when absent.`),
  concurrency: z
    .int()
    .min(1)
    .max(500)
    .default(scrapeDefaults.concurrency)
    .describe('Targets asked, and pages held in memory, at the same time, at most.'),
  maxSamples: z
    .int()
    .min(1)
    .max(5_000_000)
    .default(scrapeDefaults.maxSamples)
    .describe(
      'A target that has more after relabelling is refused as a whole, as with sample_limit of Prometheus.',
    ),
  maxMegabytes: z
    .number()
    .positive()
    .max(512)
    .default(scrapeDefaults.maxMegabytes)
    .describe('Size of a page, decompressed; a larger one is refused.'),
  fallbackFormat: z
    .enum([...expositionFormats, 'none'])
    .default('text')
    .describe('How a page of another content type is read; none refuses it, as Prometheus 3 does.'),
  honorLabels: z
    .boolean()
    .default(false)
    .describe('True lets labels of the page win over ours; else they move to exported_... .'),
  honorTimestamps: z.boolean().default(true).describe('False dates every sample at the scrape.'),
  metricRelabel: z
    .array(relabelRule)
    .max(200)
    .default([])
    .describe('Rules for names and labels, in their order, as metric_relabel_configs of Prometheus.'),
});

export type ScrapeSettings = z.output<typeof scrapeSettings>;

/** An address with the labels that its readings get. */
export interface ScrapeTarget {
  readonly url: string;
  readonly labels: Readonly<Record<string, string>>;
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

export function targetsOf({
  targets,
}: {
  readonly targets: readonly ScrapeSettings['targets'][number][];
}): readonly ScrapeTarget[] {
  return targets.map((each) => {
    const given = typeof each === 'string' ? { url: each, instance: undefined, labels: {} } : each;
    const { hostname, port, protocol } = new URL(given.url);
    const instance = given.instance ?? `${hostname}:${port || defaultPorts[protocol]}`;
    return { url: given.url, labels: { ...given.labels, instance } };
  });
}
