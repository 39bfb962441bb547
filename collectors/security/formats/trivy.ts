import type { ScanReport } from '../../contract.ts';
import { instantOf } from '../reading/instant.ts';
import { readJson } from '../reading/json-document.ts';
import type { ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault, shown } from '../reading/report-fault.ts';
import { imageOf } from './trivy/image-name.ts';
import { takeTarget } from './trivy/take-target.ts';

const kinds: Readonly<Record<string, string>> = {
  container_image: 'image',
  repository: 'repository',
  filesystem: 'filesystem',
  vm: 'host',
};

async function read(source: ReportSource): Promise<ScanReport> {
  const { fileName, timeZone } = source;
  const document = await readJson(source);
  const version = Array.isArray(document.value) ? 1 : document.at('SchemaVersion').number();
  if (version !== 2) {
    throw reportFault(fileName, 'SchemaVersion', {
      zh: `应为 Trivy JSON 第 2 版，实为 ${shown(version)}：请用 trivy --format json 重新生成`,
      en: `is ${shown(version)} where Trivy's schema 2 is needed: write it again with trivy --format json`,
    });
  }
  const type = document.at('ArtifactType').text() ?? '';
  const artifact = document.at('ArtifactName').text();
  const image = type === 'container_image' && artifact !== null ? imageOf(artifact) : null;
  const asset = source.asset ?? image?.name ?? artifact;
  if (asset === null) {
    throw reportFault(fileName, 'ArtifactName', {
      zh: '未写明扫描对象：请用 --asset（采集任务用 asset 设置项）指定资产',
      en: 'does not say what was scanned: name it with --asset, or as asset in the settings of the job',
    });
  }
  const draft = new ReportDraft(fileName);
  draft.addAsset({ id: asset, kind: (kinds[type] ?? type) || null }, 'ArtifactName');
  for (const result of document.at('Results').items()) {
    draft.attempt(() => takeTarget(draft, result, { asset, version: image?.version ?? null }));
  }
  return draft.finish({
    format: 'trivy',
    scanner: 'trivy',
    scannerVersion: document.at('Trivy').at('Version').text(),
    producedAt: instantOf(document.at('CreatedAt').text(), timeZone),
  });
}

/** JSON of Trivy, schema 2: vulnerabilities, misconfigurations, and secrets without their text. */
export const trivy: ReportReader = {
  format: 'trivy',
  title: { zh: 'Trivy 结果（JSON）', en: 'Trivy results (JSON)' },
  recognises: ({ text }) =>
    /^\s*\{/.test(text) && /"SchemaVersion"\s*:/.test(text) && /"ArtifactName"\s*:/.test(text),
  read,
};
