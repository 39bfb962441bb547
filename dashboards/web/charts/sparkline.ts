/**
 * A small line of scores without axes, over at least 30 of the 100 points so that noise stays small; the last one is
 * dotted, gaps stay gaps. Plain SVG: one per table row.
 */
export function drawSparkline(scores: readonly (number | null)[], label: string): string {
  const [width, height, margin] = [96, 26, 4];
  const known = scores.filter((score) => score !== null);
  const middle = (Math.max(...known, 0) + Math.min(...known, 100)) / 2;
  const half = Math.max(15, (Math.max(...known, 0) - Math.min(...known, 100)) / 2);
  const step = (width - 2 * margin) / Math.max(1, scores.length - 1);
  const points = scores.map((score, at) =>
    score === null
      ? null
      : {
          x: margin + at * step,
          y: height / 2 - ((score - middle) / half) * (height / 2 - margin),
        },
  );
  const path = points
    .map((point, at) =>
      point ? `${points[at - 1] ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}` : '',
    )
    .join('');
  const last = points.at(-1);
  const dot = last ? `<circle cx="${last.x.toFixed(1)}" cy="${last.y.toFixed(1)}" r="2.6"/>` : '';
  const name = label.replace(/[&<>"]/g, ' ');
  return `<svg class="cg-spark" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${name}"><path d="${path}"/>${dot}</svg>`;
}

/** A share 0..1 as a bar, with the part that is unknown left open. */
export function drawMeter(share: number | null, className = ''): string {
  const width = (Math.min(1, Math.max(0, share ?? 0)) * 100).toFixed(1);
  const fill =
    share === null ? '' : `<rect class="cg-meter-fill ${className}" width="${width}%" height="100%" rx="3"/>`;
  return `<svg class="cg-meter" aria-hidden="true" width="100%"><rect class="cg-meter-track" width="100%" height="100%" rx="3"/>${fill}</svg>`;
}
