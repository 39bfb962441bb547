import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Text } from '../../../scoring/contract.ts';
import type { BuildOptions, PanelDraft } from '../draft.ts';

/** Whatever the variable `$datasource` names. */
export const dataSource: DataSourceRef = { type: 'prometheus', uid: '$datasource' };

/** A, B, C ...: how a panel's queries are told apart. */
export const refIdOf = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);

export const legendIn = (legend: string | Text, language: BuildOptions['language']) =>
  typeof legend === 'string' ? legend : legend[language];

interface TargetHolder {
  withTarget(query: DataqueryBuilder): unknown;
}

/** Queries of panels over time are ranges, those of the newest values instants. */
export function addTargets(
  builder: TargetHolder,
  { kind, queries }: PanelDraft,
  language: BuildOptions['language'],
): void {
  for (const [index, { expr, legend }] of queries.entries()) {
    const query = new DataqueryBuilder().refId(refIdOf(index)).datasource(dataSource).expr(expr);
    if (legend !== undefined) query.legendFormat(legendIn(legend, language));
    if (kind === 'table') query.format(PromQueryFormat.Table).instant();
    else if (kind === 'bars') query.instant();
    else query.range();
    builder.withTarget(query);
  }
}
