import { hash } from 'node:crypto';
import type { Evaluation, Model } from '../../scoring/contract.ts';
import { canonicalJson, sha256Of } from '../../scoring/contract.ts';
import type { ReportSummary } from '../contract.ts';
import { during, importedAt, subject } from './fixtures.ts';

export function modelOf(yaml = modelYaml): Model {
  const [id, version] = ['scie-2021-value', '1.2.0'];
  return { id, version, yaml, sha256: sha256Of(yaml) } as Model;
}

/** The YAML that the evaluations here were made with. */
export const modelYaml = 'id: scie-2021-value\ntitle: 智慧城市运营价值评估模型\n';

export function evaluationOf(subjectId: string, periodId: string, grade: string | null = 'B'): Evaluation {
  const { period, cutoff } = during(subjectId, periodId);
  const { kind, ...cut } = period;
  const { sha256, ...used } = { ...modelOf(), title: { zh: '价值模型', en: 'Value model' } };
  const overall = { grade, rule: 'r2', score: null, scoreLow: null, scoreHigh: null, coverage: 0.875 };
  const content = {
    schema: 'citygauge/evaluation@1',
    model: { id: used.id, version: used.version, title: used.title, sha256 },
    subject: { ...subject(subjectId, null) },
    period: cut,
    asOf: cutoff,
    engine: 'citygauge 0.1.0',
    interpretations: [],
    overall: { ...overall, reason: { zh: '八个模块', en: 'eight modules' } },
    nodes: [],
    observations: [],
    conflicts: [],
    reconciliations: [],
    deviations: [],
  };
  return { ...content, sha256: sha256Of(canonicalJson(content)) } as Evaluation;
}

export function reportOf(subjectId: string, bytes: Uint8Array): ReportSummary {
  return {
    number: 'CG-2015-Q1-0001',
    evaluation: 'e'.repeat(64),
    subject: subjectId,
    model: 'scie-2021-value',
    period: '2015-Q1',
    format: 'pdf',
    language: 'zh',
    sha256: hash('sha256', bytes),
    size: bytes.length,
    createdAt: importedAt,
  };
}
