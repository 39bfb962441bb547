import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const names = [
  'formula',
  'import',
  'evaluate',
  'observe',
  'report',
  'start',
  'home',
  'exposition',
  'probes',
  'remote-write',
  'otlp',
  'quality-checks',
  'quality-profile',
  'findings',
  'slo-calendar',
  'slo-generate',
  'slo-windows',
] as const;

/** `npm run bench` runs all, `npm run bench -- import` one; each in a process of its own. */
const wanted = process.argv.slice(2);
for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
