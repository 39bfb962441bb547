import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { BuildOptions, PanelDraft } from '../draft.ts';
import { legendIn, refIdOf } from './queries.ts';

/** Joins a table's queries on their labels, names its columns, and gives each the unit and colours of its query. */
export function shapeTable(
  builder: PanelBuilder,
  { queries, columns = {}, unit }: PanelDraft,
  language: BuildOptions['language'],
): void {
  const columnOf = (index: number) => (queries.length === 1 ? 'Value' : `Value #${refIdOf(index)}`);
  const headOf = (index: number) => legendIn(queries[index]?.legend ?? refIdOf(index), language);
  const labels = Object.entries(columns);
  const values = queries.map((_, index) => columnOf(index));
  builder.withTransformation({ id: 'merge', options: {} }).withTransformation({
    id: 'organize',
    options: {
      excludeByName: { Time: true },
      indexByName: Object.fromEntries(
        [...labels.map(([label]) => label), ...values].map((name, index) => [name, index]),
      ),
      renameByName: Object.fromEntries([
        ...labels.map(([label, head]) => [label, head[language]]),
        ...values.map((name, index) => [name, headOf(index)]),
      ]),
    },
  });
  for (const [index, query] of queries.entries()) {
    const properties: DynamicConfigValue[] = [{ id: 'unit', value: query.unit ?? unit }];
    if (query.steps) {
      const steps = query.steps.map(({ from, colour }) => ({ value: from, color: colour }));
      properties.push(
        { id: 'thresholds', value: { mode: 'absolute', steps } },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      );
    }
    builder.overrideByName(headOf(index), properties);
  }
}
