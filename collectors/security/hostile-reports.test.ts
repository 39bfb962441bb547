import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { InputError, type ScanFormat, type ScanReport } from '../contract.ts';
import {
  cyclonedxSample,
  nmapSample,
  sarifSample,
  trivySample,
  xccdfSample,
} from './formats/test-samples.ts';
import { readReport } from './test-reports.ts';

const documents = { sarif: sarifSample, trivy: trivySample, cyclonedx: cyclonedxSample };
const pages = { xccdf: xccdfSample, nmap: nmapSample };
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Reads it, or fails the test when anything but an InputError in both languages is thrown. */
async function readOrRefuse(content: string | Uint8Array, format: ScanFormat): Promise<ScanReport | null> {
  try {
    return await readReport(content, { format, asset: 'quay' });
  } catch (error) {
    assert.ok(error instanceof InputError, `${format}: ${(error as Error).stack}`);
    assert.ok(error.message.startsWith('report'), error.message);
    assert.match(error.zh ?? '', /^report.*\p{Script=Han}/u);
    return null;
  }
}

/** Bounds that hold for whatever was read. */
function assertBounded(report: ScanReport | null): void {
  for (const { rule, asset, title, places, cvss } of report?.findings ?? []) {
    assert.ok(rule.length <= 300 && asset.length <= 300 && title.length <= 300 && places.length <= 101);
    assert.ok(rule !== '' && asset !== '' && title !== '');
    assert.ok(cvss === null || (cvss >= 0 && cvss <= 10));
    assert.doesNotMatch(rule + asset + title + places.join(''), /[\u0080-\u009f\n\r\t\u202e]/);
  }
}

function pathsOf(value: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const children: [string | number, Json][] = Array.isArray(value)
    ? value.map((each, index) => [index, each])
    : Object.entries(value);
  return [[...path], ...children.flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

function replaced(value: Json, [step, ...rest]: readonly (string | number)[], by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((each, index) => (index === step ? replaced(each, rest, by) : each));
  const object = value as { [key: string]: Json };
  return { ...object, [step]: replaced(object[step] ?? null, rest, by) };
}

const strange: Json[] = [
  ...[
    null,
    true,
    -1,
    1e308,
    0.5,
    '',
    'x',
    '9.9',
    '\u202ename\u0000',
    '__proto__',
    [],
    {},
    [null],
    [[]],
    ['x'],
    [{}],
  ],
  ...['x'.repeat(5000), { text: 'x' }, { index: -1 }, { toString: 1 }, 'javascript:alert(1)'],
];

describe('hostile scan reports', function () {
  this.timeout(30_000);

  for (const [format, sample] of Object.entries({ ...documents, ...pages }) as [
    ScanFormat,
    object | string,
  ][])
    it(`of ${format} cut off at every tenth byte are refused`, async () => {
      const bytes = Buffer.from(typeof sample === 'string' ? sample : JSON.stringify(sample));
      let refused = 0;
      for (let at = 0; at < bytes.length - 2; at += 10) {
        if ((await readOrRefuse(bytes.subarray(0, at), format)) === null) refused += 1;
      }
      assert.equal(refused, Math.ceil((bytes.length - 2) / 10));
    });

  it('that are gzipped and cut off, or changed in the middle, are refused', async () => {
    const bytes = gzipSync(JSON.stringify(trivySample));
    for (let at = 2; at < bytes.length; at += 10) {
      assert.equal(await readOrRefuse(bytes.subarray(0, at), 'trivy'), null);
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      assertBounded(await readOrRefuse(changed, 'trivy'));
    }
  });

  for (const [format, sample] of Object.entries(documents) as [ScanFormat, Json][])
    it(`of ${format} with anything in the place of anything are read or refused`, async () => {
      const paths = pathsOf(sample);
      let read = 0;
      for (const path of paths)
        for (const by of strange) {
          const report = await readOrRefuse(JSON.stringify(replaced(sample, path, by)), format);
          assertBounded(report);
          if (report) read += 1;
        }
      assert.ok(read > (paths.length * strange.length) / 2, `${read} read`);
    });

  for (const [format, sample] of Object.entries(pages) as [ScanFormat, string][])
    it(`of ${format} with pieces replaced, doubled and left out are read or refused`, async () => {
      const place = fc.nat(sample.length);
      const piece = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom('<', '>', '"', '&amp;', '&#0;', '&a;', '<![CDATA[', '<!--', '</', '<port>', ' a="1"'),
        fc.tuple(place, fc.nat(400)).map(([from, length]) => sample.slice(from, from + length)),
      );
      await fc.assert(
        fc.asyncProperty(place, fc.nat(60), piece, async (at, length, by) => {
          assertBounded(await readOrRefuse(sample.slice(0, at) + by + sample.slice(at + length), format));
        }),
        { numRuns: 400 },
      );
    });

  for (const [format, sample] of Object.entries(pages) as [ScanFormat, string][])
    it(`of ${format} with strange attributes and texts are read or refused`, async () => {
      const spots = [...sample.matchAll(/="[^"]*"|>[^<>]+</g)];
      const values = [
        '',
        'x'.repeat(5000),
        '-1',
        '9'.repeat(400),
        'NaN',
        '&#x202e;',
        '&lt;script&gt;',
        '2031',
      ];
      for (const { 0: text, index } of spots)
        for (const value of values) {
          const by = text.startsWith('=') ? `="${value}"` : `>${value}<`;
          assertBounded(
            await readOrRefuse(sample.slice(0, index) + by + sample.slice(index + text.length), format),
          );
        }
    });

  it('refuse an entity bomb, a file reference and a million levels in every format', async () => {
    const bomb = '<!DOCTYPE nmaprun [<!ENTITY a "ha">]>';
    for (const [format, sample] of Object.entries(pages) as [ScanFormat, string][]) {
      const root = sample.search(/<(?:nmaprun|x:Benchmark)/);
      for (const type of [bomb, '<!DOCTYPE nmaprun SYSTEM "file:///etc/passwd">'])
        assert.equal(await readOrRefuse(type + sample.slice(root), format), null);
      assert.equal(await readOrRefuse('<a>'.repeat(1_000_000), format), null);
    }
    for (const format of Object.keys(documents) as ScanFormat[])
      assert.equal(await readOrRefuse('['.repeat(1_000_000), format), null);
  });
});
