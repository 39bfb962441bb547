import type { SuiteStore } from './fixtures.ts';
export function describeCandidates(_: SuiteStore): void {}
