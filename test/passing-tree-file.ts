import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `--stamp` notes that the tests have passed on the tree as it stands; `--known` exits 0 when they have, so that a check
 * after a test run does not run them again, and 1 when one file is other than it was.
 */
const root = join(import.meta.dirname, '..');
const stampFile = join(root, 'coverage', 'passed-on.txt');

/** Every file that is not ignored, by content; the runtime, and whether absent real parts fail. */
function treeSha256(): string {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const hash = createHash('sha256');
  hash.update(`${process.version}\n${process.env.CITYGAUGE_REQUIRE_REAL_PARTS ?? ''}\n`);
  for (const path of [...new Set(list.split('\0'))].filter((each) => each !== '').sort()) {
    const full = join(root, path);
    hash.update(`${path}\n`).update(existsSync(full) ? readFileSync(full) : 'gone');
  }
  return hash.digest('hex');
}

const [order] = process.argv.slice(2);
if (order === '--stamp') {
  mkdirSync(join(root, 'coverage'), { recursive: true });
  writeFileSync(stampFile, treeSha256());
} else if (order === '--known') {
  const isKnown = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === treeSha256();
  console.log(
    isKnown
      ? 'The tests have passed on this very tree: not run again.'
      : 'The tests have not passed on this tree yet.',
  );
  process.exitCode = isKnown ? 0 : 1;
} else {
  console.error('node test/passing-tree-file.ts --stamp | --known');
  process.exitCode = 2;
}
