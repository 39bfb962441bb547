import { escapeMark } from './marks.ts';

/** A module's score on 0..100 against a stage: what counts is full, what lies above the maximum or is uncertain is pale. */
export function drawStageBar(
  bar: {
    readonly low: number | null;
    readonly high: number | null;
    readonly min: number;
    readonly max: number;
  },
  label: string,
): string {
  const { low, high, min, max } = bar;
  const counted = Math.min(low ?? 0, max);
  const box = (from: number, to: number, className: string) =>
    to > from
      ? `<rect class="${className}" x="${from.toFixed(1)}%" width="${(to - from).toFixed(1)}%" y="25%" height="50%"/>`
      : '';
  const tick = (at: number, className: string) =>
    `<line class="${className}" x1="${at}%" x2="${at}%" y1="0" y2="100%"/>`;
  return `<svg class="cg-stage-bar" role="img" aria-label="${escapeMark(label)}">${[
    box(0, 100, 'cg-meter-track'),
    box(counted, low ?? 0, 'cg-stage-above'),
    box(low ?? 0, high ?? 0, 'cg-stage-open'),
    box(0, counted, 'cg-stage-counted'),
    tick(min, 'cg-stage-min'),
    tick(max, 'cg-stage-max'),
  ].join('')}</svg>`;
}
