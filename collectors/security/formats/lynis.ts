import type { Severity } from '../../contract.ts';
import { linesOf } from '../reading/byte-lines.ts';
import { instantOf } from '../reading/instant.ts';
import { reportLimits } from '../reading/limits.ts';
import { lineText, placeOf } from '../reading/line-entries.ts';
import type { ReportHead, ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { EntryFault, reportFault, shown } from '../reading/report-fault.ts';

/**
 * Lynis gives no severity. It calls a warning what is wrong already and a suggestion what would be better; neither says
 * how easily it is abused, so that none is high.
 */
const severityOfKind: Readonly<Record<string, Severity>> = { 'warning[]': 'medium', 'suggestion[]': 'low' };

function recognises({ text }: ReportHead): boolean {
  return /^(?:# Lynis Report|report_version_major=|lynis_version=)/m.test(text);
}

/** `AUTH-9286|text|details|solution|`; a dash stands for nothing. */
function partsOf(value: string, place: string) {
  const [rule = '', title = '', details = '-', solution = '-'] = value.split('|').map((part) => part.trim());
  if (/^[A-Z0-9]{2,10}(?:-\d{1,6})?$/.test(rule) && title !== '') return { rule, title, details, solution };
  throw new EntryFault(place, {
    zh: `${shown(value)} 不是“编号|说明|细节|方案|”的格式`,
    en: `${shown(value)} is not of the form ID|text|details|solution|`,
  });
}

async function readLines(source: ReportSource, draft: ReportDraft) {
  const values = new Map<string, string>();
  const noted: { readonly kind: string; readonly value: string; readonly place: string }[] = [];
  for await (const line of linesOf(source.chunks, reportLimits.textBytes)) {
    draft.attempt(() => {
      const text = lineText(line);
      const equals = text.indexOf('=');
      if (text.trim() === '' || text.startsWith('#')) return;
      const place = placeOf(line);
      if (equals < 1)
        throw new EntryFault(place, { zh: '不是“键=值”的格式', en: 'is not of the form key=value' });
      const [key, value] = [text.slice(0, equals), text.slice(equals + 1)];
      if (Object.hasOwn(severityOfKind, key)) noted.push({ kind: key, value, place });
      else if (!key.endsWith('[]')) values.set(key, value.trim());
      if (noted.length > reportLimits.entries) throw tooMany(source.fileName);
    });
  }
  return { values, noted };
}

function tooMany(fileName: string) {
  return reportFault(fileName, null, {
    zh: '条目过多，不是 Lynis 的报告',
    en: 'has more entries than any report of Lynis',
  });
}

async function read(source: ReportSource) {
  const { fileName } = source;
  const draft = new ReportDraft(fileName);
  const { values, noted } = await readLines(source, draft);
  if (!values.has('lynis_version')) {
    throw reportFault(fileName, null, {
      zh: '缺少 lynis_version：请核对是否为 lynis-report.dat',
      en: 'lacks lynis_version: check that this is a lynis-report.dat',
    });
  }
  if (values.get('finish') !== 'true') {
    throw reportFault(fileName, null, {
      zh: '缺少结尾的 finish=true，审计被中断或文件不完整：请重新运行 lynis audit system',
      en: 'lacks finish=true at its end: the audit was broken off or the file is truncated, run lynis audit system again',
    });
  }
  const asset = source.asset ?? (values.get('hostname') || null);
  if (asset === null) {
    throw reportFault(fileName, null, {
      zh: '没有 hostname：请指明报告所属的资产',
      en: 'lacks hostname: say which asset the report is about',
    });
  }
  draft.attempt(() => draft.addAsset({ id: asset, kind: 'host' }, 'hostname'));
  for (const { kind, value, place } of noted) {
    draft.attempt(() => {
      const { rule, title, details, solution } = partsOf(value, place);
      const url = solution.startsWith('url:') ? solution.slice('url:'.length) : null;
      const severity = severityOfKind[kind] ?? 'low';
      const places = [details === '-' || details === '' ? title : details];
      draft.addFinding({ rule, asset, title, severity, cvss: null, places, url }, place);
    });
  }
  return draft.finish({
    format: 'lynis',
    scanner: 'lynis',
    scannerVersion: values.get('lynis_version') ?? null,
    producedAt: instantOf(values.get('report_datetime_end') ?? null, source.timeZone),
  });
}

/** Lynis' report: warnings and suggestions by test. Its hardening index is neither passed nor failed, so that it makes no baseline. */
export const lynis: ReportReader = {
  format: 'lynis',
  title: { zh: 'Lynis 审计报告', en: 'Lynis report' },
  recognises,
  read,
};
