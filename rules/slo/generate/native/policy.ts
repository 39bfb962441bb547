/** Numbers of the native style, each with its reason. */
export const nativePolicy = {
  /** Steps are judged this often at least: recorded samples are looked back for over 5 minutes, alerts would flap beyond. */
  longestStepSeconds: 60,
  /** A window holds two samples of the source or more, so that one that comes late does not empty it. */
  samplesInWindow: 2,
  /** Sums over a whole period move slowly; every 2 minutes they are still younger than the look-back of 5. */
  periodInterval: '2m',
  /** A restart or deployment of the source takes less; longer than this the SLO is blind. */
  absentFor: '10m',
} as const;

/** A decimal without the noise of binary fractions: 0.001, not 0.0009999999999999432. */
export const decimal = (value: number) => Number(value.toPrecision(12));
