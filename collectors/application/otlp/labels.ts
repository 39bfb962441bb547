import { type KeyValue, textOf } from '../../wire/otlp-messages.ts';
import { labelName } from './prometheus-names.ts';

export type Labels = Readonly<Record<string, string>>;

/** Prometheus servers refuse series beyond such bounds; a point beyond them is dropped. */
export const maxLabels = 30;
export const maxLabelLength = 1024;

/** Names that say where a series comes from, or that a histogram or summary needs for itself. */
const taken = new Set(['service', 'service_namespace', 'instance', 'le', 'quantile']);

/**
 * Attributes as labels, by name. Two keys that become one name share it, their values joined by `;` in the order of the
 * keys; a name of the receiver's own moves aside as `exported_…`. Null beyond the bounds.
 */
export function labelsOf(attributes: readonly KeyValue[], base: Labels): Labels | null {
  const labels: Record<string, string> = { ...base };
  const own = new Map<string, string>();
  for (const { key, value } of attributes.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const text = textOf(value);
    if (text === null || text === '') continue;
    if (text.length > maxLabelLength) return null;
    const plain = labelName(key);
    const name = taken.has(plain) || Object.hasOwn(base, plain) ? `exported_${plain}` : plain;
    if (name === '') continue;
    const earlier = own.get(name);
    own.set(name, earlier === undefined ? text : `${earlier};${text}`);
  }
  if (own.size > maxLabels) return null;
  for (const [name, text] of own) labels[name] = text;
  return labels;
}

/** The same for the same labels in any order. */
export function keyOf(name: string, labels: Labels): string {
  const names = Object.keys(labels).sort();
  return names.reduce((key, label) => `${key}\n${label}\n${labels[label]}`, name);
}
