import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../collectors/contract.ts';
import { scratchFolder } from '../test/scratch-folder.ts';
import { linesToAdd, makeCollector, readOrder } from './new-collector.ts';

const root = join(import.meta.dirname, '..');
const program = (name: string) => join(root, 'node_modules/.bin', name);

describe('npm run new', function () {
  this.timeout(60_000);
  const folder = scratchFolder();

  it('makes a collector that passes lint, types and its own test', () => {
    cpSync(join(root, 'collectors'), join(folder.path, 'collectors'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
    for (const name of ['package.json', 'biome.json', 'tsconfig.json']) {
      cpSync(join(root, name), join(folder.path, name));
    }
    const order = readOrder(['collector', 'security', 'river-level']);
    const paths = makeCollector(join(folder.path, 'collectors'), order);
    assert.deepEqual(
      paths.map((path) => path.slice(folder.path.length)),
      ['/collectors/security/river-level.ts', '/collectors/security/river-level.test.ts'],
    );
    const tsconfig = JSON.parse(readFileSync(join(folder.path, 'tsconfig.json'), 'utf8'));
    writeFileSync(
      join(folder.path, 'tsconfig.json'),
      JSON.stringify({ ...tsconfig, include: ['collectors/security/river-level*.ts'] }),
    );
    const inFolder = (name: string, ...args: string[]) =>
      execFileSync(process.execPath, [program(name), ...args], {
        cwd: folder.path,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    inFolder('biome', 'ci', '--vcs-enabled=false', '--colors=off', ...paths);
    inFolder('tsc', '--noEmit');
    assert.match(inFolder('mocha', 'collectors/security/river-level.test.ts'), /2 passing/);
    assert.equal(linesToAdd(order), "import { riverLevel } from './security/river-level.ts';\n  riverLevel,");
  });

  it('writes over nothing', () => {
    mkdirSync(join(folder.path, 'cloud'));
    folder.write('cloud/tide.ts', 'mine');
    assert.throws(
      () => makeCollector(folder.path, { domain: 'cloud', id: 'tide' }),
      /tide\.ts is there already/,
    );
    assert.equal(readFileSync(join(folder.path, 'cloud/tide.ts'), 'utf8'), 'mine');
  });

  it('says how it is asked', () => {
    const wrong: readonly (readonly [string[], RegExp])[] = [
      [[], /write npm run new -- collector </],
      [['probe', 'cloud', 'a'], /write npm run new/],
      [['collector', 'clouds', 'a'], /domain "clouds" is unknown: write one of cloud, application/],
      [['collector', 'cloud', 'Tide_Gauge'], /id "Tide_Gauge" is none/],
      [['collector', 'cloud', '../x'], /id "\.\.\/x" is none/],
    ];
    for (const [words, sentence] of wrong) {
      assert.throws(
        () => readOrder(words),
        (error) => error instanceof InputError && sentence.test(error.message),
      );
    }
  });
});
