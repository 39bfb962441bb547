/** Promises (SLOs), thresholds and the rules made of them: the only file of this folder that others (but the composer) may import. */
export * from '../scoring/contract.ts';
export * from './contract/budget.ts';
export * from './contract/lamp.ts';
export * from './contract/names.ts';
export * from './contract/prometheus-rules.ts';
export * from './contract/slo.ts';
export * from './contract/slo-figure.ts';
export * from './contract/threshold.ts';
export * from './contract/windows.ts';
