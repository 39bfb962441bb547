import type { ExpositionFormat } from './exposition.ts';

/** What we ask for, in the order and with the weights that Prometheus gives. */
export const acceptHeader =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

/**
 * The format that a content type names; null for one that names none of ours, an absent one included. Whatever the version,
 * as Prometheus does.
 */
export function formatOf(contentType: string | undefined): ExpositionFormat | null {
  const media = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (media === 'application/openmetrics-text') return 'openMetrics';
  return media === 'text/plain' ? 'text' : null;
}
