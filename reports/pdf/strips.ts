import type { Heading } from '../document/blocks.ts';
import type { Canvas } from './canvas.ts';
import { textHeight } from './style.ts';

/** A piece of the report that is never cut by the end of a page. */
export interface Strip {
  readonly height: number;
  /** Space above it, dropped at the top of a page. */
  readonly gap: number;
  /** Stays on one page with the strip that follows. */
  readonly keepsWithNext: boolean;
  readonly startsPage?: boolean;
  /** The heading that this strip shows, for contents and bookmarks. */
  readonly heading?: Heading;
  /** Shown again above this strip when it begins a page (a table's header row). */
  readonly repeat?: Strip;
  /** Draws at `y`, the strip's top; `pageOf` gives the page number of a heading. */
  readonly paint: (canvas: Canvas, y: number, pageOf: (headingId: string) => number) => void;
}

export interface PlacedStrip {
  readonly strip: Strip;
  /** Distance from the top of the text area. */
  readonly y: number;
}

export type PlacedPage = readonly PlacedStrip[];

/** Distributes strips over pages: chains that keep together move to the next page as a whole, if a page can hold them. */
export function paginate(strips: readonly Strip[]): PlacedPage[] {
  const pages: PlacedStrip[][] = [[]];
  let y = 0;
  const turn = () => {
    pages.push([]);
    y = 0;
  };
  const put = (strip: Strip) => {
    const current = pages.at(-1) ?? [];
    if (current.length === 0 && strip.repeat) {
      current.push({ strip: strip.repeat, y: 0 });
      y = strip.repeat.height;
    }
    if (current.length > 0 && !(current.length === 1 && strip.repeat === current[0]?.strip)) y += strip.gap;
    current.push({ strip, y });
    y += strip.height;
  };
  for (const chain of chainsOf(strips)) {
    const first = chain[0];
    if (!first) continue;
    const isOnEmptyPage = pages.at(-1)?.length === 0;
    const needed = heightOf(chain);
    if (!isOnEmptyPage && (first.startsPage || (y + needed > textHeight && fitsOnOnePage(chain)))) turn();
    for (const strip of chain) {
      if (pages.at(-1)?.length && y + strip.gap + strip.height > textHeight) turn();
      put(strip);
    }
  }
  return pages;
}

function heightOf(chain: readonly Strip[]): number {
  return chain.reduce((sum, strip) => sum + strip.gap + strip.height, 0);
}

function fitsOnOnePage(chain: readonly Strip[]): boolean {
  return heightOf(chain) - (chain[0]?.gap ?? 0) + (chain[0]?.repeat?.height ?? 0) <= textHeight;
}

function chainsOf(strips: readonly Strip[]): Strip[][] {
  const chains: Strip[][] = [];
  let isOpen = false;
  for (const strip of strips) {
    const last = chains.at(-1);
    if (isOpen && last && !strip.startsPage) last.push(strip);
    else chains.push([strip]);
    isOpen = strip.keepsWithNext;
  }
  return chains;
}
