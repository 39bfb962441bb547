import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { findBreaches, type SourceFile } from './architecture.ts';

const root = posix.join(import.meta.dirname, '..');

function trackedSources(): SourceFile[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  return list
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => ({ path, text: readFileSync(posix.join(root, path), 'utf8') }));
}

describe('architecture', () => {
  it('holds the import table over every source file', () => {
    const found = findBreaches(trackedSources());
    console.log(
      `      ${found.files} files, ${found.imports} imports, ${found.crossings} crossings between folders`,
    );
    assert.deepEqual(found.breaches, []);
    assert.ok(found.files > 100, `looked at ${found.files} files only`);
    assert.ok(found.crossings > 100, `saw ${found.crossings} crossings only`);
  });

  const planted: readonly [string, SourceFile, RegExp][] = [
    [
      'a folder that reaches past a contract',
      { path: 'reports/pdf/x.ts', text: `import { a } from '../../scoring/engine/tree.ts';` },
      /reports\/ may not import scoring\/engine\/tree\.ts/,
    ],
    [
      'a folder that imports a contract it may not know',
      { path: 'scoring/engine/x.ts', text: `import type { A } from '../../store/contract.ts';` },
      /scoring\/ may not import store\/contract\.ts/,
    ],
    [
      'a library outside its place',
      { path: 'dashboards/web/x.ts', text: `import PDFDocument from 'pdfkit';` },
      /pdfkit belongs to reports\/pdf/,
    ],
    [
      'disk access in a file whose name does not say so',
      { path: 'scoring/engine/x.ts', text: `import { readFileSync } from 'node:fs';` },
      /node:fs in scoring\/engine\/x\.ts/,
    ],
    [
      'a clock read inside the engine',
      { path: 'scoring/engine/x.ts', text: 'const now = Date.now();' },
      /reads the clock/,
    ],
  ];
  for (const [title, file, expected] of planted) {
    it(`names ${title}`, () => {
      assert.match(findBreaches([file]).breaches.join('\n'), expected);
    });
  }
});
