import type { ScanReport, Text } from '../../contract.ts';
import { tellingNames } from '../reading/host-address.ts';
import { instantOf } from '../reading/instant.ts';
import { cutText, plainText } from '../reading/plain-text.ts';
import type { ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault } from '../reading/report-fault.ts';
import { severityOf } from '../reading/severity.ts';
import { readXml } from '../reading/xml-stream.ts';
import {
  brokenResults,
  failedResults,
  otherResults,
  passedResults,
  type RuleText,
  type TestResult,
} from './xccdf/results.ts';
import { ResultsReading } from './xccdf/results-reading.ts';

const root =
  /<(?:[\w.-]+:)?(?:Benchmark|TestResult|asset-report-collection|data-stream-collection)\b[^<>]*(?:checklists\.nist\.gov\/xccdf|asset-reporting-format|scap\/schema\/scap\/source)/;

/** A rule that no profile selects is checked by this one, which XCCDF gives no name. */
const profileWithoutName = '(default)';

type Timed = TestResult & { readonly endedAt: string | null };

/** The last of each target: by its end, and among equals the one further down. */
function lastOfEach(results: readonly TestResult[], { timeZone, fileName, asset }: ReportSource): Timed[] {
  const last = new Map<string, Timed>();
  for (const each of results) {
    const endedAt = instantOf(each.endTime, timeZone);
    const target = each.target ?? '';
    const before = last.get(target);
    if (!before || (endedAt ?? '') >= (before.endedAt ?? '')) last.set(target, { ...each, endedAt });
  }
  if (last.size > 1 && asset !== null) {
    throw reportFault(fileName, null, {
      zh: `含 ${last.size} 个目标的结果，不能全部归到资产 ${asset}：请不要指定资产`,
      en: `holds results of ${last.size} targets, which cannot all be ${asset}: name no asset`,
    });
  }
  return [...last.values()];
}

function brokenReason(rule: string, result: string): Text {
  const name = cutText(plainText(rule), 120);
  return {
    zh: `规则 ${name} 未能完成检查（${result}），该资产此前的问题不视为已修复；请以足够的权限运行`,
    en: `the rule ${name} could not be checked (${result}), so that nothing counts as fixed; run the scan with the rights it needs`,
  };
}

function takeResult(
  draft: ReportDraft,
  test: Timed,
  { rules, asset }: { readonly rules: ReadonlyMap<string, RuleText>; readonly asset: string },
): void {
  let isComplete = true;
  const counts = { passed: 0, failed: 0, other: 0 };
  for (const { line, rule, severity, result, instances } of test.ruleResults) {
    const place = `line ${line}`;
    if (passedResults.has(result)) counts.passed += 1;
    else if (otherResults.has(result)) {
      counts.other += 1;
      if (!brokenResults.has(result)) continue;
      isComplete = false;
      draft.skip(place, brokenReason(rule, result));
    } else if (failedResults.has(result)) {
      counts.failed += 1;
      const text = rules.get(rule);
      const word = severity ?? text?.severity ?? null;
      const finding = { rule, asset, title: text?.title ?? rule, severity: severityOf(word, null) };
      draft.attempt(() => draft.addFinding({ ...finding, cvss: null, places: instances, url: null }, place));
    } else if (result !== 'notselected') {
      const said = result.slice(0, 40);
      draft.skip(place, { zh: `结果「${said}」不属于 XCCDF`, en: `the result "${said}" is none of XCCDF` });
    }
  }
  const place = `line ${test.line}`;
  draft.addBaseline({ asset, profile: test.profile ?? profileWithoutName, ...counts }, place);
  // A pass without a result has looked at nothing.
  if (isComplete && counts.passed + counts.failed > 0)
    draft.addAsset({ id: asset, kind: 'host', aliases: tellingNames(test.names) }, place);
}

/** `cpe:/a:redhat:openscap:1.3.7` -> product and version; without one it is OpenSCAP, whose format this is. */
function scannerOf(testSystem: string | null) {
  const [, , , product, version] = testSystem?.split(':') ?? [];
  return { scanner: product || 'openscap', scannerVersion: version || null };
}

async function read(source: ReportSource): Promise<ScanReport> {
  const { fileName } = source;
  const reading = new ResultsReading(fileName);
  await readXml(source, reading);
  if (reading.results.length === 0) {
    throw reportFault(fileName, null, {
      zh: '没有扫描结果（TestResult）：请用 oscap xccdf eval --results 或 --results-arf 生成的文件',
      en: 'holds no result of a scan (TestResult): give the file that oscap xccdf eval writes with --results or --results-arf',
    });
  }
  const tests = lastOfEach(reading.results, source);
  const draft = new ReportDraft(fileName);
  for (const test of tests) {
    const asset = source.asset ?? test.target;
    if (!asset) {
      throw reportFault(fileName, `line ${test.line}`, {
        zh: '结果未写明目标主机：请用 --asset（采集任务用 asset 设置项）指定资产',
        en: 'the result does not name its target: name the asset with --asset, or as asset in the settings of the job',
      });
    }
    takeResult(draft, test, { rules: reading.rules, asset });
  }
  const ends = tests.flatMap(({ endedAt }) => (endedAt ? [endedAt] : [])).toSorted();
  return draft.finish({
    format: 'xccdf',
    ...scannerOf(tests.at(-1)?.testSystem ?? null),
    producedAt: ends.at(-1) ?? null,
  });
}

/** Results of XCCDF 1.1 and 1.2, alone or in an ARF, as OpenSCAP writes them. */
export const xccdf: ReportReader = {
  format: 'xccdf',
  title: { zh: 'OpenSCAP 结果（XCCDF、ARF）', en: 'OpenSCAP results (XCCDF, ARF)' },
  recognises: ({ text }) => root.test(text),
  read,
};
