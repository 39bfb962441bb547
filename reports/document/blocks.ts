import type { Language } from '../../scoring/contract.ts';

/** A report as typed blocks with every word and number in place: PDF and HTML only set it. */
export interface ReportDocument {
  readonly language: Language;
  readonly number: string;
  readonly title: string;
  readonly subject: string;
  /** What page headers carry on the left. */
  readonly runningHead: string;
  /** The mark of synthetic data; null for real figures. */
  readonly sampleMark: string | null;
  readonly blocks: readonly Block[];
}

export type Block =
  | Cover
  | { readonly kind: 'contents'; readonly title: string }
  | Heading
  | { readonly kind: 'paragraph'; readonly text: string; readonly style: ParagraphStyle }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly items: readonly Fact[] }
  | { readonly kind: 'keyFigures'; readonly items: readonly KeyFigure[] }
  | Table
  | ChartBlock
  | { readonly kind: 'signOff'; readonly roles: readonly SignOffRole[] };

export type BlockOf<K extends Block['kind']> = Extract<Block, { kind: K }>;

export type ParagraphStyle = 'lead' | 'body' | 'note' | 'code';

export interface Cover {
  readonly kind: 'cover';
  readonly title: string;
  readonly subject: string;
  readonly period: string;
  /** The overall grade as one letter or a dash, with its caption. */
  readonly grade: Fact;
  readonly facts: readonly Fact[];
  readonly sampleNote: string | null;
}

export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2 | 3;
  readonly text: string;
  /** Unique in the document: anchors, bookmarks and page numbers hang on it. */
  readonly id: string;
  readonly startsPage: boolean;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface KeyFigure extends Fact {
  readonly note: string;
}

export interface Column {
  readonly title: string;
  /** Relative width. */
  readonly share: number;
  readonly align: 'left' | 'right' | 'center';
}

export interface Row {
  readonly cells: readonly string[];
  /** A long machine name, small below the first cell. */
  readonly code?: string;
  /** Small text across the whole width below the cells; part of the first cell. */
  readonly note?: string;
  readonly tone?: 'group' | 'muted';
}

export interface Table {
  readonly kind: 'table';
  /** Null where the heading right above says it. */
  readonly caption: string | null;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface ChartBlock {
  readonly kind: 'chart';
  readonly chart: Chart;
  /** What the chart shows, in words, for readers who do not see it. */
  readonly alt: string;
}

/** What a chart shows; `reports/charts` draws it. A null value is a gap, never a zero. */
export type Chart =
  | { readonly kind: 'radar'; readonly axes: readonly string[]; readonly series: readonly Series[] }
  | { readonly kind: 'trend'; readonly periods: readonly string[]; readonly series: readonly Series[] }
  | { readonly kind: 'bars'; readonly items: readonly Bar[]; readonly max: number };

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface Bar {
  readonly label: string;
  readonly value: number | null;
  /** The figure as printed at the bar. */
  readonly text: string;
}

export interface SignOffRole {
  readonly role: string;
  readonly fields: readonly string[];
}
