/**
 * What a report may be at most. Scanners are run by others and files come from anywhere: a report beyond these is refused
 * or cut before it costs memory.
 */
export const reportLimits = {
  /** Of any file, as it lies there and decompressed: a day of EVE of a busy sensor. */
  streamBytes: 4 * 1024 * 1024 * 1024,
  /** Of XML, decompressed; the largest of real reports (an ARF of a full benchmark) take some 50 MB. */
  xmlBytes: 512 * 1024 * 1024,
  /** Of formats held in memory as a whole (JSON): some 200,000 findings of SARIF, at about six times that in memory. */
  documentBytes: 128 * 1024 * 1024,
  /** Levels of elements or brackets; the deepest of the published schemas has 20. */
  depth: 64,
  /** Elements of XML; a full ARF has some 300,000. */
  elements: 10_000_000,
  /** Bytes of one text, tag with its attributes or comment of XML, and of one line of line formats. */
  textBytes: 1024 * 1024,
  /** Findings, alarms, assets and the like of one report, before equal ones become one. */
  entries: 1_000_000,
  /** Identities are never cut, since two would become one: an entry with a longer one is skipped. */
  identityCharacters: 300,
  /** Titles and places are cut. */
  titleCharacters: 300,
  urlCharacters: 2000,
  /** Places that are told of one finding; the rest is counted. */
  places: 100,
  /** Other names of one asset that are kept. */
  aliases: 50,
  /** Skipped entries that are told one by one. */
  skippedExamples: 20,
} as const;

/** Bytes that are looked at to tell a format. */
export const headBytes = 64 * 1024;

/** A report may be this much ahead of our clock, as readings may; one that lies further ahead would count as the newest for ever. */
export const allowedLeadMilliseconds = 5 * 60_000;

/** No report is older: none of the formats is. A clock without a battery begins in 1970 or 1980, and every finding would be that old. */
export const earliestReportAt = '2000-01-01T00:00:00.000Z';
