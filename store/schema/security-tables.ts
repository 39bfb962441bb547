/** Tables of the security register. */
export type SecuritySchema = {};
