import assert from 'node:assert/strict';
import { z } from 'zod';
import { type Collector, InputError, secretRef } from '../../contract.ts';
import { collectorOf } from '../test-jobs.ts';
import { telemetryJsonSchema } from './telemetry-schema.ts';
import { parseTelemetry } from './telemetry-yaml.ts';

const tide = collectorOf(async () => ({ readings: [] }));
const buoy: Collector = {
  ...tide,
  id: 'buoy-http',
  settings: z.strictObject({
    targets: z.array(z.strictObject({ url: z.url(), password: secretRef.optional() })).min(1),
    depthMetres: z.number().min(0).default(2.5),
  }),
  cadence: { everySeconds: 20, timeoutSeconds: 30, retries: 2 },
};
const collectors = [tide, buoy];
const parse = (yaml: string) => parseTelemetry(yaml, 'telemetry.yaml', collectors);

function faultsOf(yaml: string): readonly string[] {
  try {
    parse(yaml);
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.faults;
  }
  throw new Error('the settings were expected to be refused');
}

const head = 'schema: citygauge/telemetry@1\n';

describe('telemetry settings', () => {
  it('fill in what is not said from the collector and the defaults', () => {
    const { jobs, ...rest } = parse(`${head}
remoteWrite:
  - { name: long-term, url: 'http://127.0.0.1:8428/api/v1/write', auth: { bearer: { env: TOKEN } } }
retention: { rawDays: 3 }
jobs:
  - { id: tides, collector: tide-gauge, subject: lin, cron: '*/5 * * * *', timeout: 90s, labels: { layer: sea } }
  - id: buoys
    collector: buoy-http
    subject: lin
    settings: { targets: [{ url: 'http://a.example/' }] }
`);
    assert.deepEqual(
      [rest.concurrency, rest.retention, rest.remoteWrite[0]?.queueMegabytes],
      [8, { rawDays: 3, fiveMinuteDays: 90, hourDays: 800 }, 256],
    );
    assert.deepEqual(
      jobs.map(({ collector, schedule, timeoutSeconds, retries, settings }) => [
        collector.id,
        schedule,
        timeoutSeconds,
        retries,
        settings,
      ]),
      [
        ['tide-gauge', { cron: '*/5 * * * *' }, 90, 0, {}],
        [
          'buoy-http',
          { everySeconds: 20 },
          20,
          2,
          { targets: [{ url: 'http://a.example/' }], depthMetres: 2.5 },
        ],
      ],
    );
  });

  it('are refused with every fault, each at its place, and what was probably meant', () => {
    const faults = faultsOf(`${head}concurency: 4
jobs:
  - id: tides
    collector: tide-guage
    subject: lin
    every: 30 s
  - id: tides
    collector: buoy-http
    subject: lin
    every: 10s
    timeout: 1m
    settings:
      targets:
        - url: nowhere
          pasword: { env: P }
      depthMetres: deep
  - id: third
    collector: tide-gauge
    every: 10s
    cron: '61 * * * *'
    labels: { 1st: x, subject: y }
  - { id: never, collector: tide-gauge, subject: lin, cron: '0 0 31 2 *' }
`);
    assert.deepEqual(
      faults.map((fault) => fault.replace(/^telemetry\.yaml line /, '')),
      [
        '2 column 1 concurency: unknown key "concurency"; did you mean concurrency?',
        '5 column 16 jobs[0].collector: collector "tide-guage" is unknown; did you mean tide-gauge?',
        '7 column 12 jobs[0].every: "30 s" is no duration: write for example 500ms, 30s, 5m, 1h, 1d',
        '8 column 9 jobs[1].id: "tides" is the id of jobs[0] already: give each its own',
        '12 column 14 jobs[1].timeout: "1m" is longer than the 10s from one run to the next: shorten it',
        '15 column 16 jobs[1].settings.targets[0].url: "nowhere" cannot be used: Invalid URL',
        '16 column 11 jobs[1].settings.targets[0].pasword: unknown key "pasword"; did you mean password?',
        '17 column 20 jobs[1].settings.depthMetres: "deep" stands where a number is needed',
        '18 column 5 jobs[2].subject: "subject" is missing: name the subject that the readings belong to',
        '21 column 11 jobs[2].cron: "61 * * * *" is no cron expression (Invalid value for minute: 61)',
        '21 column 11 jobs[2].cron: a job has either "every" or "cron": remove one of the two',
        '22 column 20 jobs[2].labels.1st: the key "1st" is no label name: write letters, digits and underscores',
        '22 column 32 jobs[2].labels.subject: the key "subject" is set by CityGauge itself: choose another name',
        '23 column 61 jobs[3].cron: "0 0 31 2 *" is no cron expression (no day is ever so)',
      ],
    );
  });

  it('are refused when a job would run more often than every 100 ms', () => {
    const job = (every: string) =>
      `${head}jobs:\n  - { id: a, collector: tide-gauge, subject: lin, every: ${every}, timeout: 100ms }\n`;
    const [fault, ...more] = faultsOf(job('99ms'));
    assert.equal(
      fault,
      'telemetry.yaml line 3 column 58 jobs[0].every: "99ms" is too short: a job runs every 100ms at the most often',
    );
    assert.equal(more.length, 1);
    assert.equal(parseTelemetry(job('100ms'), 'telemetry.yaml', collectors).jobs.length, 1);
  });

  it('are refused with two ways to show who we are, whichever stands first', () => {
    const [bearer, basic] = ['bearer: { env: T }', 'basic: { user: u, password: { env: P } }'];
    const faults = faultsOf(`${head}remoteWrite:
  - { name: a, url: 'http://127.0.0.1/', auth: { ${bearer}, ${basic} } }
  - { name: b, url: 'http://127.0.0.1/', auth: { ${basic}, ${bearer} } }
`);
    assert.deepEqual(
      faults.map((fault) => fault.replace(/^.*: (?="b)/, '')),
      Array.from(
        { length: 2 },
        () => '"bearer" and "basic" exclude each other: choose one and remove the other',
      ),
    );
  });

  it('say nothing of a secret that was written where its place belongs', () => {
    const faults = faultsOf(`${head}remoteWrite:
  - { name: a, url: 'http://127.0.0.1/', auth: { basic: { user: u, password: hunter2 } } }
  - { name: b, url: 'http://:s1lence@127.0.0.1/' }
jobs:
  - id: buoys
    collector: buoy-http
    subject: lin
    settings: { targets: [{ url: 'http://a.example/', password: tr0ub4dor }] }
`);
    assert.equal(faults.length, 3);
    assert.doesNotMatch(faults.join(), /hunter2|s1lence|tr0ub4dor/);
    assert.match(
      faults[1] ?? '',
      /line 4 .*url: "http:.*@127.0.0.1\/" carries a user or a password: give them/,
    );
    assert.match(
      faults[0] ?? '',
      /line 3 .*password: what stands here cannot be used: name where the secret is/,
    );
  });

  it('are refused when the file is no such file at all', () => {
    assert.match(faultsOf('jobs: []')[0] ?? '', /"schema" is missing: write citygauge\/telemetry@1/);
    assert.match(faultsOf('- a')[0] ?? '', /a list stands where a mapping of keys to values is needed/);
    assert.match(faultsOf('jobs: [')[0] ?? '', /line 1 column \d+: YAML/);
    assert.match(faultsOf('')[0] ?? '', /the file is empty/);
  });

  it('have a published JSON schema that names their keys', () => {
    const { properties } = telemetryJsonSchema() as { properties: Record<string, unknown> };
    assert.deepEqual(Object.keys(properties), ['schema', 'concurrency', 'retention', 'remoteWrite', 'jobs']);
  });
});
