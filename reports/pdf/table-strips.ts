import type { Column, Row, Table } from '../document/blocks.ts';
import type { Canvas, Tag } from './canvas.ts';
import type { Strip } from './strips.ts';
import { ink, page, styles, type TextStyle, textHeight, textWidth } from './style.ts';
import { baselineIn, lazily } from './text-strips.ts';

/** A table lower than this is not divided between pages. */
const smallTable = 0.3 * textHeight;

const padding = { x: 5, y: 3.5 } as const;

interface Grid {
  readonly columns: readonly Column[];
  readonly left: readonly number[];
  readonly width: readonly number[];
}

/** A row as it will stand: the lines of each cell and of its note. */
interface SetRow {
  readonly cells: readonly (readonly string[])[];
  /** Below the first cell. */
  readonly code: readonly string[];
  readonly note: readonly string[];
  readonly style: TextStyle;
  readonly background: string | null;
}

/** Rows stay whole, the header row is repeated on each page, the caption stays with the first rows. */
export function layTable(canvas: Canvas, table: Table): Strip[] {
  const grid = gridOf(table.columns);
  const tag = lazily(() => canvas.tag('Table', canvas.root));
  const header = headerStrip(canvas, { grid, tag, gap: table.caption === null ? 8 : 0 });
  const rows = table.rows.flatMap((row) => rowStrips(canvas, { grid, row, tag, repeat: header.again }));
  const isSmall = rows.reduce((sum, row) => sum + row.height, 0) < smallTable;
  const body = rows.map((row, index) => ({
    ...row,
    keepsWithNext: index < rows.length - 1 && (isSmall || index === 0),
  }));
  const caption = table.caption === null ? [] : [captionStrip(canvas, table.caption)];
  return [...caption, header.once, ...body];
}

function gridOf(columns: readonly Column[]): Grid {
  const total = columns.reduce((sum, column) => sum + column.share, 0);
  const width = columns.map((column) => (column.share / total) * textWidth);
  const left = width.map(
    (_, index) => page.left + width.slice(0, index).reduce((sum, each) => sum + each, 0),
  );
  return { columns, left, width };
}

function captionStrip(canvas: Canvas, caption: string): Strip {
  const lines = canvas.lines(caption, styles.caption, textWidth);
  return {
    height: lines.length * styles.caption.leading + 3,
    gap: 12,
    keepsWithNext: true,
    paint: (on, y) => {
      on.tag('P', on.root).add(() => setLines(on, lines, { x: page.left, y, align: 'left' }, styles.caption));
    },
  };
}

interface HeaderTask {
  readonly grid: Grid;
  readonly tag: () => Tag;
  readonly gap: number;
}

/** The header once with tags, and again as page furniture. */
function headerStrip(canvas: Canvas, { grid, tag, gap }: HeaderTask): { once: Strip; again: Strip } {
  const style = styles.cellStrong;
  const cells = grid.columns.map((column, index) =>
    canvas.lines(column.title, style, innerWidth(grid, index)),
  );
  const height = Math.max(...cells.map((lines) => lines.length)) * style.leading + 2 * padding.y;
  const ground = (on: Canvas, y: number) => {
    on.fill(page.left, y, textWidth, height, ink.group);
    on.rule(page.left, y, page.left + textWidth, ink.accent, 0.9);
    on.rule(page.left, y + height, page.left + textWidth, ink.accent, 0.6);
  };
  const words = (on: Canvas, y: number, index: number) =>
    setLines(on, cells[index] ?? [], cellOrigin(grid, index, y + padding.y), style);
  const shape = { height, gap: 0 };
  return {
    once: {
      ...shape,
      gap,
      keepsWithNext: true,
      paint: (on, y) => {
        on.artifact('Layout', () => ground(on, y));
        const row = on.tag('TR', tag());
        for (const index of grid.columns.keys()) {
          on.tag('TH', row, { scope: 'Column' }).add(() => words(on, y, index));
        }
      },
    },
    again: {
      ...shape,
      keepsWithNext: false,
      paint: (on, y) => {
        on.artifact('Pagination', () => {
          ground(on, y);
          for (const index of grid.columns.keys()) words(on, y, index);
        });
      },
    },
  };
}

interface RowTask {
  readonly grid: Grid;
  readonly row: Row;
  readonly tag: () => Tag;
  readonly repeat: Strip;
}

/** One strip; several only when the row alone is higher than a page. */
function rowStrips(canvas: Canvas, { grid, row, tag, repeat }: RowTask): Strip[] {
  const style =
    row.tone === 'group' ? styles.cellStrong : row.tone === 'muted' ? styles.cellMuted : styles.cell;
  const cells = grid.columns.map((_, index) =>
    canvas.lines(row.cells[index] ?? '', style, innerWidth(grid, index)),
  );
  const note = row.note ? canvas.lines(row.note, styles.cellNote, textWidth - 2 * padding.x) : [];
  const code = row.code ? canvas.lines(row.code, styles.cellNote, innerWidth(grid, 0)) : [];
  const background = row.tone === 'group' ? ink.band : null;
  const element = lazily(() => canvas.tag('TR', tag()));
  const parts = partsOf({ cells, code, note, style, background }, textHeight - repeat.height - 20);
  return parts.map((part, index): Strip => {
    const firstCell =
      (part.cells[0]?.length ?? 0) * style.leading + part.code.length * styles.cellNote.leading;
    const body = Math.max(
      firstCell,
      ...part.cells.map((lines) => lines.length * style.leading),
      style.leading,
    );
    const hasCells = part.cells.some((lines) => lines.length > 0);
    const height = (hasCells ? body : 0) + part.note.length * styles.cellNote.leading + 2 * padding.y;
    return {
      height,
      gap: 0,
      keepsWithNext: false,
      repeat,
      paint: (on, y) => {
        on.artifact('Layout', () => {
          if (background) on.fill(page.left, y, textWidth, height, background);
          on.rule(page.left, y + height, page.left + textWidth, ink.rule, 0.4);
        });
        paintRow(on, {
          part,
          grid,
          y,
          bodyHeight: hasCells ? body : 0,
          row: element(),
          isFirst: index === 0,
        });
      },
    };
  });
}

/** Cuts a row that no page could hold into pieces that fit. */
function partsOf(row: SetRow, height: number): SetRow[] {
  const cellLines = Math.floor(height / row.style.leading);
  const noteLines = Math.floor(height / styles.cellNote.leading);
  const longest = Math.max(1, ...row.cells.map((lines) => lines.length));
  const needed = longest * row.style.leading + row.note.length * styles.cellNote.leading;
  if (needed <= height) return [row];
  const parts: SetRow[] = [];
  for (let at = 0; at < longest; at += cellLines) {
    parts.push({
      ...row,
      cells: row.cells.map((lines) => lines.slice(at, at + cellLines)),
      note: [],
      code: at === 0 ? row.code : [],
    });
  }
  for (let at = 0; at < row.note.length; at += noteLines) {
    parts.push({
      ...row,
      cells: row.cells.map(() => []),
      code: [],
      note: row.note.slice(at, at + noteLines),
    });
  }
  return parts;
}

interface RowPaint {
  readonly part: SetRow;
  readonly grid: Grid;
  readonly y: number;
  readonly bodyHeight: number;
  readonly row: Tag;
  readonly isFirst: boolean;
}

function paintRow(on: Canvas, { part, grid, y, bodyHeight, row, isFirst }: RowPaint): void {
  for (const index of grid.columns.keys()) {
    const isHead = index === 0 && isFirst;
    const cell = isHead ? on.tag('TH', row, { scope: 'Row' }) : on.tag('TD', row);
    const lines = part.cells[index] ?? [];
    if (lines.length > 0) {
      cell.add(() => setLines(on, lines, cellOrigin(grid, index, y + padding.y), part.style));
    }
    if (index === 0 && part.code.length > 0) {
      const top = y + padding.y + lines.length * part.style.leading;
      cell.add(() =>
        setLines(on, part.code, { x: page.left + padding.x, y: top, align: 'left' }, styles.cellNote),
      );
    }
    if (index === 0 && part.note.length > 0) {
      const origin = { x: page.left + padding.x, y: y + padding.y + bodyHeight, align: 'left' as const };
      cell.add(() => setLines(on, part.note, origin, styles.cellNote));
    }
  }
}

interface Origin {
  readonly x: number;
  readonly y: number;
  readonly align: Column['align'];
}

function cellOrigin(grid: Grid, index: number, y: number): Origin {
  const align = grid.columns[index]?.align ?? 'left';
  const [left, width] = [grid.left[index] ?? page.left, grid.width[index] ?? 0];
  const x =
    align === 'left' ? left + padding.x : align === 'right' ? left + width - padding.x : left + width / 2;
  return { x, y, align };
}

function innerWidth(grid: Grid, index: number): number {
  return (grid.width[index] ?? 0) - 2 * padding.x;
}

function setLines(on: Canvas, lines: readonly string[], { x, y, align }: Origin, style: TextStyle): void {
  for (const [index, line] of lines.entries()) {
    on.line(line, { x, baseline: y + index * style.leading + baselineIn(style), align }, style);
  }
}
