/** How remote write behaves; numbers with their reason. */
export const remoteWritePolicy = {
  /** Samples of one request at most: half of what vmagent sends, so that a request stays far below a server's size limits. */
  samplesPerRequest: 5000,
  /** How long a request that is not full waits for more, so that many small runs share one. */
  lingerMilliseconds: 1000,
  /** As Prometheus waits for an answer. */
  timeoutMilliseconds: 30_000,
  /** What a server's answer may weigh; only its first line is shown. */
  answerBytes: 64 * 1024,
  /** First wait before another attempt, doubled each time. */
  firstBackOffMilliseconds: 500,
  /** Longest wait of our own: a server that is back is noticed within a minute. */
  longestBackOffMilliseconds: 60_000,
  /** Longest wait that a server may ask for by Retry-After. */
  longestRetryAfterMilliseconds: 600_000,
  /** A bound drops whole segments, so that a segment is a sixteenth of it ... */
  segmentsOfBound: 16,
  /** ... but no larger than what is read at one go when the program starts. */
  segmentBytes: 8 * 1024 * 1024,
  /** Held in memory while the disk refuses to be written; beyond it the oldest are dropped. */
  memoryBytes: 4 * 1024 * 1024,
} as const;

export type RemoteWritePolicy = { readonly [Name in keyof typeof remoteWritePolicy]: number };
