/** One leaf of the test's model: its unit and its measure as written in YAML. */
interface Leaf {
  readonly id: string;
  readonly unit: string;
  readonly measure: string;
}

const node = (metric: string, rest: string) => `{ metric: '${metric}', ${rest}, every: 1s }`;

/** One leaf per reducer, over what node_exporter, probes and an instrumented application give. */
export const leaves: readonly Leaf[] = [
  { id: 'up', unit: 'ratio', measure: node('up{job="nodes"}', 'reduce: mean') },
  { id: 'upTime', unit: 'ratio', measure: node('up{job="nodes"}', 'reduce: upTime') },
  { id: 'meanLoad', unit: 'factor', measure: node('node_load1{job="nodes"}', 'reduce: mean') },
  { id: 'minFree', unit: 'factor', measure: node('node_memory_MemFree_bytes{job="nodes"}', 'reduce: min') },
  { id: 'maxFree', unit: 'factor', measure: node('node_memory_MemFree_bytes{job="nodes"}', 'reduce: max') },
  { id: 'lastFree', unit: 'factor', measure: node('node_memory_MemFree_bytes{job="nodes"}', 'reduce: last') },
  { id: 'p50Free', unit: 'factor', measure: node('node_memory_MemFree_bytes{job="nodes"}', 'reduce: p50') },
  { id: 'p95Free', unit: 'factor', measure: node('node_memory_MemFree_bytes{job="nodes"}', 'reduce: p95') },
  {
    id: 'freeShare',
    unit: 'ratio',
    measure: node(
      'node_memory_MemFree_bytes{job="nodes"}',
      'reduce: ratio, by: mean, total: \'node_memory_MemTotal_bytes{job="nodes"}\'',
    ),
  },
  { id: 'samples', unit: 'count', measure: node('node_load1{job="nodes"}', 'reduce: count') },
  { id: 'lowLoad', unit: 'ratio', measure: node('node_load1{job="nodes"}', 'reduce: share, below: 1000') },
  {
    id: 'processors',
    unit: 'count',
    measure: node('node_cpu_seconds_total{job="nodes"}', 'reduce: distinct, label: cpu'),
  },
  {
    id: 'portal',
    unit: 'ratio',
    measure: node('citygauge_probe_success{job="portal"}', 'reduce: mean'),
  },
  { id: 'stale', unit: 'second', measure: node('up{job="nodes"}', 'reduce: staleness') },
  {
    id: 'processorTime',
    unit: 'second',
    measure: node('node_cpu_seconds_total{job="nodes",mode="idle"}', 'reduce: increase'),
  },
  {
    id: 'errors',
    unit: 'ratio',
    measure: node(
      'citygauge_service_errors_total',
      "reduce: ratio, by: increase, total: 'citygauge_service_requests_total'",
    ),
  },
  {
    id: 'p95Latency',
    unit: 'second',
    measure: node('citygauge_service_request_duration_seconds', 'reduce: histogramQuantile, at: 0.95'),
  },
];

const memoryTotal = 'node_memory_MemTotal_bytes';

/** The same figure from what CityGauge scraped and from what Prometheus scraped by itself, which only Prometheus has. */
export const scrapedTwice: readonly Leaf[] = ['nodes', 'pulled'].map((job) => ({
  id: `${job}Total`,
  unit: 'factor',
  measure: node(`${memoryTotal}{job="${job}"}`, 'reduce: mean'),
}));

/** Leaves that read counters: a PromQL server extrapolates them to the borders of the period. */
export const ofCounters: readonly string[] = ['processorTime', 'errors', 'p95Latency'];

const leafYaml = ({ id, unit, measure }: Leaf) => `
      - id: ${id}
        title: { zh: 指标, en: Indicator }
        meaning: { zh: 含义, en: Meaning }
        weight: 0
        unit: ${unit}
        measure: ${measure}`;

/** A model with those leaves as context, whose samples need not cover the period: it lasts a week and the test seconds. */
export const enginesModel = `schema: citygauge/model@1
id: engines
version: 1.0.0
title: { zh: 引擎比对, en: Engines }
description: { zh: 三种引擎比对, en: Compares three engines }
source:
  document: { zh: 无, en: None }
  section: { zh: 全文, en: All of it }
  weightsBy: citygauge
  notes: []
grades:
  - { grade: A, from: 0, meaning: { zh: 优, en: Good } }
overall: { kind: score, explanation: { zh: 加权, en: Weighted } }
defaults:
  all:
    direction: higher
    best: 1
    worst: null
    range: { min: 0, max: null }
    tolerance: 0.05
    zeroBase: notApplicable
    frequency: week
    scale: none
    owner: { zh: 办公室, en: Office }
    intervention: { zh: 督办, en: Press }
  units:
    ratio: { range: { min: 0, max: 1 } }
  metrics: { every: 1s, minimumCoverage: 0, fullCoverage: 0.000001 }
modules:
  - id: M
    title: { zh: 模块, en: Module }
    meaning: { zh: 含义, en: Meaning }
    weight: 1
    combine: { method: arithmetic }
    children:${[...leaves, ...scrapedTwice].map(leafYaml).join('')}
      - id: scored
        title: { zh: 计分, en: Scored }
        meaning: { zh: 含义, en: Meaning }
        weight: 1
        unit: ratio
        worst: 0
        scale: linear
        measure: ${node('up{job="nodes"}', 'reduce: mean')}
`;
