import { checkKindSpecs } from '../../contract.ts';
import type { ReadForm } from './check-kind.ts';
import type { CheckSpec, OwnSpecs } from './check-spec.ts';
import { parseComparison } from './comparison.ts';
import { checkDefaults } from './defaults.ts';

type Own = OwnSpecs[keyof OwnSpecs] & { readonly columns: readonly string[] };

/** What a check's form says that is of its kind alone. */
function ownOf(read: ReadForm): Own {
  const { kind, form } = read;
  switch (kind) {
    case 'completeness':
      return { kind, columns: form.completeness };
    case 'uniqueness':
      return { kind, columns: form.uniqueness };
    case 'validity': {
      const { validity: column, type = null, pattern = null, codes = null } = form;
      const between = <Value>(one: { min?: Value | undefined; max?: Value | undefined } | undefined) =>
        one ? { min: one.min ?? null, max: one.max ?? null } : null;
      return {
        kind,
        column,
        columns: [column],
        type,
        pattern,
        codes,
        range: between(form.range),
        length: between(form.length),
      };
    }
    case 'format':
      return { kind, columns: form.format, as: form.as, bounds: form.bounds ?? null };
    case 'columns': {
      const parts = parseComparison(form.columns) ?? { left: form.columns, comparison: '=', right: '' };
      return { kind, ...parts, as: form.as ?? null, columns: [...new Set([parts.left, parts.right])] };
    }
    case 'reference': {
      const { columns, source, to } = form.reference;
      return { kind, columns, source, to };
    }
    case 'agreement': {
      const { key, columns: compared, source, tolerance } = form.agreement;
      const to = form.agreement.to ?? { key, columns: compared };
      return { kind, key, compared, source, to, tolerance, columns: [...key, ...compared] };
    }
    case 'freshness': {
      const { freshness: column, newest = null, each = null } = form;
      return { kind, column, columns: [column], newestSeconds: newest, eachSeconds: each };
    }
    case 'lag': {
      const { from, to } = form.lag;
      return { kind, from, to, withinSeconds: form.within, columns: [from, to] };
    }
    case 'volume': {
      const { min = null, max = null, history, tolerance = checkDefaults.historyTolerance } = form.volume;
      return {
        kind,
        columns: [],
        rows: { min, max },
        history: history === undefined ? null : { runs: history, tolerance },
      };
    }
    case 'drift':
      return {
        kind,
        column: form.drift,
        columns: [form.drift],
        runs: form.runs,
        baseline: form.baseline ?? null,
      };
    case 'schema':
      return { kind, columns: [], expected: form.schema.columns ?? null, extra: form.schema.extra };
    case 'similarity': {
      const { similarity: column, within = [], atLeast } = form;
      return { kind, column, columns: [column, ...within], within, atLeast };
    }
  }
}

/** A check with its defaults filled in. */
export function checkOfForm(read: ReadForm): CheckSpec {
  const { form, kind } = read;
  const own = ownOf(read);
  const spec = checkKindSpecs[kind];
  // An id stands in addresses: those take no line end of a column's name.
  const names = own.columns.join('-').replace(/\p{Cc}+/gu, ' ');
  const list = own.columns.join(', ');
  return {
    id: form.id ?? (names === '' ? kind : `${kind}-${names}`),
    title: form.title ?? {
      zh: list === '' ? spec.title.zh : `${spec.title.zh}：${list}`,
      en: list === '' ? spec.title.en : `${spec.title.en}: ${list}`,
    },
    problem: form.problem ?? spec.problem,
    dimension: form.dimension ?? spec.dimension,
    weight: form.weight,
    where: form.where ?? null,
    max: form.max ?? (kind === 'drift' ? checkDefaults.driftMax : checkDefaults.max),
    ...own,
  } as CheckSpec;
}
