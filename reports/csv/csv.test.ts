import { strict as assert } from 'node:assert';
import { parse } from 'csv-parse/sync';
import { sampleBundle } from '../../test/report-samples.ts';
import { renderCsv } from './csv.ts';

describe('the CSV report', () => {
  it('has a row per node with its observation, in full precision', () => {
    const bundle = sampleBundle({ hasEvidence: (index) => index !== 1 });
    const bytes = renderCsv(bundle);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const rows: Record<string, string>[] = parse(Buffer.from(bytes), { bom: true, columns: true });
    assert.equal(rows.length, bundle.evaluation.nodes.length);
    const row = rows.find((each) => each.id === 'closure.closureRatio');
    const [observation] = bundle.evaluation.observations;
    assert.equal(row?.value, String(observation?.value));
    assert.equal(row?.numerator, String(observation?.numerator));
    assert.equal(row?.report, bundle.number);
    const missing = rows.find((each) => each.state === 'notReported');
    assert.equal(missing?.value, '');
    assert.equal(missing?.points, '');
  });

  it('defuses texts that a spreadsheet would run, and leaves negative numbers alone', () => {
    const bundle = sampleBundle();
    const nodes = bundle.evaluation.nodes.map((node, index) => ({
      ...node,
      title: { zh: '', en: index === 0 ? '=HYPERLINK("http://x")' : '@sum' },
      score: -3.5,
    }));
    const rows: string[][] = parse(
      Buffer.from(renderCsv({ ...bundle, evaluation: { ...bundle.evaluation, nodes } })),
      { bom: true },
    );
    const at = (name: string) => rows[0]?.indexOf(name) ?? -1;
    assert.equal(rows[1]?.[at('title')], '\'=HYPERLINK("http://x")');
    assert.equal(rows[2]?.[at('title')], "'@sum");
    assert.equal(rows[1]?.[at('score')], '-3.5');
  });
});
