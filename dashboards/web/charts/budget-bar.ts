import { escapeMark } from './marks.ts';

/** Per cent of the bar's width that stand for an overdrawn budget, left of the line of zero. */
const overdrawnShare = 30;

/**
 * What is left of an error budget: to the right of the zero line while something is left, to its left when it is overdrawn. The
 * bar of a budget that is overdrawn by more than its own size is broken.
 */
export function drawBudgetBar(leftRatio: number | null, label: string): string {
  const left = Math.min(1, Math.max(-1, leftRatio ?? 0));
  const zero = overdrawnShare;
  const [from, to] = left >= 0 ? [zero, zero + left * (100 - zero)] : [zero + left * overdrawnShare, zero];
  const box = (start: number, end: number, className: string) =>
    end > start
      ? `<rect class="${className}" x="${start.toFixed(1)}%" width="${(end - start).toFixed(1)}%" y="25%" height="50%"/>`
      : '';
  const fill = left >= 0 ? 'cg-budget-left' : 'cg-budget-over';
  const beyond = leftRatio !== null && leftRatio < -1;
  return `<svg class="cg-budget" role="img" aria-label="${escapeMark(label)}">${[
    box(zero, 100, 'cg-meter-track'),
    leftRatio === null ? '' : box(from, to, fill),
    beyond
      ? [4, 7]
          .map((at) => `<line class="cg-budget-break" x1="${at}%" x2="${at - 2}%" y1="0" y2="100%"/>`)
          .join('')
      : '',
    `<line class="cg-budget-zero" x1="${zero}%" x2="${zero}%" y1="0" y2="100%"/>`,
  ].join('')}</svg>`;
}
