/** Tables of data-quality runs. */
export type QualitySchema = {};
