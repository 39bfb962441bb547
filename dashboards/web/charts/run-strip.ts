import { escapeMark } from './marks.ts';

export interface StripRun {
  readonly light: string;
  readonly durationSeconds: number;
  /** What hovering and a screen reader say. */
  readonly title: string;
}

const height = 56;
/** Width of a run with its gap, in the drawing's units. */
const pitch = 12;

/** Runs side by side, oldest first: colour is how each ended, height how long it took (square root, so that short ones show). */
export function drawRunStrip(runs: readonly StripRun[], label: string): string {
  const longest = Math.max(...runs.map((run) => run.durationSeconds), 0.001);
  const bars = runs.map((run, at) => {
    const tall = Math.max(6, Math.sqrt(run.durationSeconds / longest) * height);
    const box = `x="${at * pitch + 1}" y="${(height - tall).toFixed(1)}" width="${pitch - 2}" height="${tall.toFixed(1)}"`;
    return `<rect class="cg-run-${run.light}" ${box} rx="2"><title>${escapeMark(run.title)}</title></rect>`;
  });
  const width = Math.max(runs.length, 30) * pitch;
  return `<svg class="cg-strip" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMark(label)}">${bars.join('')}</svg>`;
}

/** Phases of one exchange, one behind the other, to the scale of the slowest target. */
export function drawPhases(
  phases: readonly { readonly name: string; readonly seconds: number; readonly title: string }[],
  options: { readonly longestSeconds: number; readonly label: string },
): string {
  let from = 0;
  const parts = phases.map(({ name, seconds, title }) => {
    const [x, width] = [from, (seconds / options.longestSeconds) * 100];
    from += width;
    return `<rect class="cg-phase-${name}" x="${x.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%"><title>${escapeMark(title)}</title></rect>`;
  });
  return `<svg class="cg-phases" role="img" aria-label="${escapeMark(options.label)}">${parts.join('')}</svg>`;
}
