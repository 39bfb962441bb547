import assert from 'node:assert/strict';
import { tellingNames } from './host-address.ts';
import { instantOf, instantOfSeconds } from './instant.ts';
import { cvssScore, severityOf, severityOfWord, worseSeverity } from './severity.ts';

describe('severity of a scanner’s words and scores', () => {
  it('takes what is not said for medium, never for low', () => {
    assert.equal(severityOf(null, null), 'medium');
    assert.equal(severityOf('UNKNOWN', null), 'medium');
    assert.equal(severityOf('constructor', null), 'medium');
  });

  it('takes the word before the score', () => {
    assert.deepEqual(
      [
        severityOf('Important', 2.1),
        severityOf(' low ', 9.9),
        severityOf('unassigned', 9),
        severityOf(null, 0),
      ],
      ['high', 'low', 'critical', 'info'],
    );
    assert.deepEqual([severityOfWord('Negligible'), severityOfWord('')], ['info', null]);
    assert.deepEqual([worseSeverity('low', 'high'), worseSeverity('critical', 'info')], ['high', 'critical']);
  });

  it('knows a score of 0 to 10 as number or text', () => {
    assert.deepEqual(['7.5', 7.5, ' ', '', -0.1, 10.1, 'AV:N', Number.NaN, null].map(cvssScore), [
      7.5,
      7.5,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('instants of reports', () => {
  it('reads zoned and local times, and says null to anything else', () => {
    const zone = 'Asia/Shanghai';
    assert.deepEqual(
      [
        '2031-03-04T10:00:00+0800',
        '2031-03-04T02:00:00.1234567Z',
        '2031-03-04T10:00:00',
        '2031-03-04 10:00:00',
      ].map((text) => instantOf(text, zone)),
      [
        '2031-03-04T02:00:00.000Z',
        '2031-03-04T02:00:00.123Z',
        '2031-03-04T02:00:00.000Z',
        '2031-03-04T02:00:00.000Z',
      ],
    );
    assert.deepEqual(
      ['', 'yesterday', '2031-13-04T10:00:00Z', '+275000-01-01T00:00:00Z', '1'.repeat(60)].map((text) =>
        instantOf(text, zone),
      ),
      [null, null, null, null, null],
    );
    assert.deepEqual(
      [instantOfSeconds(1_930_356_000), instantOfSeconds(Number.NaN), instantOfSeconds(1e18)],
      ['2031-03-04T02:00:00.000Z', null, null],
    );
  });
});

describe('names of a host', () => {
  it('leaves out what many hosts are called', () => {
    const names = [
      '127.0.0.1',
      '0:0:0:0:0:0:0:1',
      'fe80::1',
      'localhost',
      '169.254.1.1',
      'FD00:0::7',
      'q7',
      'q7',
      '',
    ];
    assert.deepEqual(tellingNames(names), ['fd00::7', 'q7']);
  });
});
