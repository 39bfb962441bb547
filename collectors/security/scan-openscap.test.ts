import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import type { Context } from 'mocha';
import { runOnce } from '../../test/probe-run.ts';
import { requireProgram } from '../../test/real-parts.ts';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { CollectorFault } from '../contract.ts';
import { scanOpenscap } from './scan-openscap.ts';

const contentFolder = '/usr/share/xml/scap/ssg/content';
const profile = 'xccdf_org.ssgproject.content_profile_standard';
const rule = (name: string) => `xccdf_org.ssgproject.content_rule_${name}`;
/** Whose outcome is the same on every Debian: the owner of /etc/passwd, and a module that is not barred. */
const rules = [rule('file_owner_etc_passwd'), rule('file_groupowner_etc_passwd')];

/** The data stream of Debian's package; `ssg-debian` must be there like a program. */
function dataStream(context: Context): string {
  requireProgram(context, 'oscap');
  const path = `${contentFolder}/ssg-debian11-ds.xml`;
  if (!existsSync(path)) requireProgram(context, 'ssg-debian');
  return path;
}

describe('scan-openscap', function () {
  this.timeout(30_000);
  const folder = scratchFolder();

  /** The content is of another release than the one the tests may run on: without its platform it fits every Debian. */
  function contentForAll(context: Context): string {
    const text = readFileSync(dataStream(context), 'utf8');
    const platform = /<xccdf-1\.2:platform idref="cpe:\/o:debian:debian_linux:11"\/>/;
    assert.match(text, platform);
    return folder.write('ds.xml', text.replace(platform, ''));
  }

  it('checks this host against rules of a real benchmark', async function () {
    const content = contentForAll(this);
    const { scans, gaps, targets } = await runOnce(scanOpenscap, {
      content,
      profile,
      rules,
      asset: 'quay-1',
    });
    const [scan] = scans ?? [];
    assert.deepEqual(
      [scan?.report.format, scan?.report.scanner, scan?.report.baselines, gaps],
      ['xccdf', 'openscap', [{ asset: 'quay-1', profile, passed: 2, failed: 0, other: 0 }], []],
    );
    assert.equal(scan?.fileName, `oscap xccdf eval ${profile} ${content}`);
    assert.match(scan?.sha256 ?? '', /^[0-9a-f]{64}$/);
    assert.equal(targets?.[0]?.detail.en, '2 passed, 0 failed, 0 other');
  });

  it('makes findings of failed rules, with the benchmark’s words', async function () {
    const content = contentForAll(this);
    // An owner that no file has.
    const own = readFileSync(content, 'utf8').replaceAll(
      /(<[a-z-]*:?user_id datatype="int">)0</g,
      '$14294967294<',
    );
    const { scans } = await runOnce(scanOpenscap, {
      content: folder.write('ds-failing.xml', own),
      profile,
      rules: [rule('file_owner_etc_passwd')],
    });
    const report = scans?.[0]?.report;
    assert.deepEqual(
      [report?.baselines[0]?.failed, report?.findings.map(({ title, severity }) => [title, severity])],
      [1, [['Verify User Who Owns passwd File', 'medium']]],
    );
  });

  it('says that content of another system came to no result', async function () {
    const text = readFileSync(dataStream(this), 'utf8').replaceAll('debian_linux:11"', 'debian_linux:77"');
    const content = folder.write('other.xml', text);
    const { gaps, scans } = await runOnce(scanOpenscap, { content, profile, rules });
    assert.deepEqual(
      gaps?.map(({ labels, state, reason }) => [labels, state, reason.en]),
      [
        [
          { profile },
          'failed',
          'none of the 2 rules came to a result on this host: not applicable or not checked',
        ],
      ],
    );
    assert.deepEqual([scans?.[0]?.report.baselines[0]?.other, scans?.[0]?.report.assets], [2, []]);
    const unchosen = await runOnce(scanOpenscap, { content });
    assert.deepEqual(
      unchosen.gaps?.map(({ reason, remedy }) => [reason.en, remedy?.en]),
      [['no rule was chosen', 'name a profile of the benchmark; oscap info lists them']],
    );
  });

  it('names what is wrong with the content, the profile and the settings', async function () {
    const content = dataStream(this);
    const absent = await rejectionOf(runOnce(scanOpenscap, { content: '/no/ds.xml' }));
    assert.match(absent.message, /^\/no\/ds\.xml: there is no such file/);
    const nonsense = await rejectionOf(runOnce(scanOpenscap, { content: folder.write('n.xml', '<a/>') }));
    assert.match(nonsense.message, /^oscap says: /);
    const unknown = await rejectionOf(runOnce(scanOpenscap, { content, profile: 'no_such_profile' }));
    assert.match(unknown.message, /^oscap says: .*no_such_profile/);
    assert.match((unknown as CollectorFault).remedy?.zh ?? '', /oscap info/);
    assert.throws(
      () => scanOpenscap.settings.parse({ content, profile: '--remediate' }),
      /is no id of XCCDF/,
    );
  });

  it('fails with the package to install where oscap is absent, and with its time where it hangs', async () => {
    const content = folder.write('any.xml', '<a/>');
    const empty = { PATH: folder.write('x', '') };
    const absent = await rejectionOf(runOnce(scanOpenscap, { content }, { environment: empty }));
    assert.ok(absent instanceof CollectorFault);
    assert.deepEqual(
      [absent.message, absent.isFinal, absent.remedy?.en],
      [
        'the program oscap is not installed',
        true,
        'install the package openscap-scanner and see that it is on PATH',
      ],
    );
    chmodSync(folder.write('oscap', '#!/bin/sh\nexec sleep 60\n'), 0o755);
    const environment = { PATH: `${folder.path}:${process.env.PATH}` };
    const hanging = await rejectionOf(
      runOnce(scanOpenscap, { content }, { environment, timeoutSeconds: 5.2 }),
    );
    assert.match(hanging.message, /^oscap was not done within 1 s and was killed/);
    chmodSync(folder.write('oscap', '#!/bin/sh\nexit 2\n'), 0o755);
    const silent = await rejectionOf(runOnce(scanOpenscap, { content }, { environment }));
    assert.equal(silent.message, 'oscap left no file of results');
  });
});
