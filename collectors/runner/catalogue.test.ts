import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { collectors } from '../collectors.ts';
import { collectorDomains } from '../contract.ts';
import { catalogueOf, metricCatalogue } from './catalogue.ts';
import { collectorOf } from './test-jobs.ts';

const folder = join(import.meta.dirname, '..');
/** Files of a domain's folder that are collectors: those whose name is not taken by a test. */
const filesOf = (domain: string) =>
  existsSync(join(folder, domain))
    ? readdirSync(join(folder, domain)).filter(
        (name) => /^[a-z0-9-]+\.ts$/.test(name) && declares(domain, name),
      )
    : [];
const declares = (domain: string, name: string) =>
  /^export const \w+: Collector\b/m.test(readFileSync(join(folder, domain, name), 'utf8'));
const camelCase = (id: string) => id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

describe('the catalogue of metrics', () => {
  it('lists every collector that a folder holds, and none that it does not', async () => {
    const found = collectorDomains.flatMap((domain) => filesOf(domain).map((name) => `${domain}/${name}`));
    assert.deepEqual(collectors.map(({ domain, id }) => `${domain}/${id}.ts`).toSorted(), found.toSorted());
    for (const collector of collectors) {
      const { domain, id } = collector;
      const module: Record<string, unknown> = await import(join(folder, domain, `${id}.ts`));
      assert.equal(module[camelCase(id)], collector, `${id}.ts exports ${camelCase(id)}`);
    }
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
        assert.ok(!['job', 'subject', 'le'].includes(label), `${name} declares ${label}`);
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
      assert.doesNotMatch(en, /\p{Script=Han}/u, name);
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
