/** Samples in [from, to) count; milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function spanOf({ from, to }: { readonly from: string; readonly to: string }): Span {
  return { from: Date.parse(from), to: Date.parse(to) };
}

/**
 * Whole intervals of the declared length from the beginning of the span; a rest at its end is expected to hold nothing.
 * A span shorter than one interval is one.
 */
export function intervalsIn(span: Span, everySeconds: number): number {
  return Math.max(1, Math.floor((span.to - span.from) / (everySeconds * 1000)));
}

/**
 * How long before the span the sample may lie from which a counter grew to its first sample in the span. A counter
 * silent for longer begins anew.
 */
export const intervalsLookedBack = 5;
