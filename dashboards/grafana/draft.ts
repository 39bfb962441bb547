import type { Text } from '../../scoring/contract.ts';

/** Grafana's unit ids as used here; `ratio` figures (0..1) are shown as `percentunit`. */
export type Unit =
  | 'percentunit'
  | 'percent'
  | 'short'
  | 'none'
  | 's'
  | 'h'
  | 'd'
  | 'bytes'
  | 'reqps'
  | 'kwatth'
  | 'prefix:¥'
  | 'suffix:×'
  | 'bool_yes_no'
  | 'bool_on_off';

/** A colour from this value upwards; the first step has none below it and its `from` is null. */
export interface ColourStep {
  readonly from: number | null;
  readonly colour: string;
}

/** A value that is shown as a word. */
export interface ValueWord {
  readonly value: number;
  readonly word: Text;
  readonly colour: string;
}

export interface QueryDraft {
  /** PromQL with Grafana's variables in it. */
  readonly expr: string;
  /** Of a series in the legend, `{{label}}`; the head of the column in a table. Absent = all labels. */
  readonly legend?: string | Text;
  /** Tables only: unit of this column, where it is not the panel's. */
  readonly unit?: Unit;
  /** Tables only: colours of this column. */
  readonly steps?: readonly ColourStep[];
}

/** How a panel is drawn: `series` over time, `timeline` of states, `table`, `stat` and `bars` of the newest values. */
export type PanelKind = 'series' | 'timeline' | 'table' | 'stat' | 'bars';

export interface PanelDraft {
  readonly kind: PanelKind;
  readonly title: Text;
  /** What is seen, and what to make of it. */
  readonly description: Text;
  readonly unit: Unit;
  readonly queries: readonly QueryDraft[];
  /** Columns of 24. */
  readonly width: number;
  /** Grid units of about 30 px. */
  readonly height: number;
  /** Page of CityGauge that says more: a path with slashes, without query. */
  readonly page: string;
  /** Pages of its series: `{ under: '/telemetry', label: 'job' }` opens `/telemetry/<value of job>`. */
  readonly seriesPage?: { readonly under: string; readonly label: string };
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly steps?: readonly ColourStep[];
  readonly words?: readonly ValueWord[];
  /** Tables only: label -> head of its column, in the order of the columns; other labels are not shown. */
  readonly columns?: Readonly<Record<string, Text>>;
}

export interface RowDraft {
  readonly title: Text;
  /** Set from left to right; a panel that does not fit begins a new line. */
  readonly panels: readonly PanelDraft[];
}

/** A variable whose values are those of a label: several may be chosen, and all are to begin with. */
export interface LabelVariable {
  readonly name: string;
  readonly title: Text;
  /** Selector of the series whose label it is. */
  readonly selector: string;
  readonly label: string;
}

/** A dashboard without anything of Grafana's JSON model; `compileDashboard` makes that of it. */
export interface DashboardDraft {
  /** Stable, `citygauge-` and the name of the draft's file. */
  readonly uid: string;
  readonly title: Text;
  readonly description: Text;
  readonly tags: readonly string[];
  /** Where the subjects to choose from are read. */
  readonly subjectsOf: string;
  readonly variables: readonly LabelVariable[];
  /** As Grafana writes it: `now-6h`. */
  readonly from: string;
  readonly refresh: string;
  readonly page: string;
  readonly rows: readonly RowDraft[];
}

export interface BuildOptions {
  readonly language: 'zh' | 'en';
  /** IANA zone of the subject. */
  readonly timeZone: string;
  /** Where CityGauge is served, without slash at the end. */
  readonly linkBase: string;
}
