import type { PanelDraft, RowDraft } from '../draft.ts';

/** Columns of Grafana's grid. */
export const gridColumns = 24;

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PlacedRow {
  readonly row: RowDraft;
  readonly place: Place;
  readonly panels: readonly { readonly panel: PanelDraft; readonly place: Place }[];
}

/** Sets rows below each other, and each row's panels in lines below its head; a line is as high as its highest panel. */
export function placeRows(rows: readonly RowDraft[]): PlacedRow[] {
  let y = 0;
  return rows.map((row) => {
    const place = { x: 0, y, w: gridColumns, h: 1 };
    y += 1;
    let x = 0;
    let lineHeight = 0;
    const panels = row.panels.map((panel) => {
      if (x + panel.width > gridColumns) {
        y += lineHeight;
        x = 0;
        lineHeight = 0;
      }
      const at = { x, y, w: panel.width, h: panel.height };
      x += panel.width;
      lineHeight = Math.max(lineHeight, panel.height);
      return { panel, place: at };
    });
    y += lineHeight;
    return { row, place, panels };
  });
}
