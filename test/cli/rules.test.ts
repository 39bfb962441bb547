import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostStore } from '../../cli/surroundings.ts';
import { openStore } from '../../store/open-store.ts';
import { requireProgram } from '../real-parts.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { type Ran, runIn } from './run.ts';

const spec = (objective: number) => `schema: citygauge/slo@1
service: portal
slos:
  - name: availability
    objective: ${objective}
    period: 30d
    sli: { counters: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total } }
    alerting: { name: PortalErrors, runbook: docs/runbooks/slo-page.md }
`;

interface Answer {
  readonly files: readonly string[];
  readonly difference: Readonly<Record<'missing' | 'changed' | 'left', readonly string[]>>;
  readonly programs: readonly { readonly program: string; readonly state: string; readonly files: number }[];
}

const answerOf = ({ stdout }: Ran) => JSON.parse(stdout) as Answer;

describe('citygauge rules', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const environment = { PATH: process.env.PATH };
  // The store is opened once, as a server's is; every command is lent it.
  let hostStore: HostStore | undefined;
  const withStore = () => (hostStore ? { hostStore } : {});
  const rules = (...argv: string[]) =>
    runIn(folder.path, { ...withStore(), environment }, '--json', 'rules', ...argv);
  const slo = join(folder.path, 'data/slos/portal.yaml');

  before(async function () {
    requireProgram(this, 'promtool');
    const dataFolder = join(folder.path, 'data');
    hostStore = { dataFolder, store: await openStore({ dataFolder }, {}) };
    mkdirSync(join(folder.path, 'data/slos'), { recursive: true });
    writeFileSync(slo, spec(99.9));
  });

  after(() => hostStore?.store.close());

  it('writes files that promtool takes, and whose tests pass', async () => {
    const written = await rules('generate');
    assert.equal(written.exitCode, 0, written.stderr);
    assert.ok(answerOf(written).files.includes('slo-portal-availability.rules.yaml'));
    const checked = await rules('check');
    assert.equal(checked.exitCode, 0, checked.stdout);
    const count = answerOf(written).files.length / 2;
    const [promtool] = answerOf(checked).programs;
    assert.deepEqual([promtool?.program, promtool?.state, promtool?.files], ['promtool', 'accepted', count]);
    const tested = await rules('test');
    assert.equal(tested.exitCode, 0, tested.stdout);
    assert.equal(answerOf(tested).programs[0]?.files, count);
  });

  it('answers 1 once a promise is changed, and says which files are stale', async () => {
    writeFileSync(slo, spec(99.5));
    const checked = await rules('check');
    assert.equal(checked.exitCode, 1);
    const stale = ['slo-portal-availability.rules.yaml', 'slo-portal-availability.test.yaml'];
    assert.deepEqual(answerOf(checked).difference, { missing: [], changed: stale, left: [] });
    rmSync(dirname(slo), { recursive: true });
    const written = await rules('generate');
    assert.deepEqual(answerOf(written).difference, { missing: [], changed: [], left: stale });
    assert.ok(!readdirSync(join(folder.path, 'data/rules')).includes(stale[0] ?? ''));
  });

  it('answers 1 when promtool objects to a file, and passes on what it says', async () => {
    const file = join(folder.path, 'data/rules/suite-citygauge-process.rules.yaml');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.replace('up{', 'up{{'));
    const checked = await runIn(
      folder.path,
      { ...withStore(), environment },
      'rules',
      'check',
      '--lang',
      'en',
    );
    assert.equal(checked.exitCode, 1);
    assert.match(checked.stdout, /^stale: suite-citygauge-process\.rules\.yaml$/m);
    assert.match(checked.stdout, /promtool: refused\n[\s\S]*could not parse expression/);
    writeFileSync(file, whole);
  });

  it('says what is absent: promtool for a check, which then fails, and for tests, which need it', async () => {
    const bare = { ...withStore(), environment: { PATH: folder.path } };
    const checked = await runIn(folder.path, bare, 'rules', 'check', '--lang', 'en');
    assert.equal(checked.exitCode, 1);
    assert.match(checked.stdout, /^not checked: promtool is not on PATH$/m);
    assert.match(checked.stdout, /^not checked: vmalert is not on PATH$/m);
    const tested = await runIn(folder.path, bare, 'rules', 'test');
    assert.equal(tested.exitCode, 2);
    assert.match(
      tested.stderr,
      /^citygauge: promtool is not on PATH: install it \(Debian: apt install prometheus\)/,
    );
  });

  it('refuses an unknown style with the one that was meant', async () => {
    const ran = await rules('generate', '--style', 'slot');
    assert.deepEqual(
      [ran.exitCode, ran.stderr],
      [2, 'citygauge: --style "slot" is unknown: did you mean "sloth"?\n'],
    );
  });
});
