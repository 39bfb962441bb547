import type { BlockOf, Heading } from '../document/blocks.ts';
import type { Canvas, Tag } from './canvas.ts';
import type { Strip } from './strips.ts';
import { ink, page, styles, type TextStyle, textWidth } from './style.ts';

/** Baseline within a line of this style, from the line's top. */
export function baselineIn(style: TextStyle): number {
  return style.leading / 2 + style.size * 0.36;
}

/** An element that is made when it is first needed, so that its strips share it across pages. */
export function lazily(make: () => Tag): () => Tag {
  let made: Tag | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** No single line of a paragraph stands alone at the foot or head of a page. */
export function keepsLine(index: number, count: number): boolean {
  return index < count - 1 && (index === 0 || index === count - 2);
}

export function layParagraph(canvas: Canvas, { text, style: name }: BlockOf<'paragraph'>): Strip[] {
  const style = styles[name];
  const inset = name === 'code' ? 8 : 0;
  const lines = canvas.lines(text, style, textWidth - 2 * inset);
  const tag = lazily(() => canvas.tag('P', canvas.root));
  return lines.map(
    (line, index): Strip => ({
      height: style.leading,
      gap: index === 0 ? 7 : 0,
      keepsWithNext: keepsLine(index, lines.length),
      paint: (on, y) => {
        if (name === 'code') {
          on.artifact('Layout', () => on.fill(page.left, y, textWidth, style.leading, ink.band));
        }
        tag().add(() => on.line(line, { x: page.left + inset, baseline: y + baselineIn(style) }, style));
      },
    }),
  );
}

export function layHeading(canvas: Canvas, heading: Heading): Strip[] {
  const style = heading.level === 1 ? styles.h1 : heading.level === 2 ? styles.h2 : styles.h3;
  const lines = canvas.lines(heading.text, style, textWidth);
  const tag = lazily(() => canvas.tag(`H${heading.level}`, canvas.root));
  const gap = heading.level === 1 ? 26 : heading.level === 2 ? 18 : 12;
  const isRuled = heading.level === 1;
  return lines.map((line, index): Strip => {
    const isLast = index === lines.length - 1;
    return {
      height: style.leading + (isLast && isRuled ? 6 : 0),
      gap: index === 0 ? gap : 0,
      keepsWithNext: true,
      ...(index === 0 ? { heading, startsPage: heading.startsPage } : {}),
      paint: (on, y) => {
        if (isLast && isRuled) {
          on.artifact('Layout', () =>
            on.rule(page.left, y + style.leading + 2, page.left + textWidth, ink.accent, 1.2),
          );
        }
        if (index === 0) on.anchor(heading.id, heading.text, y - 6, heading.level);
        tag().add(() => on.line(line, { x: page.left, baseline: y + baselineIn(style) }, style));
      },
    };
  });
}

export function layList(canvas: Canvas, { items }: BlockOf<'list'>): Strip[] {
  const style = styles.body;
  const indent = 14;
  const list = lazily(() => canvas.tag('L', canvas.root));
  return items.flatMap((item) => {
    const lines = canvas.lines(item, style, textWidth - indent);
    const entry = lazily(() => canvas.tag('LI', list()));
    const body = lazily(() => canvas.tag('LBody', entry()));
    return lines.map(
      (line, index): Strip => ({
        height: style.leading,
        gap: index === 0 ? 5 : 0,
        keepsWithNext: keepsLine(index, lines.length),
        paint: (on, y) => {
          const baseline = y + baselineIn(style);
          if (index === 0)
            on.tag('Lbl', entry()).add(() => on.line('•', { x: page.left + 3, baseline }, style));
          body().add(() => on.line(line, { x: page.left + indent, baseline }, style));
        },
      }),
    );
  });
}

export function layFacts(canvas: Canvas, { items }: BlockOf<'facts'>): Strip[] {
  const labelWidth = 150;
  const list = lazily(() => canvas.tag('L', canvas.root));
  return items.map((item, index): Strip => {
    const labels = canvas.lines(item.label, styles.cellMuted, labelWidth - 10);
    const values = canvas.lines(item.value, styles.cell, textWidth - labelWidth);
    const height = Math.max(labels.length, values.length) * styles.cell.leading + 6;
    return {
      height,
      gap: index === 0 ? 8 : 0,
      keepsWithNext: false,
      paint: (on, y) => {
        on.artifact('Layout', () => on.rule(page.left, y + height, page.left + textWidth, ink.rule, 0.4));
        const entry = on.tag('LI', list());
        const set = (lines: readonly string[], x: number, style: TextStyle) =>
          lines.forEach((line, index) => {
            on.line(line, { x, baseline: y + 3 + index * style.leading + baselineIn(style) }, style);
          });
        on.tag('Lbl', entry).add(() => set(labels, page.left, styles.cellMuted));
        on.tag('LBody', entry).add(() => set(values, page.left + labelWidth, styles.cell));
      },
    };
  });
}
