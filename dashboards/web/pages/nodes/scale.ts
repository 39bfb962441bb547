import type { Leaf, Scale, Unit } from '../../../../scoring/contract.ts';
import type { Formatter } from '../../format.ts';
import type { Translate } from '../../texts.ts';

/** Where an indicator earns all of its points, in words. */
export function targetOf(leaf: Leaf, unit: Unit, format: Formatter, t: Translate): string {
  if (leaf.scale.kind === 'band') {
    const { bestLow, bestHigh } = leaf.scale;
    return `${format.setting(bestLow, unit)}–${format.setting(bestHigh, unit)}`;
  }
  const best = format.setting(leaf.best, unit);
  // At the end of its range a figure cannot be better than its target.
  if (leaf.direction === 'band' || leaf.best === leaf.range.max || leaf.best === leaf.range.min) return best;
  return leaf.direction === 'higher' ? t('scale.atLeast', { best }) : t('scale.atMost', { best });
}

/** How a value becomes a score, in words. */
export function scaleInWords(scale: Scale, unit: Unit, format: Formatter, t: Translate): string {
  const value = (figure: number) => format.setting(figure, unit);
  if (scale.kind === 'none') return t('scale.none');
  if (scale.kind === 'linear')
    return t('scale.linear', { worst: value(scale.worst), best: value(scale.best) });
  if (scale.kind === 'band') {
    return t('scale.band', {
      low: value(scale.low),
      bestLow: value(scale.bestLow),
      bestHigh: value(scale.bestHigh),
      high: value(scale.high),
    });
  }
  return scale.steps
    .map((step) => t('scale.step', { from: value(step.from), score: format.number(step.score, 0) }))
    .join(format.language === 'zh' ? '；' : '; ');
}
