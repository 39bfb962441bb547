import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../contract.ts';
import { syslog } from './syslog.ts';
import { readText } from './test-read.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const failed = (time: string, host = 'web-1') =>
  `${time} ${host} sshd[912]: Failed password for invalid user wang from 203.0.113.9 port 50096 ssh2`;

describe('syslog', () => {
  it('is told by lines that begin with time and host', () => {
    const says = (text: string) => syslog.recognises({ fileName: 'auth.log', text });
    assert.equal(says(failed('Nov 21 09:15:00')), true);
    assert.equal(says(failed('2026-11-21T09:15:00.123456+08:00')), true);
    assert.equal(says('<86>1 2026-11-21T09:15:00Z web-1 sshd 912 - - x'), true);
    assert.equal(says('Dear reader,\n'), false);
  });

  it('counts failed logins of every program by asset and UTC day, and keeps neither names nor addresses', async () => {
    const report = await readText(
      syslog,
      lines(
        failed('Nov 21 09:15:00'),
        '2026-11-21T09:16:00.500000+08:00 web-1 sshd-session[9]: Failed keyboard-interactive/pam for li from 203.0.113.9 port 1 ssh2',
        '<86>1 2026-11-21T01:17:00.25Z web-1 su 14 - [a b="]"] FAILED SU (to root) li on pts/0',
        "Nov 21 09:18:00 web-1 login[77]: FAILED LOGIN (1) on '/dev/tty1' FOR 'wang', Authentication failure",
        'Nov 21 09:19:00 web-1 sudo:     wang : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls',
        'Nov 21 09:20:00 web-1 sshd[913]: Accepted password for li from 10.0.0.5 port 55123 ssh2',
        'Nov 21 09:20:01 web-1 sshd[914]: Failed none for wang from 203.0.113.9 port 1 ssh2',
        'Nov 21 09:20:02 web-1 sshd[914]: Failed publickey for wang from 203.0.113.9 port 1 ssh2: RSA SHA256:abc',
        failed('Nov 21 07:59:59', 'db-1'),
      ),
    );
    assert.deepEqual(report.alarms, [
      {
        signature: 'auth-failure',
        title: '认证失败 / Authentication failures',
        asset: 'db-1',
        severity: 'info',
        firstAt: '2026-11-20T23:59:59.000Z',
        lastAt: '2026-11-20T23:59:59.000Z',
        count: 1,
      },
      {
        signature: 'auth-failure',
        title: '认证失败 / Authentication failures',
        asset: 'web-1',
        severity: 'info',
        firstAt: '2026-11-21T01:15:00.000Z',
        lastAt: '2026-11-21T01:19:00.000Z',
        count: 7,
      },
    ]);
    assert.deepEqual(report.logs, [
      { asset: 'db-1', lastAt: '2026-11-20T23:59:59.000Z', lines: 1 },
      { asset: 'web-1', lastAt: '2026-11-21T01:20:02.000Z', lines: 8 },
    ]);
    assert.doesNotMatch(JSON.stringify(report), /wang|203\.0\.113|"li"/);
  });

  it('counts a failure once that several layers report, and lines that rsyslog folded as often as they came', async () => {
    const countOf = async (...all: string[]) => (await readText(syslog, lines(...all))).alarms[0]?.count;
    const pam =
      'pam_unix(sshd:auth): authentication failure; logname= uid=0 tty=ssh rhost=203.0.113.9  user=li';
    assert.equal(
      await countOf(
        `Nov 21 09:15:00 web-1 sshd[912]: ${pam}`,
        failed('Nov 21 09:15:02'),
        failed('Nov 21 09:15:04'),
        'Nov 21 09:15:06 web-1 sshd[912]: message repeated 2 times: [ Failed password for li from 203.0.113.9 port 50096 ssh2]',
        'Nov 21 09:15:07 web-1 sshd[912]: PAM 2 more authentication failures; logname= uid=0 tty=ssh user=li',
      ),
      4,
    );
    assert.equal(
      await countOf(
        'Nov 21 09:15:00 web-1 sudo: pam_unix(sudo:auth): authentication failure; logname=li uid=1000 user=li',
        'Nov 21 09:15:03 web-1 sudo: pam_sss(sudo:auth): authentication failure; logname=li uid=1000 user=li',
        'Nov 21 09:15:05 web-1 gdm-password]: pam_unix(gdm-password:auth): authentication failure; uid=0 user=li',
      ),
      2,
    );
  });

  it('grows worse with the number: 10 low, 100 medium, 1000 high', async () => {
    const severityOf = async (count: number) =>
      (await readText(syslog, lines(...Array<string>(count).fill(failed('Nov 21 09:15:00'))))).alarms[0]
        ?.severity;
    assert.deepEqual(await Promise.all([9, 10, 99, 100, 999, 1000].map(severityOf)), [
      'info',
      'low',
      'low',
      'medium',
      'medium',
      'high',
    ]);
  });

  it('gives lines without a year the latest year that does not lie ahead', async () => {
    const lastAt = async (time: string, now: string) => {
      const { logs, skipped } = await readText(syslog, lines(failed(time)), { now }).catch((error) => ({
        logs: [],
        skipped: { examples: [{ place: '', reason: { zh: '', en: String(error.message) } }] },
      }));
      return logs[0]?.lastAt ?? skipped.examples[0]?.reason.en;
    };
    assert.equal(await lastAt('Dec 31 23:59:59', '2027-01-02T00:00:00Z'), '2026-12-31T15:59:59.000Z');
    assert.equal(await lastAt('Jan  1 00:00:05', '2026-12-31T16:01:00Z'), '2026-12-31T16:00:05.000Z');
    assert.equal(await lastAt('Feb 29 12:00:00', '2026-11-21T06:00:00Z'), '2024-02-29T04:00:00.000Z');
    assert.equal(await lastAt('Nov 30 09:00:00', '2026-11-21T06:00:00Z'), '2025-11-30T01:00:00.000Z');
    assert.match((await lastAt('Nov 21 15:00:00', '2026-11-21T06:00:00Z')) ?? '', /lies in the future/);
    assert.match((await lastAt('Feb 30 12:00:00', '2026-11-21T06:00:00Z')) ?? '', /no line is one of syslog/);
  });

  it('reads local times in the zone, a repeated one as its first, a skipped one moved forward', async () => {
    const read = async (time: string) =>
      (
        await readText(syslog, lines(failed(time)), {
          timeZone: 'America/New_York',
          now: '2026-11-21T06:00:00Z',
        })
      ).logs[0]?.lastAt;
    assert.equal(await read('Nov  1 01:30:00'), '2026-11-01T05:30:00.000Z');
    assert.equal(await read('Nov  1 03:30:00'), '2026-11-01T08:30:00.000Z');
    assert.equal(await read('Mar  8 02:30:00'), '2026-03-08T07:30:00.000Z');
  });

  it('skips what is no line, of no time, of no host or of the future', async () => {
    const { skipped, logs } = await readText(
      syslog,
      lines(
        failed('Nov 21 09:15:00'),
        '    at stack trace',
        '<86>1 - web-1 sshd 912 - - x',
        '<86>1 2026-11-21T01:17:00Z - sshd 912 - - x',
        failed('2026-13-21T09:15:00Z'),
        failed('2026-11-21T06:05:01Z'),
      ),
    );
    assert.equal(logs[0]?.lines, 1);
    assert.deepEqual(
      skipped.examples.map(({ place, reason }) => `${place}: ${reason.en}`),
      [
        'line 2: is no line of syslog, which begins with time and host',
        'line 3: "-" is no time',
        'line 4: names no host',
        'line 5: "2026-13-21T09:15:00Z" is no time',
        'line 6: 2026-11-21T06:05:01.000Z lies in the future: set the clock and the zone of the host that wrote it',
      ],
    );
  });

  it('reads bytes that are not UTF-8, for nothing of a message is kept', async () => {
    const line = Buffer.concat([
      Buffer.from('Nov 21 09:15:00 web-1 sshd[912]: Failed password for invalid user '),
      Buffer.from([0xff, 0xfe, 0x00]),
      Buffer.from(' from 203.0.113.9 port 1 ssh2\r\n'),
    ]);
    assert.equal((await readText(syslog, line)).alarms[0]?.count, 1);
  });

  it('ends every sequence of bytes in a report or an InputError', async () => {
    const good = Buffer.from(
      lines(failed('Nov 21 09:15:00'), '<86>1 2026-11-21T01:17:00Z w su 1 - [a b="c"] x'),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(good.length), async (noise, at) => {
        const bytes = Buffer.concat([good.subarray(0, at), noise, good.subarray(at)]);
        await readText(syslog, bytes).catch((error) => assert.ok(error instanceof InputError));
      }),
      { numRuns: 60 },
    );
  });
});
