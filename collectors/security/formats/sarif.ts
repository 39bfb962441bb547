import type { ScanReport } from '../../contract.ts';
import { instantOf } from '../reading/instant.ts';
import { readJson } from '../reading/json-document.ts';
import type { JsonPart } from '../reading/json-part.ts';
import type { ReportReader, ReportSource } from '../reading/reader.ts';
import { ReportDraft } from '../reading/report-draft.ts';
import { reportFault, shown } from '../reading/report-fault.ts';
import { rulesOf } from './sarif/rules.ts';
import { findingOf, isSound, type ResultContext, setAside } from './sarif/take-result.ts';

/** Without user, password and `.git`: the same repository whoever fetched it. */
function repositoryName(uri: string): string {
  if (!URL.canParse(uri)) return uri;
  const { host, pathname } = new URL(uri);
  return `${host}${pathname.replace(/\/$/, '').replace(/\.git$/, '')}`;
}

/** `analysis/main/2031-01-05` is one of many passes of `analysis/main` (SARIF 2.1.0, section 3.17.3). */
function passName(id: string): string {
  return id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : id;
}

function assetOf(run: JsonPart, { asset, fileName }: ReportSource): string {
  if (asset !== null) return asset;
  const repository = run.at('versionControlProvenance').item(0).at('repositoryUri').text();
  if (repository !== null) return repositoryName(repository);
  const pass = run.at('automationDetails').at('id').text();
  if (pass !== null) return passName(pass);
  throw reportFault(fileName, run.path, {
    zh: '未写明扫描对象（versionControlProvenance 或 automationDetails）：请用 --asset（采集任务用 asset 设置项）指定资产',
    en: 'does not say what was scanned (versionControlProvenance or automationDetails): name it with --asset, or as asset in the settings of the job',
  });
}

/** A run that failed, or did not look for results, has looked at nothing in full. */
function isComplete(run: JsonPart): boolean {
  const failed = run
    .at('invocations')
    .items()
    .some((each) => each.at('executionSuccessful').value === false);
  return !failed && !run.at('results').isAbsent;
}

function takeResult(draft: ReportDraft, result: JsonPart, context: ResultContext): void {
  if (isSound(result)) return;
  const aside = setAside(result);
  const finding = aside ? null : findingOf(result, context);
  if (finding) draft.addFinding(finding, result.path);
  else draft.skip(result.path, aside ?? { zh: '未写明规则', en: 'names no rule' });
}

function takeRun(draft: ReportDraft, run: JsonPart, source: ReportSource): void {
  const asset = assetOf(run, source);
  const hasResultsElsewhere = run.at('externalPropertyFileReferences').at('results').items().length > 0;
  if (hasResultsElsewhere) {
    draft.skip(run.path, {
      zh: '部分结果在外部文件中，未读取',
      en: 'has results in files of their own, which are not read',
    });
  }
  const kind = run.at('versionControlProvenance').items().length > 0 ? 'repository' : null;
  if (isComplete(run) && !hasResultsElsewhere) draft.addAsset({ id: asset, kind }, run.path);
  const context = { run, rules: rulesOf(run), asset };
  for (const result of run.at('results').items()) {
    draft.attempt(() => takeResult(draft, result, context));
  }
}

function endOf(runs: readonly JsonPart[], timeZone: string): string | null {
  const ends = runs.flatMap((run) =>
    run
      .at('invocations')
      .items()
      .flatMap((each) => instantOf(each.at('endTimeUtc').text(), timeZone) ?? []),
  );
  return ends.toSorted().at(-1) ?? null;
}

function driverOf(runs: readonly JsonPart[], fileName: string): JsonPart {
  const [first, ...others] = runs.map((run) => run.at('tool').at('driver'));
  if (!first) {
    throw reportFault(fileName, 'runs', {
      zh: '没有任何运行（runs 为空）：请重新导出该报告',
      en: 'holds no run: export the report again',
    });
  }
  const name = first.at('name').needText();
  const other = others.map((each) => each.at('name').needText()).find((each) => each !== name);
  if (other === undefined) return first;
  const [a, b] = [shown(name), shown(other)];
  throw reportFault(fileName, 'runs', {
    zh: `含多种工具（${a}、${b}）的运行，无法判断各自已修复的问题：请每种工具导出一个文件`,
    en: `holds runs of several tools (${a}, ${b}), of which none could tell what is fixed: export a file for each`,
  });
}

async function read(source: ReportSource): Promise<ScanReport> {
  const { fileName } = source;
  const document = await readJson(source);
  const version = document.at('version').text();
  if (version !== '2.1.0') {
    throw reportFault(fileName, 'version', {
      zh: `应为 SARIF 2.1.0，实为 ${shown(version)}：请让工具输出 2.1.0`,
      en: `is ${shown(version)} where SARIF 2.1.0 is needed: let the tool write that`,
    });
  }
  const runs = document.at('runs').items();
  const driver = driverOf(runs, fileName);
  const draft = new ReportDraft(fileName);
  for (const run of runs) takeRun(draft, run, source);
  return draft.finish({
    format: 'sarif',
    scanner: driver.at('name').needText(),
    scannerVersion: driver.at('semanticVersion').text() ?? driver.at('version').text(),
    producedAt: endOf(runs, source.timeZone),
  });
}

/** SARIF 2.1.0 (OASIS), which linters and code scanners write. */
export const sarif: ReportReader = {
  format: 'sarif',
  title: { zh: 'SARIF 2.1', en: 'SARIF 2.1' },
  recognises: ({ text, fileName }) =>
    /^\s*\{/.test(text) &&
    (/sarif-(?:schema-)?2\.1\.\d|\/sarif\//i.test(text.slice(0, 4096)) ||
      (/"runs"\s*:\s*\[/.test(text) && /\.sarif(?:\.json|\.gz)?$/i.test(fileName)) ||
      (/"version"\s*:\s*"2\.1\.0"/.test(text) && /"runs"\s*:\s*\[/.test(text))),
  read,
};
