import {
  type FieldValue,
  fromBothLanguages,
  type RecordKind,
  recordKindSpecs,
} from '../../../../scoring/contract.ts';
import type { PageContext } from '../../page.ts';

/** Title of a record's field in words. */
export function fieldTitle({ say }: PageContext, kind: RecordKind, name: string): string {
  const title = recordKindSpecs[kind].fields[name]?.title;
  return title ? say(title) : name;
}

/** A record's field in words: instants in `zone`, codes by name, absence as a dash. */
export function printField(
  { format, t }: PageContext,
  value: FieldValue | undefined,
  { kind, name, zone }: { readonly kind: RecordKind; readonly name: string; readonly zone: string },
): string {
  if (value === null || value === undefined || value === '') return '—';
  const field = recordKindSpecs[kind].fields[name];
  if (field?.type === 'instant') return format.time(String(value), zone);
  if (field?.codes?.includes(String(value))) return t(`code.${value}`);
  if (typeof value === 'boolean' || field?.type === 'boolean')
    return t(String(value) === 'true' ? 'evidence.yes' : 'evidence.no');
  if (typeof value === 'number') return format.count(value);
  return typeof value === 'string' ? value : value.join(format.language === 'zh' ? '、' : ', ');
}

/** Why a record is faulty, in the page's language. */
export function printFault({ say }: PageContext, fault: string | null): string | null {
  return fault === null ? null : say(fromBothLanguages(fault));
}
