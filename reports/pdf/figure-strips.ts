import { chartSvg } from '../charts/chart-svg.ts';
import type { BlockOf, ChartBlock } from '../document/blocks.ts';
import type { Canvas } from './canvas.ts';
import type { Strip } from './strips.ts';
import { ink, page, styles, type TextStyle, textWidth } from './style.ts';
import { baselineIn, lazily } from './text-strips.ts';

export function layChart(canvas: Canvas, { chart, alt }: ChartBlock): Strip[] {
  const { svg, width, height } = chartSvg(chart, textWidth);
  const drawn = canvas.clean(svg);
  return [
    {
      height,
      gap: 10,
      keepsWithNext: false,
      paint: (on, y) => {
        const x = page.left + (textWidth - width) / 2;
        const figure = on.tag('Figure', on.root, {
          alt,
          placement: 'Block',
          bbox: [x, y, x + width, y + height],
        });
        figure.add(() => on.svg(drawn, x, y, { width, height }));
      },
    },
  ];
}

/** Boxes side by side: a label, a big figure, a note. */
export function layKeyFigures(canvas: Canvas, { items }: BlockOf<'keyFigures'>): Strip[] {
  const gutter = 10;
  const width = (textWidth - gutter * (items.length - 1)) / items.length;
  const inner = width - 20;
  const boxes = items.map((item) => ({
    label: canvas.lines(item.label, styles.note, inner),
    value: canvas.clean(item.value),
    style: fitted(canvas, canvas.clean(item.value), styles.figure, inner),
    note: canvas.lines(item.note, styles.cellNote, inner),
  }));
  const labelHeight = Math.max(...boxes.map((box) => box.label.length)) * styles.note.leading;
  const noteHeight = Math.max(...boxes.map((box) => box.note.length)) * styles.cellNote.leading;
  const height = 8 + labelHeight + styles.figure.leading + 2 + noteHeight + 8;
  return [
    {
      height,
      gap: 12,
      keepsWithNext: false,
      paint: (on, y) => {
        const list = lazily(() => on.tag('L', on.root));
        for (const [index, box] of boxes.entries()) {
          const left = page.left + index * (width + gutter);
          on.artifact('Layout', () => {
            on.fill(left, y, width, height, ink.band);
            on.fill(left, y, 2.5, height, ink.accent);
          });
          const entry = on.tag('LI', list());
          const x = left + 11;
          on.tag('Lbl', entry).add(() => stack(on, box.label, x, y + 8, styles.note));
          on.tag('LBody', entry).add(() => {
            on.line(box.value, { x, baseline: y + 8 + labelHeight + baselineIn(styles.figure) }, box.style);
            stack(on, box.note, x, y + 10 + labelHeight + styles.figure.leading, styles.cellNote);
          });
        }
      },
    },
  ];
}

function stack(on: Canvas, lines: readonly string[], x: number, y: number, style: TextStyle): void {
  for (const [index, line] of lines.entries()) {
    on.line(line, { x, baseline: y + index * style.leading + baselineIn(style) }, style);
  }
}

/** The style at the largest size, down to half, at which `text` is no wider than `width`. */
export function fitted(canvas: Canvas, text: string, style: TextStyle, width: number): TextStyle {
  const natural = canvas.measureIn(style)(text);
  return natural <= width
    ? style
    : { ...style, size: Math.max(style.size / 2, (style.size * width) / natural) };
}

/** Three boxes to sign in. */
export function laySignOff(canvas: Canvas, { roles }: BlockOf<'signOff'>): Strip[] {
  const rowHeight = 30;
  return roles.map(({ role, fields }): Strip => {
    const height = 24 + fields.length * rowHeight;
    const title = canvas.clean(role);
    return {
      height,
      gap: 18,
      keepsWithNext: false,
      paint: (on, y) => {
        on.artifact('Layout', () => {
          on.fill(page.left, y, textWidth, 22, ink.group);
          for (const index of fields.keys()) {
            on.rule(
              page.left + 110,
              y + 22 + (index + 1) * rowHeight - 4,
              page.left + textWidth,
              ink.muted,
              0.5,
            );
          }
        });
        on.tag('P', on.root).add(() =>
          on.line(title, { x: page.left + 8, baseline: y + 15 }, styles.cellStrong),
        );
        for (const [index, field] of fields.entries()) {
          const baseline = y + 22 + (index + 1) * rowHeight - 8;
          on.tag('P', on.root).add(() =>
            on.line(canvas.clean(field), { x: page.left + 8, baseline }, styles.cell),
          );
        }
      },
    };
  });
}
