import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../contract.ts';
import { lynis } from './lynis.ts';
import { readText } from './test-read.ts';

const head = [
  '# Lynis Report',
  'report_version_major=1',
  'report_datetime_start=2026-11-21 13:57:15',
  'lynis_version=3.0.8',
  'hostname=gw-1',
];
const tail = ['report_datetime_end=2026-11-21 13:58:01', 'hardening_index=56', 'finish=true'];
const report = (...entries: string[]) => `${[...head, ...entries, ...tail].join('\n')}\n`;

describe('Lynis report', () => {
  it('is told by its first lines', () => {
    assert.equal(lynis.recognises({ fileName: 'a', text: report() }), true);
    assert.equal(lynis.recognises({ fileName: 'a', text: 'name=value\n' }), false);
  });

  it('gives one finding for each test: warnings medium, suggestions low, the worse of both', async () => {
    const { findings, ...rest } = await readText(
      lynis,
      report(
        'warning[]=PKGS-7392|Found one or more vulnerable packages.|-|-|',
        'suggestion[]=PKGS-7392|Update your system|-|-|',
        'suggestion[]=AUTH-9286|Configure minimum password age|/etc/login.defs|url:https://example.org/age|',
        'suggestion[]=AUTH-9286|Configure maximum password age|-|text:Set PASS_MAX_DAYS|',
        'manual[]=Verify if there is a formal process',
        'exception_event[]=BOOT-5104:001|Unknown service manager|',
      ),
    );
    assert.deepEqual(findings, [
      {
        rule: 'AUTH-9286',
        asset: 'gw-1',
        title: 'Configure minimum password age',
        severity: 'low',
        cvss: null,
        places: ['/etc/login.defs', 'Configure maximum password age'],
        url: 'https://example.org/age',
      },
      {
        rule: 'PKGS-7392',
        asset: 'gw-1',
        title: 'Found one or more vulnerable packages.',
        severity: 'medium',
        cvss: null,
        places: ['Found one or more vulnerable packages.', 'Update your system'],
        url: null,
      },
    ]);
    assert.deepEqual(rest, {
      format: 'lynis',
      scanner: 'lynis',
      scannerVersion: '3.0.8',
      producedAt: '2026-11-21T05:58:01.000Z',
      assets: [{ id: 'gw-1', kind: 'host' }],
      baselines: [],
      alarms: [],
      logs: [],
      certificates: [],
      skipped: { count: 0, examples: [] },
    });
  });

  it('is about the asset that the user names', async () => {
    const { assets, findings } = await readText(
      lynis,
      report('warning[]=LOGG-2138|klogd is not running|-|-|'),
      {
        asset: 'gateway',
      },
    );
    assert.deepEqual(assets, [{ id: 'gateway', kind: 'host' }]);
    assert.equal(findings[0]?.asset, 'gateway');
  });

  it('skips entries that are not of the form, with their line', async () => {
    const { skipped, findings } = await readText(
      lynis,
      report('warning[]=no test|-|', 'suggestion[]=', 'nonsense', 'warning[]=LOGG-2138|klogd is not running'),
    );
    assert.equal(findings.length, 1);
    assert.deepEqual(
      skipped.examples.map(({ place, reason }) => `${place}: ${reason.en}`),
      [
        'line 8: is not of the form key=value',
        'line 6: "no test|-|" is not of the form ID|text|details|solution|',
        'line 7: "" is not of the form ID|text|details|solution|',
      ],
    );
  });

  it('refuses an audit that was broken off, for what it lacks is not fixed', async () => {
    const whole = report('warning[]=LOGG-2138|klogd is not running|-|-|');
    for (const cut of [whole.length - 3, whole.length - 40, 150]) {
      await assert.rejects(readText(lynis, whole.slice(0, cut)), {
        name: 'InputError',
        message: /^report: lacks finish=true at its end: /,
      });
    }
    await assert.rejects(readText(lynis, 'hostname=gw-1\nfinish=true\n'), {
      message: 'report: lacks lynis_version: check that this is a lynis-report.dat',
    });
    await assert.rejects(readText(lynis, 'lynis_version=3\nfinish=true\n'), {
      message: 'report: lacks hostname: say which asset the report is about',
    });
  });

  it('ends every sequence of bytes in a report or an InputError', async () => {
    const good = Buffer.from(report('warning[]=LOGG-2138|klogd is not running|-|-|'));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(good.length), async (noise, at) => {
        const bytes = Buffer.concat([good.subarray(0, at), noise, good.subarray(at)]);
        await readText(lynis, bytes).catch((error) => assert.ok(error instanceof InputError));
      }),
      { numRuns: 60 },
    );
  });
});
