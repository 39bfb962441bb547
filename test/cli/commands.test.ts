import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../scratch-folder.ts';
import { evaluateJanuary, header, importJanuary, ordersCsv, run } from './run.ts';

describe('the command line', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const cg = (...argv: string[]) => run(folder.path, ...argv);

  before(async () => {
    folder.write('orders.csv', ordersCsv(40));
    const added = await cg('subject', 'add', 'lin', '--name', '临江市', '--time-zone', 'Asia/Shanghai');
    assert.equal(added.exitCode, 0, added.stderr);
  });

  it('shows in a dry run what an import would do, and writes nothing', async () => {
    const { stdout, exitCode } = await cg('--json', ...importJanuary, '--dry-run');
    assert.equal(exitCode, 0);
    assert.deepEqual([JSON.parse(stdout).new, JSON.parse(stdout).preview[0].id], [40, 'W0']);
    const doctor = JSON.parse((await cg('--json', 'doctor')).stdout) as {
      what: { en: string };
      found: string;
    }[];
    assert.equal(doctor.find(({ what }) => what.en === 'Work orders')?.found, '0');
  });

  it('imports a file once, however often it is given', async () => {
    const first = JSON.parse((await cg('--json', ...importJanuary)).stdout);
    const second = JSON.parse((await cg('--json', ...importJanuary)).stdout);
    assert.deepEqual([first.new, first.unchanged, second.new, second.unchanged], [40, 0, 0, 40]);
    assert.match((await cg(...importJanuary)).stdout, /与库中一致，没有变化/);
  });

  it('lists rejected rows with line and reason in a file', async () => {
    folder.write(
      'bad.csv',
      `${header}\nX1,a,citizen,2026-02-03T00:00:00+08:00,,,\n,a,citizen,2026-02-03T00:00:00+08:00,,,\n`,
    );
    const dry = await cg('--json', 'import', 'work-orders', 'bad.csv', '--subject', 'lin', '--dry-run');
    assert.deepEqual([JSON.parse(dry.stdout).rejected, JSON.parse(dry.stdout).rejectsFile], [1, null]);
    const refused = await cg('import', 'work-orders', 'bad.csv', '--subject', 'lin', '--max-rejects', '0');
    assert.equal(refused.exitCode, 2);
    assert.match(
      refused.stderr,
      /1 rows or more were rejected, --max-rejects allows 0: nothing was imported/,
    );
    const kept = await cg(
      '--json',
      'import',
      'work-orders',
      'bad.csv',
      '--subject',
      'lin',
      '--rejects',
      'r.csv',
    );
    const { rejected, rejectsFile } = JSON.parse(kept.stdout);
    assert.deepEqual([rejected, rejectsFile], [1, join(folder.path, 'r.csv')]);
    assert.match(readFileSync(rejectsFile, 'utf8'), /^\ufeffline,verdict,id,原因,reason\n3,rejected,,/);
  });

  it('lists the faulty rows that it keeps, with line and reason', async () => {
    folder.write(
      'faulty.csv',
      `${header}\nZ1,a,citizen,2026-02-03T08:00:00+08:00,,2026-02-01T08:00:00+08:00,\n`,
    );
    const { stdout } = await cg('--json', 'import', 'work-orders', 'faulty.csv', '--subject', 'lin');
    const { faulty, faults, rejectsFile } = JSON.parse(stdout);
    assert.deepEqual([faulty, faults[0].line, faults[0].id], [1, 2, 'Z1']);
    assert.match(
      readFileSync(rejectsFile, 'utf8'),
      /\n2,faulty,Z1,结案时间 2026-02-01T00:00:00Z 早于受理时间/,
    );
  });

  it('never writes rejects over a file that is something else, and imports nothing then', async () => {
    const before = readFileSync(join(folder.path, 'bad.csv'), 'utf8');
    const line = (type: string) => `Y1,${type},citizen,2026-02-03T00:00:00+08:00,,,\n`;
    folder.write('twice.csv', `${header}\n${line('a')}${line('b')}`);
    for (const target of ['bad.csv', 'twice.csv', '.', 'orders.csv/x']) {
      const { exitCode, stderr } = await cg(
        ...['import', 'work-orders', 'twice.csv', '--subject', 'lin', '--rejects', target],
      );
      assert.equal(exitCode, 2, target);
      assert.match(stderr, /rejects file .* (?:exists and is no list of rejects|cannot be written)/);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
    assert.equal(readFileSync(join(folder.path, 'bad.csv'), 'utf8'), before);
    const { stdout } = await cg('--json', 'import', 'work-orders', 'twice.csv', '--subject', 'lin');
    assert.deepEqual([JSON.parse(stdout).new, JSON.parse(stdout).rejected], [1, 1]);
    const left = readdirSync(folder.path).filter((name) => name.endsWith('.tmp'));
    assert.deepEqual(left, []);
  });

  it('evaluates to the same bytes twice', async () => {
    const [a, b] = [
      await cg(...evaluateJanuary, '--out', 'a.json'),
      await cg(...evaluateJanuary, '--out', 'b.json'),
    ];
    assert.deepEqual([a.exitCode, b.exitCode], [0, 0], a.stderr);
    assert.equal(
      readFileSync(join(folder.path, 'a.json'), 'utf8'),
      readFileSync(join(folder.path, 'b.json'), 'utf8'),
    );
    const { observations } = JSON.parse(readFileSync(join(folder.path, 'a.json'), 'utf8'));
    const closure = observations.find(
      (each: { indicator: string }) => each.indicator === 'closure.closureRatio',
    );
    assert.deepEqual([closure.numerator, closure.denominator], [32, 40]);
  });

  it('drills down to parts that add up', async () => {
    const { stdout } = await cg(
      '--json',
      'drill',
      'closure.closureRatio',
      '--subject',
      'lin',
      '--period',
      '2026-01',
      '--by',
      'channel',
    );
    const { parts, whole } = JSON.parse(stdout);
    assert.deepEqual(
      parts.map((part: { slice: string; numerator: number; denominator: number }) => [
        part.slice,
        part.numerator,
        part.denominator,
      ]),
      [
        ['citizen', 16, 20],
        ['employee', 16, 20],
      ],
    );
    assert.deepEqual([whole.numerator, whole.denominator], [32, 40]);
  });

  it('makes a PDF that verifies, and names what an altered one says otherwise', async () => {
    assert.equal((await cg('report', 'a.json', '--out', 'a.pdf')).exitCode, 0);
    const verified = await cg('--json', 'verify', 'a.pdf');
    assert.equal(verified.exitCode, 0, verified.stdout);
    assert.ok(JSON.parse(verified.stdout).compared.printedNumbers > 100);
    const bytes = readFileSync(join(folder.path, 'a.pdf'));
    writeFileSync(join(folder.path, 'longer.pdf'), Buffer.concat([bytes, Buffer.from('% appended\n')]));
    const altered = await cg('--json', 'verify', 'longer.pdf');
    assert.equal(altered.exitCode, 1);
    assert.ok(JSON.parse(altered.stdout).differences.length > 0);
  });

  it('makes the report from the store in every other format', async () => {
    const { sha256 } = JSON.parse(readFileSync(join(folder.path, 'a.json'), 'utf8'));
    for (const format of ['json', 'csv', 'html', 'xlsx']) {
      const { exitCode, stderr } = await cg(
        'report',
        sha256.slice(0, 12),
        '--format',
        format,
        '--out',
        `s.${format}`,
      );
      assert.equal(exitCode, 0, stderr);
    }
    assert.equal(
      readFileSync(join(folder.path, 's.json'), 'utf8'),
      readFileSync(join(folder.path, 'a.json'), 'utf8'),
    );
  });

  it('gives another number to a report that says more, and the same bytes to the same number', async () => {
    await cg('evaluate', '--model', 'event-loop-2022', '--subject', 'lin', '--period', '2026-02');
    const { sha256 } = JSON.parse((await cg('--json', ...evaluateJanuary.slice(0, -1), '2026-02')).stdout);
    const report = async (...more: string[]) =>
      JSON.parse((await cg('--json', 'report', sha256, '--format', 'html', ...more)).stdout) as {
        number: string;
        file: string;
      };
    const bytesOf = (file: string) => readFileSync(join(folder.path, file), 'utf8');
    const first = await report('--out', '1.html');
    const again = await report('--out', '2.html');
    assert.deepEqual([again.number, bytesOf(again.file)], [first.number, bytesOf(first.file)]);
    assert.notEqual((await report('--lang', 'en', '--out', '3.html')).number, first.number);
    await cg(...evaluateJanuary, '--as-of', '2026-01-20');
    const other = await report('--out', '4.html');
    assert.notEqual(bytesOf(other.file), bytesOf(first.file));
    assert.notEqual(other.number, first.number);
  });

  it('reports on a model of one’s own when its file is named', async () => {
    const shipped = join(import.meta.dirname, '../../scoring/models/event-loop-2022.yaml');
    folder.write('mine.yaml', readFileSync(shipped, 'utf8').replace('id: event-loop-2022', 'id: mine'));
    await cg(
      'evaluate',
      '--model',
      'mine.yaml',
      '--subject',
      'lin',
      '--period',
      '2026-01',
      '--out',
      'm.json',
    );
    const without = await cg('report', 'm.json', '--format', 'html', '--out', 'm.html');
    assert.equal(without.exitCode, 2);
    assert.match(without.stderr, /model mine with sha256 .* is not at hand: .* by --model/);
    const made = await cg('report', 'm.json', '--model', 'mine.yaml', '--format', 'html', '--out', 'm.html');
    assert.equal(made.exitCode, 0, made.stderr);
  });

  it('scores a file of observations without a store', async () => {
    folder.write(
      'o.csv',
      'indicator,value,numerator,denominator,unit,source\nS8.P1,,46,50,ratio,问卷.pdf\nS8.P2,0.85,,,ratio,\n',
    );
    const elsewhere = join(folder.path, 'no-store');
    const { stdout, exitCode, stderr } = await cg(
      ...[
        '--json',
        '--data',
        elsewhere,
        'evaluate',
        '--model',
        'scie-2021-value',
        '--subject',
        'x',
        '--period',
        '2026-Q1',
      ],
      ...['--observations', 'o.csv'],
    );
    assert.equal(exitCode, 0, stderr);
    const { nodes } = JSON.parse(stdout);
    const s8 = nodes.find((node: { id: string }) => node.id === 'S8');
    assert.ok(Math.abs(s8.score - (60 * 0.92 + 40 * 0.85)) < 1e-9, String(s8.score));
    assert.equal(s8.grade, 'B');
    assert.ok(!readdirSync(folder.path).includes('no-store'));
  });

  it('lists all faults of a model file with line and column, and exits 1', async () => {
    folder.write('m.yaml', 'id: m\nversion: 1\ntitel: {zh: 甲, en: a}\n');
    const { exitCode, stderr } = await cg('model', 'check', 'm.yaml');
    assert.equal(exitCode, 1);
    assert.match(stderr, /m\.yaml:3:1: .*titel/);
    assert.ok(stderr.trim().split('\n').length > 3, stderr);
  });

  it('refuses an evaluation file that was altered', async () => {
    const text = readFileSync(join(folder.path, 'a.json'), 'utf8');
    folder.write('altered.json', text.replace('"numerator":32', '"numerator":40'));
    const { exitCode, stderr } = await cg('report', 'altered.json');
    assert.equal(exitCode, 2);
    assert.match(stderr, /its content hashes to [0-9a-f]{64}: it was altered/);
  });
});
