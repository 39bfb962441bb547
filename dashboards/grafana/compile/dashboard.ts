import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { BuildOptions, DashboardDraft, LabelVariable } from '../draft.ts';
import { placeRows } from './layout.ts';
import { compilePanel, linkTo, shownLink } from './panels.ts';
import { dataSource } from './queries.ts';

/** On every dashboard, by which they find each other. */
export const commonTag = 'citygauge';

function labelVariable({ name, title, selector, label }: LabelVariable, language: BuildOptions['language']) {
  const query = `label_values(${selector}, ${label})`;
  return new QueryVariableBuilder(name)
    .label(title[language])
    .datasource(dataSource)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

const subjectVariable = (selector: string): LabelVariable => ({
  name: 'subject',
  title: { zh: '评估对象', en: 'Subject' },
  selector,
  label: 'subject',
});

/** A dashboard in Grafana's JSON model (schema version of the SDK), the same for the same draft and options. */
export function compileDashboard(draft: DashboardDraft, options: BuildOptions): Dashboard {
  const { language, timeZone, linkBase } = options;
  const builder = new DashboardBuilder(draft.title[language])
    .uid(draft.uid)
    .description(draft.description[language])
    .tags([commonTag, ...draft.tags])
    .timezone(timeZone)
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: draft.from, to: 'now' })
    .refresh(draft.refresh)
    .weekStart('monday')
    .withVariable(
      new DatasourceVariableBuilder('datasource')
        .label(language === 'zh' ? '数据源' : 'Data source')
        .type('prometheus'),
    )
    .link(linkTo(language === 'zh' ? '城衡' : 'CityGauge', `${linkBase}${draft.page}`))
    .link(
      shownLink(
        new DashboardLinkBuilder(language === 'zh' ? '其他看板' : 'Other dashboards')
          .type(DashboardLinkType.Dashboards)
          .tags([commonTag])
          .asDropdown(true)
          .keepTime(true)
          .includeVars(true),
      ),
    )
    .annotations([]);
  for (const variable of [subjectVariable(draft.subjectsOf), ...draft.variables]) {
    builder.withVariable(labelVariable(variable, language));
  }
  let id = 0;
  const nextId = () => {
    id += 1;
    return id;
  };
  for (const { row, place, panels } of placeRows(draft.rows)) {
    builder.withRow(new RowBuilder(row.title[language]).id(nextId()).gridPos(place));
    for (const placed of panels) builder.withPanel(compilePanel({ ...placed, id: nextId() }, options));
  }
  return builder.build();
}
