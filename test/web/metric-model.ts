import type { MetricMeasure, MetricReduction, Model, ModelNode, StageSpec } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';

/** Leaves of the model: id, titles, unit, direction, target, worst. */
const leaves = [
  ['cloud.availability.nodes', '节点可用率', 'Node availability', 'ratio', 'higher', 0.999, 0.95],
  ['cloud.availability.backup', '备份成功率', 'Backup success', 'ratio', 'higher', 0.99, 0.8],
  ['cloud.efficiency.cpu', '处理器利用率', 'CPU utilisation', 'ratio', 'band', 0.55, 0.95],
  ['cloud.efficiency.pue', '电能利用效率', 'PUE', 'factor', 'lower', 1.2, 2],
  ['application.reliability.latency', '响应时间 P95', 'P95 latency', 'second', 'lower', 0.2, 2],
  ['application.reliability.errors', '请求差错率', 'Error ratio', 'ratio', 'lower', 0.001, 0.05],
  ['application.reliability.oneNetwork', '一网通办率', 'One-network rate', 'ratio', 'higher', 0.95, 0.5],
  ['application.use.effective', '有效应用占比', 'Effective applications', 'ratio', 'higher', 0.9, 0.4],
  ['application.use.active', '月活跃用户占比', 'Monthly active users', 'ratio', 'higher', 0.6, 0.1],
] as const;

const groups: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  cloud: ['云', 'Cloud'],
  'cloud.availability': ['可用性', 'Availability'],
  'cloud.efficiency': ['资源效率', 'Efficiency'],
  application: ['应用', 'Application'],
  'application.reliability': ['可靠性', 'Reliability'],
  'application.use': ['使用情况', 'Use'],
};

function yamlOfLeaf([id, zh, en, unit, direction, best, worst]: (typeof leaves)[number], weight: number) {
  const scale =
    direction === 'band' ? '{ band: { low: 0.1, bestLow: 0.4, bestHigh: 0.7, high: 0.95 } }' : 'linear';
  return `
          - id: ${id.split('.')[2]}
            title: { zh: ${zh}, en: ${en} }
            meaning: { zh: ${zh}的定义, en: "What ${en} means" }
            unit: ${unit}
            weight: ${weight}
            direction: ${direction}
            range: { min: 0, max: ${unit === 'ratio' ? 1 : 60} }
            best: ${best}
            worst: ${worst}
            scale: ${scale}
            tolerance: 0.02
            zeroBase: notApplicable
            frequency: month
            owner: { zh: 云运营组, en: Cloud team }
            intervention: { zh: 核查${zh}并排除故障, en: "Look into ${en} and repair" }
            measure: { entry: true }`;
}

function yamlOfGroup(id: string, depth: number): string {
  const pad = '    '.repeat(depth - 1);
  const below = Object.keys(groups).filter((each) => each.split('.').slice(0, -1).join('.') === id);
  const own = leaves.filter(([leaf]) => leaf.split('.').slice(0, -1).join('.') === id);
  const siblings = Object.keys(groups).filter((each) => each.split('.').length === depth);
  const weight = depth === 1 ? 1 / siblings.length : 0.5;
  const [zh, en] = groups[id] ?? ['', ''];
  const children =
    own.length > 0
      ? own.map((leaf) => yamlOfLeaf(leaf, Number((1 / own.length).toFixed(9)))).join('')
      : below.map((each) => yamlOfGroup(each, depth + 1)).join('');
  return `
${pad}  - id: ${id.split('.').at(-1)}
${pad}    title: { zh: ${zh}, en: ${en} }
${pad}    meaning: { zh: ${zh}运营, en: "Operation: ${en}" }
${pad}    weight: ${weight}
${pad}    combine: { method: arithmetic }
${pad}    children:${children}`;
}

const yaml = `schema: citygauge/model@1
id: metric-model
version: 1.0.0
title: { zh: 运行监测评估, en: Measured operation }
description: { zh: 由监测指标度量。, en: Measured from telemetry. }
source:
  document: { zh: 测试, en: Test }
  section: { zh: 第一章, en: chapter 1 }
  weightsBy: citygauge
  notes: []
coverageFloor: 0.5
grades:
  - { grade: A, from: 90, meaning: { zh: 好, en: Good } }
  - { grade: B, from: 75, meaning: { zh: 较好, en: Fair } }
  - { grade: D, from: 0, meaning: { zh: 差, en: Bad } }
overall:
  kind: score
  explanation: { zh: 加权平均, en: Weighted mean }
modules:${yamlOfGroup('cloud', 1)}${yamlOfGroup('application', 1)}
`;

function measureOf(reduction: MetricReduction, metric: string, text: string): MetricMeasure {
  return {
    kind: 'metric',
    of: { metric, matchers: [] },
    reduction,
    factor: 1,
    everySeconds: 60,
    minimumCoverage: 0.5,
    fullCoverage: 0.95,
    text,
  };
}

const mean: MetricReduction = { kind: 'overTime', reduce: 'mean', across: 'mean' };
/** The last leaf of all is entered by hand. */
const measures: Readonly<Record<string, MetricMeasure>> = Object.fromEntries(
  leaves.slice(0, -1).map(([id]) => {
    const metric = `citygauge_${id.split('.')[2]}_ratio`;
    return [id, measureOf(mean, metric, `metric ${metric}, mean, mean across series, every 60s`)];
  }),
);

function withMeasures(node: ModelNode): ModelNode {
  const measure = measures[node.id];
  return {
    ...node,
    children: node.children.map(withMeasures),
    leaf: node.leaf && measure ? { ...node.leaf, measure } : node.leaf,
  };
}

const stage = (id: string, zh: string, en: string, from: number, min: number, max: number): StageSpec => ({
  id,
  title: { zh, en },
  meaning: { zh: `${zh}的特征`, en: `What ${en.toLowerCase()} is like` },
  from,
  modules: { cloud: { weight: 0.4, min, max }, application: { weight: 0.6, min: min - 5, max } },
});

/** Two modules of three levels, measured from metrics, with stages. */
export function metricModel(): Model {
  const { model, faults } = scoringEngine.checkModel(yaml);
  if (!model) throw new Error(faults.map((fault) => `${fault.path}: ${fault.message}`).join('; '));
  return {
    ...model,
    nodes: model.nodes.map(withMeasures),
    stages: [
      stage('initial', '初级阶段', 'Initial', 40, 35, 60),
      stage('improving', '提升阶段', 'Improving', 60, 55, 80),
      stage('mature', '成熟阶段', 'Mature', 85, 80, 100),
    ],
  };
}
