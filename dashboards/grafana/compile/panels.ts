import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
  MappingType,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { BuildOptions, ColourStep, PanelDraft, ValueWord } from '../draft.ts';
import type { Place } from './layout.ts';
import { addTargets, dataSource } from './queries.ts';
import { shapeTable } from './table-columns.ts';

type AnyPanelBuilder =
  | bargauge.PanelBuilder
  | stat.PanelBuilder
  | statetimeline.PanelBuilder
  | table.PanelBuilder
  | timeseries.PanelBuilder;

export interface PanelSetting {
  readonly panel: PanelDraft;
  readonly place: Place;
  /** Unique within the dashboard, from 1. */
  readonly id: number;
}

const newest = () => new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false);

const builders: Readonly<Record<PanelDraft['kind'], (panel: PanelDraft) => AnyPanelBuilder>> = {
  stat: ({ steps, words }) =>
    new stat.PanelBuilder()
      .reduceOptions(newest())
      .colorMode(steps || words ? common.BigValueColorMode.Value : common.BigValueColorMode.None)
      .graphMode(words ? common.BigValueGraphMode.None : common.BigValueGraphMode.Area),
  series: ({ steps }) => {
    const builder = new timeseries.PanelBuilder()
      .lineWidth(1)
      .fillOpacity(8)
      .showPoints(common.VisibilityMode.Auto)
      .legend(
        new common.VizLegendOptionsBuilder()
          .displayMode(common.LegendDisplayMode.List)
          .placement(common.LegendPlacement.Bottom)
          .showLegend(true)
          .calcs([]),
      )
      .tooltip(
        new common.VizTooltipOptionsBuilder()
          .mode(common.TooltipDisplayMode.Multi)
          .sort(common.SortOrder.Descending),
      );
    if (!steps) return builder;
    return builder.thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed),
    );
  },
  timeline: () => new statetimeline.PanelBuilder().mergeValues(true).fillOpacity(80),
  bars: () =>
    new bargauge.PanelBuilder()
      .reduceOptions(newest())
      .orientation(common.VizOrientation.Horizontal)
      .displayMode(common.BarGaugeDisplayMode.Basic),
  table: () => new table.PanelBuilder().showHeader(true).filterable(true),
};

function thresholdsOf(steps: readonly ColourStep[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(({ from, colour }) => ({ value: from, color: colour })));
}

function mappingOf(words: readonly ValueWord[], language: BuildOptions['language']): ValueMapping {
  const entries = words.map(({ value, word, colour }, index) => [
    String(value),
    { text: word[language], color: colour, index },
  ]);
  return { type: MappingType.ValueToText, options: Object.fromEntries(entries) };
}

/** Grafana puts the value of the label in its place when the link is followed: of the row in a table, else of the series. */
function seriesPath(
  kind: PanelDraft['kind'],
  { under, label }: NonNullable<PanelDraft['seriesPage']>,
): string {
  const field = kind === 'table' ? `__data.fields.${label}` : `__field.labels.${label}`;
  return `${under}/\${${field}:percentencode}`;
}

/** A link that opens a page of CityGauge in a tab of its own. */
export function linkTo(title: string, url: string): Builder<DashboardLink> {
  return shownLink(new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(true));
}

/** The SDK hides links in the menu of controls unless that is taken off. */
export function shownLink(builder: DashboardLinkBuilder): Builder<DashboardLink> {
  return {
    build() {
      const { placement: _hidden, ...link } = builder.build();
      return link;
    },
  };
}

/** The panel in Grafana's model. */
export function compilePanel({ panel, place, id }: PanelSetting, options: BuildOptions): Builder<Panel> {
  const { language, linkBase } = options;
  const builder = builders[panel.kind](panel)
    .id(id)
    .title(panel.title[language])
    .description(panel.description[language])
    .datasource(dataSource)
    .gridPos(place)
    .unit(panel.unit)
    .links([
      linkTo(
        language === 'zh' ? '在城衡（CityGauge）中查看' : 'Open in CityGauge',
        `${linkBase}${panel.page}`,
      ),
    ]);
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  builder.thresholds(thresholdsOf(panel.steps ?? [{ from: null, colour: 'blue' }]));
  if (panel.words) builder.mappings([mappingOf(panel.words, language)]);
  if (panel.seriesPage) {
    const title = language === 'zh' ? '查看该项' : 'Open this one';
    builder.dataLinks([linkTo(title, `${linkBase}${seriesPath(panel.kind, panel.seriesPage)}`)]);
  }
  addTargets(builder, panel, language);
  if (builder instanceof table.PanelBuilder) shapeTable(builder, panel, language);
  return builder;
}
