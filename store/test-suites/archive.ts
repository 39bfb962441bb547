import type { SuiteStore } from './fixtures.ts';
export function describeArchive(_: SuiteStore): void {}
