import type { FieldValue, Text, Unit } from '../../contract.ts';
import { type ColumnRule, idColumnOf, ruleOf } from '../mapping/bind-columns.ts';
import { fieldsOf } from '../mapping/import-fields.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type Cell, quoted, type Row } from '../reading/row.ts';
import { type CellReader, textOf } from './cell-values.ts';
import { fieldReader, type ReaderContext } from './field-readers.ts';
import { PercentWatch } from './percent-watch.ts';
import { isProblem, type Problem, rejected } from './problem.ts';
import type { RowContext } from './row-context.ts';
import { SubSubjects } from './subject-slugs.ts';
import { zoneClock } from './zoned-time.ts';

/** The fields of a row by name, before they become a record or an observation. */
export interface FieldRow {
  readonly line: number;
  readonly id: string | null;
  /** Null = the file does not say. */
  readonly subject: string | null;
  readonly fields: Record<string, FieldValue>;
  readonly fault: Text | null;
}

interface BoundField {
  readonly name: string;
  readonly position: number;
  readonly read: CellReader;
}

const maxIdLength = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: an id must be printable.
const unprintable = /[\u0000-\u001f\u007f-\u009f]/;

function readerContext(mapping: Mapping, context: RowContext, percents: PercentWatch): ReaderContext {
  return {
    timeFormats: typeof mapping.timeFormat === 'string' ? [mapping.timeFormat] : mapping.timeFormat,
    clock: zoneClock(mapping.timeZone ?? context.root.timeZone),
    emptyValues: new Set(mapping.emptyValues),
    percents,
  };
}

/** Turns rows of one file into fields by its mapping; keeps the sub-subjects it meets. */
export class RowReader {
  readonly subSubjects: SubSubjects | null;
  readonly percents = new PercentWatch();
  private readonly mapping: Mapping;
  private readonly context: RowContext;
  private readonly constants: Record<string, FieldValue> = {};
  private readonly columnFields: { name: string; rule: ColumnRule; read: CellReader }[] = [];
  private bound: BoundField[] = [];
  private boundColumns: readonly string[] | null = null;
  private idPosition = -1;
  private subjectPosition = -1;

  constructor(mapping: Mapping, context: RowContext) {
    this.mapping = mapping;
    this.context = context;
    this.subSubjects = mapping.subject?.as === 'name' ? new SubSubjects(context.root, mapping.subject) : null;
    const shared = readerContext(mapping, context, this.percents);
    for (const [name, spec] of Object.entries(fieldsOf(mapping.kind))) {
      this.constants[name] = null;
      const field = Object.hasOwn(mapping.fields, name) ? mapping.fields[name] : undefined;
      if (field === undefined) continue;
      const rule = ruleOf(field);
      if ('column' in rule) {
        this.columnFields.push({ name, rule, read: fieldReader(name, spec, rule, shared) });
        continue;
      }
      const value = fieldReader(name, spec, { column: `fields.${name}.constant` }, shared)(rule.constant);
      if (isProblem(value)) throw new RangeError(value.reason.en);
      this.constants[name] = value;
    }
  }

  /** Must be called before the first row and whenever columns were added. */
  bind(columns: readonly string[]): void {
    if (this.boundColumns?.length === columns.length) return;
    const idColumn = idColumnOf(this.mapping);
    this.boundColumns = columns;
    this.idPosition = idColumn === null ? -1 : columns.indexOf(idColumn);
    this.subjectPosition = this.mapping.subject ? columns.indexOf(this.mapping.subject.column) : -1;
    this.bound = this.columnFields
      .map(({ name, rule, read }) => ({ name, read, position: columns.indexOf(rule.column) }))
      .filter(({ position }) => position >= 0);
  }

  read(row: Row): FieldRow | Problem {
    const id = this.idOf(row);
    if (isProblem(id)) return id;
    const subject = this.subjectOf(row);
    if (isProblem(subject)) return subject;
    const fields = { ...this.constants };
    let unit = this.unitOf(fields.indicator);
    let fault: Text | null = null;
    for (const { name, position, read } of this.bound) {
      const value = read(row.cells[position] ?? null, unit);
      if (!isProblem(value)) {
        fields[name] = value;
        // It comes before the figures, whatever the order of the columns.
        if (name === 'indicator') unit = this.unitOf(value);
      } else if (!value.isFault) return value;
      else fault ??= value.reason;
    }
    return { line: row.line, id, subject, fields, fault };
  }

  /** Unit of the indicator that a row of figures is about; null for other rows and where it is not known. */
  private unitOf(indicator: FieldValue | undefined): Unit | null {
    return typeof indicator === 'string' ? (this.context.indicators?.unitOf(indicator) ?? null) : null;
  }

  private cell(row: Row, position: number): Cell {
    return position < 0 ? null : (row.cells[position] ?? null);
  }

  /** Null when the row gives none. */
  idOf(row: Row): string | null | Problem {
    const cell = this.cell(row, this.idPosition);
    const text = typeof cell === 'string' ? cell.trim() : textOf(cell);
    if (text === '' || this.mapping.emptyValues.includes(text)) return null;
    const prefix = typeof this.mapping.id === 'object' ? (this.mapping.id.prefix ?? '') : '';
    if (text.length <= maxIdLength && !unprintable.test(text) && text.isWellFormed()) return prefix + text;
    return rejected(
      `编号 ${quoted(text)} 过长或含控制字符：最多 ${maxIdLength} 个可见字符`,
      `the id ${quoted(text)} is too long or holds control characters: use at most ${maxIdLength} visible ones`,
    );
  }

  private subjectOf(row: Row): string | null | Problem {
    if (this.subjectPosition < 0) return null;
    const name = textOf(this.cell(row, this.subjectPosition));
    if (name === '' || this.mapping.emptyValues.includes(name)) return null;
    if (this.subSubjects) return this.subSubjects.idOf(name);
    const { root, isSubject } = this.context;
    const isBelow = name === root.id || name.startsWith(`${root.id}/`);
    if (isBelow && (name === root.id || isSubject(name))) return name;
    return isBelow
      ? rejected(
          `评估对象 ${quoted(name)} 不存在：请先用 citygauge subject add 添加`,
          `the subject ${quoted(name)} does not exist: add it with citygauge subject add`,
        )
      : rejected(
          `评估对象 ${quoted(name)} 不属于 ${root.id}：请用 --subject 指定它的上级`,
          `the subject ${quoted(name)} does not lie below ${root.id}: name its parent with --subject`,
        );
  }
}
