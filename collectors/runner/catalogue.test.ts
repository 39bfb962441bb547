import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { collectors } from '../collectors.ts';
import { type Collector, collectorDomains } from '../contract.ts';
import { catalogueOf, metricCatalogue } from './catalogue.ts';
import { collectorOf } from './test-jobs.ts';

const folder = join(import.meta.dirname, '..');
const camelCase = (id: string) => id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const isCollector = (value: unknown): value is Collector =>
  typeof value === 'object' && value !== null && 'collect' in value && 'cadence' in value;

/** The collectors of a domain's folder: `domain/file` -> what the file exports under the file's name. */
async function collectorsIn(domain: string): Promise<[string, unknown][]> {
  if (!existsSync(join(folder, domain))) return [];
  const names = readdirSync(join(folder, domain)).filter((name) => /^[a-z0-9-]+\.ts$/.test(name));
  const modules = await Promise.all(
    names.map(async (name) => {
      const module: Record<string, unknown> = await import(join(folder, domain, name));
      return { name, module };
    }),
  );
  return modules
    .filter(({ module }) => Object.values(module).some(isCollector))
    .map(({ name, module }) => [`${domain}/${name}`, module[camelCase(name.slice(0, -3))]]);
}

describe('the catalogue of metrics', () => {
  it('lists every collector that a folder holds, and none that it does not', async () => {
    const found = (await Promise.all(collectorDomains.map(collectorsIn))).flat();
    assert.ok(found.length > 10);
    const listed = collectors.map(
      (collector) => [`${collector.domain}/${collector.id}.ts`, collector] as const,
    );
    const byName = (a: readonly [string, unknown], b: readonly [string, unknown]) => (a[0] < b[0] ? -1 : 1);
    assert.deepEqual(listed.toSorted(byName), found.toSorted(byName));
  });

  it('names each metric once, as Prometheus names metrics', () => {
    const names = metricCatalogue().map(({ name }) => name);
    assert.ok(names.length > 20);
    assert.equal(new Set(names).size, names.length);
    for (const { name, type, unit, labels } of metricCatalogue()) {
      assert.match(name, /^[a-z][a-z0-9_]*[a-z0-9]$/);
      assert.equal(name.endsWith('_total'), type === 'counter', name);
      assert.doesNotMatch(name, /_(?:bucket|sum|info_total|milliseconds|percent|minutes)$/, name);
      if (unit !== '') assert.ok(name.includes(`_${unit}`), `${name} has the unit ${unit} in its name`);
      for (const label of Object.keys(labels)) {
        assert.match(label, /^[a-z][a-z0-9_]*$/);
        assert.ok(!['job', 'le'].includes(label), `${name} declares ${label}`);
        // One job tells of the promises of every subject below its own.
        assert.ok(label !== 'subject' || name.startsWith('citygauge_slo_'), `${name} declares ${label}`);
      }
    }
  });

  it('says everything in both languages', () => {
    const texts = [
      ...metricCatalogue().flatMap(({ name, help, labels }) =>
        [help, ...Object.values(labels)].map((text) => [name, text] as const),
      ),
      ...collectors.flatMap(({ id, title, description }) => [
        [id, title] as const,
        [id, description] as const,
      ]),
    ];
    for (const [name, { zh, en }] of texts) {
      assert.match(zh, /\p{Script=Han}/u, name);
      assert.match(en, /[a-z]/i, name);
      assert.notEqual(zh, en, name);
    }
  });

  it('describes every setting of every collector', () => {
    const undescribed = (node: unknown, path: string): string[] => {
      if (typeof node !== 'object' || node === null) return [];
      const { properties } = node as { properties?: Record<string, { description?: string }> };
      const own = Object.entries(properties ?? {}).flatMap(([name, child]) =>
        child.description ? [] : [`${path}.${name}`],
      );
      return [...own, ...Object.values(node).flatMap((child) => undescribed(child, path))];
    };
    for (const { id, settings } of collectors) {
      const schema = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
      assert.deepEqual(undescribed(schema, id), []);
    }
  });

  it('refuses two declarations of a name that differ', () => {
    const one = collectorOf(async () => ({ readings: [] }));
    const [metric] = one.metrics;
    assert.ok(metric);
    const twin = { ...one, id: 'twin' };
    assert.deepEqual(catalogueOf([one, twin]).find(({ spec }) => spec.name === metric.name)?.collectors, [
      'tide-gauge',
      'twin',
    ]);
    const differing = [
      [{ ...metric, type: 'counter' as const }, 'type'],
      [{ ...metric, unit: 'feet' }, 'unit'],
      [{ ...metric, labels: {} }, 'labels'],
      [{ ...metric, help: { zh: '另', en: 'other' } }, 'help'],
    ] as const;
    for (const [other, what] of differing) {
      assert.throws(() => catalogueOf([one, { ...twin, metrics: [other] }]), new RegExp(`another ${what}`));
    }
  });
});
