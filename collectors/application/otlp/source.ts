import { type KeyValue, type Resource, textOf } from '../../wire/otlp-messages.ts';
import { keyOf, type Labels } from './labels.ts';

/** Who sent something: labels of its series. */
export interface Source {
  readonly service: string;
  /** `service`, `service_namespace` and the labels that the settings name: for what all replicas report together. */
  readonly shared: Labels;
  /** Tells shared labels apart. */
  readonly sharedKey: string;
  /** The same and `instance`: for what one process reports. */
  readonly own: Labels;
}

/** What tells replicas apart where `service.instance.id` is not set, the first that there is. */
const instanceAttributes = ['service.instance.id', 'k8s.pod.name', 'container.id', 'host.name'];

function attributesOf(attributes: readonly KeyValue[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const { key, value } of attributes) {
    const text = textOf(value);
    if (text !== null && text !== '') known.set(key, text.slice(0, 256));
  }
  return known;
}

/** A resource without `service.name` is `unknown_service`, as OpenTelemetry's specification has it. */
export function sourceOf(resource: Resource | null, resourceLabels: Labels): Source {
  const known = attributesOf(resource?.attributes ?? []);
  const service = known.get('service.name') ?? 'unknown_service';
  const shared: Record<string, string> = { service };
  const namespace = known.get('service.namespace');
  if (namespace !== undefined) shared.service_namespace = namespace;
  for (const [label, attribute] of Object.entries(resourceLabels)) {
    const value = known.get(attribute);
    if (value !== undefined) shared[label] = value;
  }
  const instance = instanceAttributes.map((name) => known.get(name)).find((value) => value !== undefined);
  const sharedKey = keyOf(service, shared);
  return { service, shared, sharedKey, own: instance === undefined ? shared : { ...shared, instance } };
}
