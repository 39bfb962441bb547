/** A4 in points. */
export const page = { width: 595.28, height: 841.89, left: 56, right: 56, top: 72, bottom: 60 } as const;

export const textWidth = page.width - page.left - page.right;
export const textHeight = page.height - page.top - page.bottom;

/** Colours that stay apart when printed in grey. */
export const ink = {
  text: '#1c2733',
  muted: '#5b6774',
  accent: '#14456b',
  rule: '#c3ccd5',
  band: '#eef2f6',
  group: '#e3eaf1',
  sample: '#9a2b12',
  paper: '#ffffff',
} as const;

export interface TextStyle {
  readonly font: 'regular' | 'bold';
  readonly size: number;
  /** Distance between baselines. */
  readonly leading: number;
  readonly color: string;
}

const style = (font: TextStyle['font'], size: number, leading: number, color: string): TextStyle => ({
  font,
  size,
  leading,
  color,
});

export const styles = {
  h1: style('bold', 17, 25, ink.accent),
  h2: style('bold', 12.5, 19, ink.accent),
  h3: style('bold', 10.5, 16.5, ink.text),
  lead: style('regular', 11.5, 20, ink.text),
  body: style('regular', 9.8, 17, ink.text),
  note: style('regular', 8.2, 13.5, ink.muted),
  code: style('regular', 8.6, 14, ink.text),
  caption: style('bold', 8.6, 14, ink.text),
  cell: style('regular', 8.4, 13, ink.text),
  cellStrong: style('bold', 8.4, 13, ink.text),
  cellMuted: style('regular', 8.4, 13, ink.muted),
  cellNote: style('regular', 7.2, 11.2, ink.muted),
  figure: style('bold', 17, 22, ink.accent),
  coverTitle: style('bold', 28, 40, ink.accent),
  coverSubject: style('bold', 20, 30, ink.text),
  coverPeriod: style('regular', 14, 22, ink.muted),
  coverGrade: style('bold', 60, 72, ink.accent),
  sampleMark: style('bold', 26, 36, ink.sample),
  sampleNote: style('regular', 10, 16, ink.sample),
  header: style('regular', 7.6, 11, ink.muted),
} as const;
