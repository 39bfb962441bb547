import assert from 'node:assert/strict';
import { rejectionOf, scratchFolder } from '../../../../test/scratch-folder.ts';
import { InputError, type SqlSession } from '../../../contract.ts';
import { openSession } from '../../../ports/sql/session/open-session-client.ts';
import { parseChecks } from '../../check-file/check-yaml.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import type { CheckContext } from '../check.ts';
import { planOf } from '../plan-of.ts';
import { valueSql } from '../value-sql.ts';

describe('bounds of comparisons', () => {
  const folder = scratchFolder();
  const bounds = { timeoutMilliseconds: 10_000, signal: new AbortController().signal };
  let own: SqlSession;
  let other: SqlSession;
  let scratch: SqlSession;
  before(async () => {
    const path = folder.write('streets.csv', 'name\nelm\noak\nash\n');
    const files = [{ name: 'streets', path, format: 'csv' }] as const;
    own = await openSession({ driver: 'duckdb', files }, bounds);
    other = await openSession({ driver: 'duckdb', files }, bounds);
    scratch = await openSession({ driver: 'duckdb', files: [] }, bounds);
  });
  after(async () => {
    await own?.close();
    await other?.close();
    await scratch?.close();
  });

  const faultOf = async (check: string, maxRows: number) => {
    const yaml = `schema: citygauge/checks@1\nsources:\n  - id: streets\n    csv: streets.csv\n    checks:\n      - ${check}\n`;
    const [source = assert.fail('no source')] = parseChecks(yaml, 'checks.yaml').sources;
    const [spec = assert.fail('no check')] = source.checks;
    const columns = [{ name: 'name', type: 'VARCHAR' }];
    const value = (name: string) => valueSql(duckdbDialect, source, { name, type: 'VARCHAR' });
    const place = { dialect: duckdbDialect, table: 'streets', columns, startedAt: '2026-03-01T00:00:00Z' };
    const plan = planOf(spec, { ...place, source, where: null, value });
    assert.ok(plan.how === 'own');
    const context: CheckContext = {
      ...{ ...place, ...bounds, session: own, rows: 3, sampleRows: 2, maxRows },
      other: async () => ({ session: other, dialect: duckdbDialect, table: 'streets', value }),
      scratch: async () => scratch,
      history: async () => [],
    };
    const error = await rejectionOf(plan.run(context));
    assert.ok(error instanceof InputError && error.zh !== null, String(error));
    return error.message;
  };

  it('end a comparison of more different keys than may leave an engine, and say what to do', async () => {
    assert.equal(
      await faultOf('reference: { columns: [name], source: streets, to: [name] }', 2),
      'streets has more than 2 different keys to compare with another engine: narrow the check with where, or put both tables into one database',
    );
  });

  it('end a search among more different names than that', async () => {
    assert.equal(
      await faultOf('similarity: name', 2),
      'name has more than 2 different names: narrow the check with where',
    );
  });
});
