import type { SuiteStore } from './fixtures.ts';
export function describeMeasures(_: SuiteStore): void {}
