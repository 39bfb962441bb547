import { type RuleGroup, readYamlDocuments } from '../../contract.ts';
import { specLimits } from '../read/read-slos.ts';

/** A Kubernetes resource of SLOs, as far as the resource of its rules takes over from it. */
export interface SloManifest {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Ids of its SLOs. */
  readonly slos: readonly string[];
}

/** prometheus-operator's resource, in the shape in which it is written. */
export interface RuleManifest {
  readonly apiVersion: 'monitoring.coreos.com/v1';
  readonly kind: 'PrometheusRule';
  readonly metadata: object;
  readonly spec: { readonly groups: readonly RuleGroup[] };
}

interface Resource {
  readonly kind?: string;
  readonly metadata: { name: string; namespace?: string; labels?: object; annotations?: object };
  readonly spec: { readonly service: string; readonly slos: readonly { readonly name: string }[] };
}

const texts = (map: object = {}) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));

/** The `PrometheusServiceLevel` resources of a file that `readSlos` has read without a fault. */
export function manifestsOf(text: string): SloManifest[] {
  if (!text.includes('PrometheusServiceLevel')) return [];
  return readYamlDocuments(text, specLimits)
    .map(({ value }) => value as Resource)
    .filter(({ kind }) => kind === 'PrometheusServiceLevel')
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      labels: texts(metadata.labels),
      annotations: texts(metadata.annotations),
      slos: spec.slos.map(({ name }) => `${spec.service}-${name}`),
    }));
}

/** Labels by which Sloth marks the resources it writes. */
const marks = { 'app.kubernetes.io/component': 'SLO', 'app.kubernetes.io/managed-by': 'sloth' };

/** The resource that Sloth writes for a resource of SLOs. */
export function ruleManifest(of: SloManifest, groups: readonly RuleGroup[]): RuleManifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      ...(Object.keys(of.annotations).length > 0 && { annotations: of.annotations }),
      labels: { ...of.labels, ...marks },
      name: of.name,
      ...(of.namespace !== undefined && { namespace: of.namespace }),
    },
    spec: { groups },
  };
}
