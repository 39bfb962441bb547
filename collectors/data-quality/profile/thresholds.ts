/** What a profile concludes from what it sees. All of it is a proposal that a person edits. */
export const profileRules = {
  /** Rows whose values are looked at to decide what is worth counting over the whole table. */
  sampleRows: 2000,
  /** Share of the sample that makes a reading worth counting. */
  worthCounting: 0.5,
  /** Share of present values that makes a type or a pattern: the rest are the errors to be found. */
  fittingShare: 0.99,
  /** Share that makes a built-in format: check digits fail more often than types. */
  formatShare: 0.95,
  /** Share of values that look personal from which a column is sensitive: one in a hundred is too many to show. */
  personalShare: 0.01,
  /** Different values that are a list of codes, at most. */
  mostCodes: 20,
  /** Rows for each code, on average, below which a list of codes is an accident of few rows. */
  rowsOfCode: 10,
  /** Digits of a whole number that a double holds; longer ones are numbers of something, not amounts. */
  mostDigits: 15,
  /** Columns from which pairs are formed in search of a key: fifteen pairs. */
  pairedColumns: 6,
  /** Estimated share of different values from which a column may be a key: DuckDB's estimate was seen 19 % too low. */
  keyShare: 0.7,
} as const;
