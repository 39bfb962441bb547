/** What collectors yield and everyone else reads: the only file of this folder that other folders may import. */
export * from './contract/bounded-yaml.ts';
export * from './contract/collector.ts';
export * from './contract/linear-regex.ts';
export * from './contract/observation.ts';
export * from './contract/period.ts';
export * from './contract/ports.ts';
export * from './contract/quality.ts';
export * from './contract/quality-score.ts';
export * from './contract/quality-threshold.ts';
export * from './contract/reading.ts';
export * from './contract/records.ts';
export * from './contract/secret-ref.ts';
export * from './contract/security.ts';
export type * from './contract/sql-port.ts';
export * from './contract/subject.ts';
export * from './contract/text.ts';
