import { readFileSync } from 'node:fs';
import { collectors } from '../collectors/collectors.ts';
import { InputError } from '../collectors/contract.ts';
import type { StoreOptions } from '../store/open-store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where metric measures are computed, from PROMETHEUS_URL and PROMETHEUS_BEARER_TOKEN or PROMETHEUS_BEARER_TOKEN_FILE. */
export function storeOptions(environment: Environment): StoreOptions {
  return {
    prometheusUrl: environment.PROMETHEUS_URL || undefined,
    prometheusToken:
      environment.PROMETHEUS_BEARER_TOKEN || tokenOfFile(environment.PROMETHEUS_BEARER_TOKEN_FILE),
    collectorsOf,
  };
}

/** Ids of the collectors that declare to yield the metric. */
export function collectorsOf(metric: string): string[] {
  const yielding = collectors.filter(({ metrics }) => metrics.some(({ name }) => name === metric));
  return yielding.map(({ id }) => id);
}

function tokenOfFile(path: string | undefined): string | undefined {
  if (!path) return undefined;
  let token: string;
  try {
    token = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new InputError(
      `PROMETHEUS_BEARER_TOKEN_FILE names ${path}, which cannot be read: correct the path or its rights.`,
      { cause },
    );
  }
  if (token !== '') return token;
  throw new InputError(
    `PROMETHEUS_BEARER_TOKEN_FILE names ${path}, which is empty: write the token into it.`,
  );
}
