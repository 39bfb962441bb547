import type { Finding } from '../check.ts';

/** What an `own` plan gives. */
export type OwnResult = Finding & { readonly sql: readonly string[]; readonly scans: number };
