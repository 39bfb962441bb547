import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { rejectionOf } from '../../test/scratch-folder.ts';
import { reportFormatIds } from '../contract.ts';
import {
  cyclonedxSample,
  nmapSample,
  sarifSample,
  trivySample,
  xccdfSample,
} from './formats/test-samples.ts';
import { readScanReport, reportReaders } from './reports.ts';
import { readReport, testNow } from './test-reports.ts';

const samples = {
  sarif: JSON.stringify(sarifSample),
  xccdf: xccdfSample,
  trivy: JSON.stringify(trivySample, null, 2),
  nmap: nmapSample,
  cyclonedx: JSON.stringify(cyclonedxSample),
};

describe('scan reports of any format', () => {
  it('are read for every format that is listed, each once', () => {
    assert.deepEqual(reportReaders.map(({ format }) => format).toSorted(), reportFormatIds.toSorted());
  });

  it('are told by their beginning, gzipped or not, in UTF-8 or as Windows shells write them', async () => {
    for (const [format, text] of Object.entries(samples)) {
      const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
      const reports = await Promise.all(
        [text, gzipSync(text), `\ufeff${text}`, wide].map((each) => readReport(each, { pieceBytes: 997 })),
      );
      for (const report of reports) assert.deepEqual(report, reports[0]);
      assert.equal(reports[0]?.format, format);
    }
  });

  it('carry the hash of the bytes as they came', async () => {
    const bytes = gzipSync(samples.trivy);
    async function* chunks() {
      yield bytes;
    }
    const { sha256 } = await readScanReport({
      ...{ chunks: chunks(), fileName: 'a.json.gz', format: null, asset: null, timeZone: 'UTC' },
      now: testNow,
    });
    assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'));
  });

  it('of a clock that was never set are refused, and a time of zero is none', async () => {
    const at = (CreatedAt: string) => readReport({ ...trivySample, CreatedAt });
    assert.equal((await at('0001-01-01T00:00:00Z')).producedAt, null);
    assert.equal((await at('2000-01-01T00:00:00Z')).producedAt, '2000-01-01T00:00:00.000Z');
    for (const early of ['1999-12-31T23:59:59Z', '1970-01-01T00:00:07Z']) {
      const error = await rejectionOf(at(early));
      assert.match(error.message, /which is before any scan report: set the clock of the scanning host/);
    }
  });

  it('may be five minutes ahead of our clock and not more', async () => {
    const at = (CreatedAt: string) => readReport({ ...trivySample, CreatedAt });
    assert.equal((await at('2031-03-05T06:05:00Z')).producedAt, '2031-03-05T06:05:00.000Z');
    const error = await rejectionOf(at('2031-03-05T06:05:01Z'));
    assert.equal(
      error.message,
      'report: says its scan ended at 2031-03-05T06:05:01.000Z, which is still to come (it is 2031-03-05T06:00:00.000Z): set the clocks of the scanning host and of this machine, and scan again',
    );
  });

  it('say what is wrong with what is empty, unknown, of another format or damaged', async () => {
    const faultOf = async (content: string | Uint8Array, options = {}) =>
      (await rejectionOf(readReport(content, { fileName: 'a.txt', ...options }))).message;
    assert.equal(await faultOf(' \n'), 'a.txt: is empty: export the report again');
    assert.match(
      await faultOf('hello'),
      /^a\.txt: is no scan report that is known by its beginning: check the file, or name its format \(sarif, /,
    );
    assert.match(await faultOf(samples.nmap, { format: 'trivy' }), /^a\.txt line 1: is not JSON here/);
    assert.match(
      await faultOf(samples.trivy, { format: 'nmap' }),
      /^a\.txt line \d+: is not well-formed XML/,
    );
    assert.match(await faultOf(samples.trivy, { format: 'sarif' }), /^a\.txt version: is "null" where SARIF/);
    assert.match(await faultOf(samples.xccdf, { format: 'nmap' }), /^a\.txt: is no result of Nmap/);
    const cut = gzipSync(samples.trivy).subarray(0, 300);
    assert.match(await faultOf(cut), /^a\.txt ends in the middle of its gzip data/);
  });

  it('give their faults in Chinese too', async () => {
    const error = await rejectionOf(readReport('{"SchemaVersion": 1, "ArtifactName": "a"}'));
    assert.deepEqual(
      (error as { zh?: string }).zh,
      'report SchemaVersion：应为 Trivy JSON 第 2 版，实为 "1"：请用 trivy --format json 重新生成',
    );
  });
});
