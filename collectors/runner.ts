/** Running collectors by their settings file: what the composer uses of `runner/`. */
export { type CatalogueEntry, catalogueOf, metricCatalogue } from './runner/catalogue.ts';
export { deliver } from './runner/run/deliver.ts';
export { faultText } from './runner/run/fault-text.ts';
export { JobRunner } from './runner/run/job-runner.ts';
export { Redactor, withRedaction } from './runner/run/redaction.ts';
export type { Schedule } from './runner/schedule/cadence.ts';
export { type Limit, limitOf } from './runner/schedule/limit.ts';
export { type ScheduledJob, Scheduler } from './runner/schedule/scheduler.ts';
export { durationText } from './runner/settings/duration.ts';
export { hasTelemetryFile, readTelemetryFile } from './runner/settings/telemetry-file.ts';
export {
  type RemoteWriteSettings,
  telemetryDefaults,
  telemetryJsonSchema,
} from './runner/settings/telemetry-schema.ts';
export type { Job, TelemetrySettings } from './runner/settings/telemetry-yaml.ts';
