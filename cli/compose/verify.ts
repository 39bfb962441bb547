import { verify } from '../../reports/bundle/verify.ts';
import type { Verification } from '../../reports/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';

/** Recomputes a report from what it carries; asks neither the store nor the shipped models. */
export function verifyReport(bytes: Uint8Array): Promise<Verification> {
  return verify(bytes, { engine: scoringEngine });
}
