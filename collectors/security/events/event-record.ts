import { needed, optional } from '../../cloud/table/columns.ts';
import type { TableRow } from '../../cloud/table/read-table.ts';
import { type CollectedRecords, recordKindSpecs, type Text } from '../../contract.ts';
import { codeOf } from './event-codes.ts';

export type Row = CollectedRecords['rows'][number];

/** The columns of a list of security events. */
export const eventColumns = {
  id: needed('text', ['编号', 'id', '事件编号', 'event id']),
  class: needed('text', ['类别', 'class', '事件类别']),
  severity: optional('text', ['级别', 'severity', '等级', '严重程度']),
  found: needed('instant', ['发现时间', 'found', '发现', 'found at', 'detected at']),
  contained: optional('instant', ['遏制时间', '遏制', 'contained', 'contained at', '处置时间']),
  closed: optional('instant', ['关闭时间', '关闭', 'closed', 'closed at', '办结时间']),
  due: optional('instant', ['时限', 'due', 'due at', '处置时限']),
  reopened: optional('count', ['重开次数', 'reopened', 'reopened count']),
  alarm: optional('text', ['来源告警', 'alarm', 'raised by alarm', '告警']),
};
type EventRow = TableRow<typeof eventColumns>;

const instants = ['found', 'contained', 'closed', 'due'] as const;
const { fields } = recordKindSpecs['security-events'];

/** The record of a row, with its times in UTC; a text is why it cannot be taken. */
export function recordOf({ values }: EventRow): Row | Text {
  const kind = codeOf('class', values.class);
  const severity = values.severity === null ? null : codeOf('severity', values.severity);
  if (kind === null) {
    const known = fields.class?.codes?.join(', ');
    return {
      zh: `类别「${values.class}」无法识别，应为 ${known}`,
      en: `the class "${values.class}" is not known; known are ${known}`,
    };
  }
  if (values.severity !== null && severity === null) {
    const known = fields.severity?.codes?.join(', ');
    return {
      zh: `级别「${values.severity}」无法识别，应为严重、高、中、低（${known}）`,
      en: `the severity "${values.severity}" is not known; known are ${known}`,
    };
  }
  const times = instants.map((name) => {
    const at = values[name];
    return [name, at === null ? null : new Date(at).toISOString()];
  });
  const { id, reopened, alarm } = values;
  return { id, class: kind, severity, ...Object.fromEntries(times), reopened, alarm };
}

export const isText = (value: Row | Text): value is Text => 'zh' in value && 'en' in value;
