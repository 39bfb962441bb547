import assert from 'node:assert/strict';
import fc from 'fast-check';
import { timeFormatFault, timeParser } from './time-format.ts';

function parsed(format: string, text: string): string | null {
  const time = timeParser(format)(text);
  return time && `${time.isLocal ? 'local' : 'instant'} ${new Date(time.milliseconds).toISOString()}`;
}

describe('a time format', () => {
  for (const [format, text, expected] of [
    ['MM/dd/yyyy hh:mm:ss a', '07/01/2011 01:32:33 AM', 'local 2011-07-01T01:32:33.000Z'],
    ['MM/dd/yyyy hh:mm:ss a', '12/31/2015 12:05:06 am', 'local 2015-12-31T00:05:06.000Z'],
    ['MM/dd/yyyy hh:mm:ss a', '12/31/2015 12:05:06 PM', 'local 2015-12-31T12:05:06.000Z'],
    ['yyyy年M月d日 H时mm分', '2026年3月4日 5时06分', 'local 2026-03-04T05:06:00.000Z'],
    ['yyyy/M/d a h:mm', '2026/3/14 下午 5:06', 'local 2026-03-14T17:06:00.000Z'],
    ['yyyyMMddHHmmssSSS', '20260304050607089', 'local 2026-03-04T05:06:07.089Z'],
    ["dd.MM.yyyy 'um' HH:mm", '04.03.2026 um 05:06', 'local 2026-03-04T05:06:00.000Z'],
    ['dd/MM/yyyy HH:mm XXX', '04/03/2026 05:06 +08:00', 'instant 2026-03-03T21:06:00.000Z'],
    ['iso', '2026-03-04', 'local 2026-03-04T00:00:00.000Z'],
    ['iso', '2026-03-04 05:06', 'local 2026-03-04T05:06:00.000Z'],
    ['iso', '2026-03-04T05:06:07.1239', 'local 2026-03-04T05:06:07.123Z'],
    ['iso', '2026-03-04T05:06:07Z', 'instant 2026-03-04T05:06:07.000Z'],
    ['iso', '2026-03-04T05:06:07+0830', 'instant 2026-03-03T20:36:07.000Z'],
    ['iso', '2024-02-29', 'local 2024-02-29T00:00:00.000Z'],
    ['epoch-seconds', '1420088645.5', 'instant 2015-01-01T05:04:05.500Z'],
    ['epoch-milliseconds', '1420088645500', 'instant 2015-01-01T05:04:05.500Z'],
  ] as const) {
    it(`${format} reads ${text}`, () => assert.equal(parsed(format, text), expected));
  }

  for (const [format, text] of [
    ['iso', '2015-02-30'],
    ['iso', '2015-02-29T10:00'],
    ['iso', '1900-02-29'],
    ['iso', '0000-00-00 00:00:00'],
    ['iso', '2015-13-01'],
    ['iso', '2015-03-01T24:00'],
    ['iso', '2015-03-01T10:60'],
    ['iso', '2015-03-01T10:00:60'],
    ['iso', '2015-03-01Z'],
    ['iso', '2015-03-01T10:00+25:00'],
    ['iso', '03/01/2015'],
    ['MM/dd/yyyy hh:mm:ss a', '02/30/2015 01:00:00 AM'],
    ['MM/dd/yyyy hh:mm:ss a', '13/01/2015 01:00:00 AM'],
    ['MM/dd/yyyy hh:mm:ss a', '03/01/2015 00:10:00 AM'],
    ['MM/dd/yyyy hh:mm:ss a', '03/01/2015 13:10:00 PM'],
    ['MM/dd/yyyy hh:mm:ss a', '3/1/2015 01:10:00 AM'],
    ['MM/dd/yyyy hh:mm:ss a', '03/01/2015 01:10:00 AM EST'],
    ['epoch-seconds', '1e9'],
    ['epoch-seconds', 'NaN'],
    ['epoch-milliseconds', '999999999999999'],
  ] as const) {
    it(`${format} reads no time from ${text}`, () => assert.equal(parsed(format, text), null));
  }

  it('is checked: unknown letters, missing parts, half a clock, an open quote', () => {
    assert.equal(timeFormatFault('iso'), null);
    assert.equal(timeFormatFault('M/d/yyyy h:mm a'), null);
    assert.match(timeFormatFault('DD/MM/YYYY') ?? '', /^"DD" in "DD\/MM\/YYYY" is not known; write yyyy, MM/);
    assert.equal(timeFormatFault('MM/dd'), '"MM/dd" lacks year (yyyy), month or day');
    assert.equal(timeFormatFault('yyyy-MM-dd hh:mm'), '"yyyy-MM-dd hh:mm" needs both h and a (AM, PM), or H');
    assert.equal(timeFormatFault("yyyy-MM-dd 'T"), 'the quote in "yyyy-MM-dd \'T" is not closed');
  });

  it('reads back every moment that is written in it (property)', () => {
    const moments = fc.date({
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (moment) => {
        const iso = moment.toISOString();
        assert.equal(parsed('iso', iso), `instant ${iso}`);
        assert.equal(parsed("yyyy-MM-dd'T'HH:mm:ss.SSS", iso.slice(0, -1)), `local ${iso}`);
      }),
    );
  });
});
