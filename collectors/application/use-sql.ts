import { z } from 'zod';
import {
  type Collector,
  CollectorFault,
  type CollectorRun,
  type Gap,
  isTimeZone,
  type Reading,
  secretRef,
  type Text,
} from '../contract.ts';
import { faultOfUse, figuresOfUse, missingUse, useMetrics } from './use/use-figures.ts';
import {
  joinStatements,
  type ReadUse,
  readUseRows,
  type SqlRow,
  type UseFigureName,
  useFigures,
} from './use/use-rows.ts';

const statement = z.string().min(1);
const statements = z
  .strictObject({
    listed: statement.optional().describe('Per application whether it is listed.'),
    registered: statement.optional().describe('Per application the users registered.'),
    activated: statement.optional().describe('Per application the users who activated their account.'),
    active30Days: statement.optional().describe('Per application the different users of the last 30 days.'),
    lastUsed: statement.optional().describe('Per application when it was last used.'),
  })
  .refine((given) => Object.values(given).some((text) => text !== undefined), 'needs at least one statement');

const settings = z
  .strictObject({
    driver: z.enum(['postgresql', 'mysql']).describe('mysql is also for MariaDB.'),
    url: secretRef.describe(
      'Where the address with user and password is: postgresql://user:password@host/database.',
    ),
    query: statement
      .optional()
      .describe(
        'One statement with a row per application and the columns application, listed, registered, activated, active_30_days, last_used; those that the database does not know may be left out.',
      ),
    statements: statements
      .optional()
      .describe(
        'Instead of query: a statement per figure, each with two columns, application and the figure.',
      ),
    timeZone: z
      .string()
      .refine(isTimeZone, 'is no IANA time zone: write for example Asia/Shanghai')
      .default('Asia/Shanghai')
      .describe('Zone of times that come without one.'),
    statementTimeoutSeconds: z.number().positive().max(600).default(30).describe('For each statement.'),
    maxRows: z.int().min(1).max(100_000).default(5000).describe('More rows are a fault of the statement.'),
  })
  .refine(
    ({ query, statements: several }) => (query === undefined) !== (several === undefined),
    'needs either query or statements, not both',
  );
type Settings = z.output<typeof settings>;
type Run = CollectorRun<Settings>;

async function readRows({ settings: given, ports, signal }: Run): Promise<readonly SqlRow[]> {
  const url = await ports.secret(given.url);
  const ask = (sql: string) =>
    ports.sql.query({
      ...{ driver: given.driver, url, sql, signal },
      timeoutMilliseconds: given.statementTimeoutSeconds * 1000,
      maxRows: given.maxRows,
    });
  if (given.query !== undefined) return ask(given.query);
  const answers = new Map<UseFigureName, readonly SqlRow[]>();
  for (const figure of useFigures) {
    const sql = given.statements?.[figure];
    if (sql !== undefined) answers.set(figure, await ask(sql));
  }
  return joinStatements(answers);
}

const remedy: Text = {
  zh: '请更正该应用的数据；其余应用不受影响',
  en: 'correct the data of this application; the others are not affected',
};

function gapOf(labels: Gap['labels'], reason: Text): Gap {
  return { metric: null, labels, state: 'failed', reason, remedy };
}

function yieldOf({ rows, has, faults }: ReadUse, { startedAt }: Run) {
  const now = Date.parse(startedAt);
  const readings: Reading[] = [];
  const gaps = faults.map(({ labels, reason }) => gapOf(labels, reason));
  const seen = new Set<string>();
  for (const row of rows) {
    const { application } = row;
    const labels = { application };
    const twice = seen.has(application)
      ? {
          zh: `应用「${application}」出现多行，已采用第一行`,
          en: `"${application}" has several rows; the first is used`,
        }
      : null;
    seen.add(application);
    const fault = twice ?? faultOfUse(row, now);
    if (fault) {
      gaps.push(gapOf(labels, fault));
      continue;
    }
    for (const { metric, value } of figuresOfUse(row, now))
      readings.push({ metric, labels, at: startedAt, value });
    for (const { metric, reason } of missingUse(row, has))
      gaps.push({ metric, labels, state: 'failed', reason });
  }
  return { readings, gaps };
}

/** Use of applications from the database of their platform. */
export const useSql: Collector<Settings> = {
  id: 'use-sql',
  title: { zh: '应用使用情况查询', en: 'Query of the use of applications' },
  domain: 'application',
  description: {
    zh: '以只读方式查询 PostgreSQL、MySQL 或 MariaDB 中的应用目录与使用情况：一条语句返回全部列，或每个指标一条语句。判定规则与应用使用情况表相同。',
    en: 'Asks PostgreSQL, MySQL or MariaDB, reading only, for the list of applications and their use: one statement with all columns, or one per figure. The rules are those of the table of the use of applications.',
  },
  settings,
  metrics: useMetrics,
  isOpen: false,
  records: [],
  cadence: { everySeconds: 3600, timeoutSeconds: 180, retries: 1 },

  collect: async (run) => {
    const began = run.ports.clock.monotonic();
    const rows = await readRows(run);
    if (rows.length === 0) {
      throw new CollectorFault(
        { zh: '查询没有返回任何应用', en: 'the query gives no application' },
        {
          remedy: {
            zh: '请核对查询条件与账号的表权限',
            en: 'check its conditions and what the user may read',
          },
          isFinal: true,
        },
      );
    }
    const { readings, gaps } = yieldOf(readUseRows(rows, run.settings.timeZone), run);
    const detail = {
      zh: `${rows.length} 个应用，${gaps.length} 处缺失`,
      en: `${rows.length} applications, ${gaps.length} gaps`,
    };
    const durationSeconds = (run.ports.clock.monotonic() - began) / 1000;
    return {
      readings,
      gaps,
      targets: [{ target: run.settings.driver, isUp: true, durationSeconds, detail }],
    };
  },
};
