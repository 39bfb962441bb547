import assert from 'node:assert/strict';
import { scratchFolder } from '../../test/scratch-folder.ts';
import { createPorts } from '../ports.ts';
import type { ReportMemory } from './scan/report-files.ts';
import { scanReport } from './scan-report.ts';

describe('readings of listed certificates', () => {
  const folder = scratchFolder();

  it('run down from run to run though the list stays as it is', async () => {
    folder.write('certificates.csv', '域名,到期时间\nportal.example:443,2031-04-05T12:00:00Z\n');
    const ports = createPorts({ settingsFolder: folder.path, environment: {} });
    const settings = scanReport.settings.parse({ files: ['certificates.csv'] });
    const state = (await scanReport.start?.(settings, ports)) as ReportMemory;
    const days = async (startedAt: string) => {
      const now = () => Date.parse(startedAt);
      const { readings, scans } = await scanReport.collect({
        ...{ job: 'scans', subject: 'hexi', settings, state, startedAt },
        ports: { ...ports, clock: { ...ports.clock, now } },
        signal: new AbortController().signal,
      });
      return {
        values: readings.map(({ value }) => value),
        findings: scans?.map(({ report }) => report.findings.length),
      };
    };
    assert.deepEqual(await days('2031-03-05T12:00:00Z'), { values: [31, 0], findings: [0] });
    assert.deepEqual(await days('2031-03-06T06:00:00Z'), { values: [30.25, 0], findings: [] });
    assert.deepEqual(await days('2031-03-06T18:00:00Z'), { values: [29.75, 1], findings: [1] });
  });
});
