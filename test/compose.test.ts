import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { requireProgram } from './real-parts.ts';

const root = join(import.meta.dirname, '..');

interface Service {
  readonly image: string;
  readonly build?: { readonly dockerfile: string };
  readonly network_mode: string;
  readonly restart: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

describe('compose.yaml', () => {
  const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
  const { services, volumes } = parse(text, { merge: true }) as Compose;
  const all = Object.entries(services);

  it('has the five services, each pinned, restarted and looked after', () => {
    assert.deepEqual(Object.keys(services), [
      'citygauge',
      'prometheus',
      'alertmanager',
      'grafana',
      'postgres',
    ]);
    for (const [name, service] of all) {
      assert.match(service.image, /:v?\d+\.\d+(?:\.\d+)?(?:-\w+)?$/, name);
      assert.equal(service.restart, 'unless-stopped', name);
      assert.equal(service.healthcheck?.test[0], 'CMD', name);
    }
  });

  it('listens on loopback addresses alone', () => {
    for (const [name, { network_mode, command = [], environment = {} }] of all) {
      assert.equal(network_mode, 'host', name);
      assert.match([...command, ...Object.values(environment)].join(' '), /127\.0\.0\.1/, name);
      assert.ok(![...command, ...Object.values(environment)].some((each) => each.includes('0.0.0.0')), name);
    }
  });

  it('holds no password', () => {
    assert.ok(!/PASSWORD: (?!\$\{)/.test(text));
    assert.match(services.citygauge?.environment?.DATABASE_URL ?? '', /:\$\{POSTGRES_PASSWORD:\?/);
  });

  it('mounts files that are there and volumes that are declared, and waits for services that exist', () => {
    const mounts = all.flatMap(([, { volumes: each = [] }]) =>
      each.map((mount) => mount.split(':')[0] ?? ''),
    );
    const files = mounts.filter((mount) => mount.startsWith('.'));
    assert.equal(files.length, 3);
    for (const file of files) assert.ok(existsSync(join(root, file)), file);
    const named = mounts.filter((mount) => !mount.startsWith('.'));
    assert.deepEqual(named.toSorted(), Object.keys(volumes).toSorted());
    assert.ok(existsSync(join(root, services.citygauge?.build?.dockerfile ?? '')));
    for (const [name, { depends_on = {} }] of all) {
      for (const other of Object.keys(depends_on))
        assert.ok(services[other]?.healthcheck, `${name}: ${other}`);
    }
  });

  it('uses the version of Node.js and of the package that package.json names', () => {
    const { version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const dockerfile = readFileSync(join(root, 'deploy/citygauge/Dockerfile'), 'utf8');
    assert.ok(dockerfile.startsWith(`FROM node:${devDependencies.node}-`));
    assert.equal(services.citygauge?.image, `citygauge:${version}`);
  });

  it('has configurations that Prometheus and Alertmanager accept', function () {
    const options = { encoding: 'utf8', stdio: 'pipe' } as const;
    const promtool = requireProgram(this, 'promtool');
    const amtool = requireProgram(this, 'amtool');
    const prometheus = join(root, 'deploy/prometheus/prometheus.yml');
    assert.match(execFileSync(promtool, ['check', 'config', prometheus], options), /SUCCESS/);
    const alertmanager = join(root, 'deploy/alertmanager/alertmanager.yml');
    assert.match(execFileSync(amtool, ['check-config', alertmanager], options), /SUCCESS/);
  });
});
