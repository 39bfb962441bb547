/** Reading business records and observations from files: what the composer uses of `records/`. */
export {
  type FileImport,
  type ImportBatch,
  type ImportFileRequest,
  type ImportProgress,
  importFile,
  type ReadSummary,
} from './records/import-file.ts';
export { indicatorLookup } from './records/indicator-lookup.ts';
export { type Mapping, mappingJsonSchema } from './records/mapping/mapping.ts';
export { readMappingFile } from './records/mapping/mapping-file.ts';
export { parseMapping } from './records/mapping/mapping-yaml.ts';
export type { IndicatorLookup } from './records/normalise/row-context.ts';
export {
  type ObservationsRead,
  type ObservationsRequest,
  readObservations,
} from './records/read-observations.ts';
export { type ReadOptions, type RowBatch, type RowFile, readRows } from './records/reading/read-rows-file.ts';
export type { Cell, Reject, Row } from './records/reading/row.ts';
