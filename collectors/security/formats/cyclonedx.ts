import type { ScanReport, Text } from '../../contract.ts';
import { peek } from '../reading/bounded-bytes.ts';
import { instantOf } from '../reading/instant.ts';
import { readJson } from '../reading/json-document.ts';
import type { JsonPart } from '../reading/json-part.ts';
import { headBytes } from '../reading/limits.ts';
import type { ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault, shown } from '../reading/report-fault.ts';
import { componentLabels, nameOf } from './cyclonedx/components.ts';
import { judgeRatings } from './cyclonedx/ratings.ts';

const versions = ['1.4', '1.5', '1.6'];

/** States of an analysis after which nothing is left to do (CycloneDX, impactAnalysisState). */
const settledStates: ReadonlySet<string> = new Set([
  'not_affected',
  'false_positive',
  'resolved',
  'resolved_with_pedigree',
]);

/** Components that are affected; null when the document says that every one is not. */
function placesOf(vulnerability: JsonPart, labels: ReadonlyMap<string, string>): string[] | null {
  const affected = vulnerability.at('affects').items();
  const places = affected.flatMap((each) => {
    const statuses = each
      .at('versions')
      .items()
      .map((version) => version.at('status').text() ?? 'affected');
    if (statuses.length > 0 && statuses.every((status) => status === 'unaffected')) return [];
    const reference = each.at('ref').needText();
    // A BOM-Link ends with the reference within the other document.
    const own = reference.startsWith('urn:cdx:')
      ? decodeReference(reference.slice(reference.indexOf('#') + 1))
      : reference;
    return [labels.get(reference) ?? labels.get(own) ?? own];
  });
  return affected.length > 0 && places.length === 0 ? null : places;
}

function decodeReference(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Context {
  readonly draft: ReportDraft;
  readonly labels: ReadonlyMap<string, string>;
  readonly asset: string;
}

/** Why it is no finding; null where it is one. */
function settled(vulnerability: JsonPart, places: readonly string[] | null): Text | null {
  const state = vulnerability.at('analysis').at('state').text();
  if (state !== null && settledStates.has(state))
    return { zh: `分析结论为 ${state}`, en: `is analysed as ${state}` };
  if (places) return null;
  return { zh: '所列组件均不受影响', en: 'affects none of the components it lists' };
}

function takeVulnerability(vulnerability: JsonPart, { draft, labels, asset }: Context): void {
  const { path } = vulnerability;
  const places = placesOf(vulnerability, labels);
  const reason = settled(vulnerability, places);
  if (reason) {
    draft.skip(path, reason);
    return;
  }
  const rule = vulnerability.at('id').needText();
  const url =
    vulnerability.at('source').at('url').text() ?? vulnerability.at('advisories').item(0).at('url').text();
  const title = vulnerability.at('description').text() ?? vulnerability.at('detail').text() ?? rule;
  const judged = judgeRatings(vulnerability.at('ratings').items());
  draft.addFinding({ rule, asset, title, ...judged, places: places ?? [], url }, path);
}

/** The first tool: a list until 1.4, an object with components and services since. */
function toolOf(document: JsonPart): JsonPart {
  const tools = document.at('metadata').at('tools');
  return Array.isArray(tools.value) || tools.isAbsent ? tools.item(0) : tools.at('components').item(0);
}

/** XML of CycloneDX is told apart so that its remedy can be named. */
const xmlRoot = /<(?:[\w.-]+:)?bom\b[^<>]*cyclonedx\.org\/schema\/bom/;

async function read(source: ReportSource): Promise<ScanReport> {
  const { fileName, timeZone } = source;
  const { head, all } = await peek(source.chunks, headBytes);
  if (xmlRoot.test(new TextDecoder().decode(head))) {
    throw reportFault(fileName, null, {
      zh: '为 CycloneDX 的 XML 格式，目前只读取 JSON：请导出为 JSON，或用 cyclonedx convert 转换',
      en: 'is CycloneDX in XML, of which JSON alone is read: export it as JSON, or turn it with cyclonedx convert',
    });
  }
  const document = await readJson({ ...source, chunks: all });
  const version = document.at('specVersion').text();
  if (document.at('bomFormat').text() !== 'CycloneDX' || !versions.includes(version ?? '')) {
    throw reportFault(fileName, 'specVersion', {
      zh: `应为 CycloneDX ${versions.join('、')} 的 JSON，实为 ${shown(version)}：请换用这些版本导出`,
      en: `is ${shown(version)} where JSON of CycloneDX ${versions.join(', ')} is needed: export one of these`,
    });
  }
  if (document.at('vulnerabilities').isAbsent) {
    throw reportFault(fileName, 'vulnerabilities', {
      zh: '只有物料清单，没有漏洞清单（vulnerabilities），不能据此认为没有漏洞：请用带漏洞分析的导出',
      en: 'is missing: this is a bill of materials alone, which does not say that nothing is vulnerable; export it with its vulnerabilities',
    });
  }
  const component = document.at('metadata').at('component');
  const asset = source.asset ?? nameOf(component);
  if (asset === null) {
    throw reportFault(fileName, 'metadata.component', {
      zh: '未写明物料清单的主体：请用 --asset（采集任务用 asset 设置项）指定资产',
      en: 'does not say whose bill of materials it is: name the asset with --asset, or as asset in the settings of the job',
    });
  }
  const draft = new ReportDraft(fileName);
  draft.addAsset({ id: asset, kind: component.at('type').text() }, 'metadata.component');
  const context = { draft, labels: componentLabels(document, fileName), asset };
  for (const each of document.at('vulnerabilities').items())
    draft.attempt(() => takeVulnerability(each, context));
  const tool = toolOf(document);
  return draft.finish({
    format: 'cyclonedx',
    scanner: tool.at('name').text() ?? 'cyclonedx',
    scannerVersion: tool.at('version').text(),
    producedAt: instantOf(document.at('metadata').at('timestamp').text(), timeZone),
  });
}

/** Vulnerabilities of a bill of materials of CycloneDX 1.4 to 1.6 in JSON. */
export const cyclonedx: ReportReader = {
  format: 'cyclonedx',
  title: { zh: 'CycloneDX 漏洞清单（JSON）', en: 'CycloneDX vulnerabilities (JSON)' },
  recognises: ({ text }) =>
    xmlRoot.test(text) || (/^\s*\{/.test(text) && /"bomFormat"\s*:\s*"CycloneDX"/.test(text)),
  read,
};
