import type { SuiteStore } from './fixtures.ts';
export function describeDrill(_: SuiteStore): void {}
