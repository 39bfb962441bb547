import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectorDomains, InputError } from '../collectors/contract.ts';

export interface NewCollector {
  readonly domain: string;
  readonly id: string;
}

export const usage = `npm run new -- collector <${collectorDomains.join('|')}> <id>`;

/** So that no line of the skeleton grows too long. */
const longestId = 40;

/** What the words of the command line ask for; InputError that says how it is written. */
export function readOrder(words: readonly string[]): NewCollector {
  const [kind, domain = '', id = '', more] = words;
  if (kind !== 'collector' || more !== undefined) throw new InputError(`write ${usage}`);
  if (!collectorDomains.some((each) => each === domain)) {
    throw new InputError(`domain "${domain}" is unknown: write one of ${collectorDomains.join(', ')}`);
  }
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id) || id.length > longestId) {
    throw new InputError(
      `id "${id}" is none: write lower-case words with single hyphens, such as tide-gauge`,
    );
  }
  return { domain, id };
}

const exportName = (id: string) => id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function collectorText({ domain, id }: NewCollector): string {
  const metric = `citygauge_${id.replaceAll('-', '_')}_answer_bytes`;
  return `import { z } from 'zod';
import { type Collector, CollectorFault } from '../contract.ts';

const settings = z.strictObject({
  url: z.url().describe('Address that is read.'),
});

/** An answer beyond this size is not what this collector is for. */
const maxBytes = 1_000_000;

const metric = '${metric}';

/** Measures the answer of one address. */
export const ${exportName(id)}: Collector<z.output<typeof settings>> = {
  id: '${id}',
  title: { zh: '新采集器', en: 'New collector' },
  domain: '${domain}',
  description: { zh: '读取一个地址，记录应答大小。', en: 'Reads one address: the size of its answer.' },
  settings,
  metrics: [
    {
      name: metric,
      type: 'gauge',
      unit: 'bytes',
      help: { zh: '应答大小', en: 'Size of the answer' },
      labels: { url: { zh: '地址', en: 'the address' } },
    },
  ],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 60, timeoutSeconds: 10, retries: 1 },
  collect: async ({ ports, settings: { url }, startedAt, signal }) => {
    const answer = await ports.http.exchange({ url, timeoutMilliseconds: 10_000, maxBytes, signal });
    if (answer.status !== 200) {
      throw new CollectorFault(
        { zh: \`\${url} 返回 HTTP \${answer.status}\`, en: \`\${url} answered HTTP \${answer.status}\` },
        { remedy: { zh: '请检查地址', en: 'check the address' } },
      );
    }
    const value = answer.body.length;
    return { readings: [{ metric, labels: { url }, at: startedAt, value }] };
  },
};
`;
}

function testText({ id }: NewCollector): string {
  const name = exportName(id);
  return `import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CollectorFault } from '../contract.ts';
import { createPorts } from '../ports.ts';
import { ${name} } from './${id}.ts';

describe('the collector ${id}', () => {
  const server = createServer(({ url }, response) => {
    response.writeHead(url === '/good' ? 200 : 503).end('twelve bytes');
  });
  const collect = (path: string) => {
    const url = \`http://127.0.0.1:\${(server.address() as AddressInfo).port}\${path}\`;
    return ${name}.collect({
      job: 'test',
      subject: 'lin',
      settings: ${name}.settings.parse({ url }),
      state: undefined,
      ports: createPorts({ settingsFolder: import.meta.dirname, environment: {} }),
      startedAt: '2026-03-01T00:00:00.000Z',
      signal: AbortSignal.timeout(5000),
    });
  };
  before((done) => void server.listen(0, '127.0.0.1', done));
  after((done) => void server.close(done));

  it('yields the size of the answer', async () => {
    const { readings } = await collect('/good');
    assert.deepEqual(
      readings.map(({ value }) => value),
      [12],
    );
  });

  it('fails with the reason when the address answers otherwise', async () => {
    await assert.rejects(collect('/bad'), (error) => {
      assert.ok(error instanceof CollectorFault);
      assert.match(error.reason.en, /answered HTTP 503/);
      return true;
    });
  });
});
`;
}

/** The two lines that add the collector to collectors/collectors.ts, whose order is that of pages. */
export function linesToAdd({ domain, id }: NewCollector): string {
  return `import { ${exportName(id)} } from './${domain}/${id}.ts';\n  ${exportName(id)},`;
}

/** Writes the collector with its test below `folder` and returns their paths; InputError when one is there already. */
export function makeCollector(folder: string, order: NewCollector): readonly string[] {
  const { domain, id } = order;
  const texts: readonly (readonly [string, string])[] = [
    [join(folder, domain, `${id}.ts`), collectorText(order)],
    [join(folder, domain, `${id}.test.ts`), testText(order)],
  ];
  const paths = texts.map(([path]) => path);
  const taken = paths.find((path) => existsSync(path));
  if (taken !== undefined) throw new InputError(`${taken} is there already: choose another id`);
  mkdirSync(join(folder, domain), { recursive: true });
  for (const [path, text] of texts) writeFileSync(path, text, { flag: 'wx' });
  return paths;
}

function main(words: readonly string[]): number {
  try {
    const order = readOrder(words);
    const paths = makeCollector(join(import.meta.dirname, '..', 'collectors'), order);
    console.log(`written:\n  ${paths.join('\n  ')}`);
    console.log(`add to collectors/collectors.ts:\n${linesToAdd(order)}`);
    console.log(`then: npx mocha collectors/${order.domain}/${order.id}.test.ts && npm run docs`);
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    return 2;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
