import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { flattenNodes, leavesOf, type Model } from '../contract.ts';
import { bestInput, formulaOf } from '../engine/parts.ts';
import { modelOf } from '../engine/test-input.ts';
import { readShippedModels, shippedModelIds } from './model-folder.ts';

const value = modelOf('scie-2021-value');
const loop = modelOf('event-loop-2022');
const operations = modelOf('citygauge-operations');

function textOf(model: Model, id: string): string | undefined {
  const measure = leavesOf(model).find((leaf) => leaf.id === id)?.leaf?.measure;
  return measure?.kind === 'records' ? measure.text : measure?.kind;
}

describe('the shipped models', () => {
  it('are exactly the files of the folder, each named by its id', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'));
    assert.deepEqual(files.sort(), shippedModelIds.map((id) => `${id}.yaml`).sort());
    for (const { id, yaml } of readShippedModels()) assert.equal(modelOf(yaml).id, id);
  });

  it('speak both languages in every text, Chinese in Chinese', () => {
    let texts = 0;
    const walk = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      if ('zh' in part && 'en' in part) {
        texts += 1;
        assert.match(String(part.zh), /\p{Script=Han}/u, JSON.stringify(part));
        assert.doesNotMatch(String(part.en), /\p{Script=Han}/u, JSON.stringify(part));
      } else Object.values(part).forEach(walk);
    };
    [value, loop, operations].forEach(walk);
    assert.ok(texts > 200, `only ${texts} texts were looked at`);
  });

  it('say for every indicator what to do when it is out of its range, in its own words', () => {
    for (const model of [value, loop, operations]) {
      const plans = leavesOf(model).map((leaf) => leaf.leaf?.intervention.zh ?? '');
      assert.equal(new Set(plans).size, plans.length);
    }
  });
});

describe('scie-2021-value', () => {
  it('has eight modules with thirty elements', () => {
    assert.deepEqual(
      value.nodes.map((module) => `${module.id} ${module.children.map((child) => child.localId).join(' ')}`),
      [
        'S1 T1 T2 P3 P4 P5 P6',
        'S2 P1 P2 P3',
        'S3 P1 P2 P3 P4 P5',
        'S4 P1 P2 P3 P4',
        'S5 T1 T2 P3',
        'S6 P1 P2 P3',
        'S7 C1 C2 C3 C4',
        'S8 P1 P2',
      ],
    );
    assert.equal(leavesOf(value).length, 30);
  });

  it('keeps the units of the document: weeks for S5.T2, counts for S6.P3 and S7', () => {
    const units = Object.groupBy(leavesOf(value), (leaf) => leaf.unit);
    const ids = Object.fromEntries(
      Object.entries(units).map(([unit, leaves]) => [unit, leaves.map(({ id }) => id)]),
    );
    assert.deepEqual(ids.day, ['S1.T1', 'S1.T2', 'S5.T1']);
    assert.deepEqual(ids.week, ['S5.T2']);
    assert.deepEqual(ids.count, ['S6.P3', 'S7.C1', 'S7.C2', 'S7.C3', 'S7.C4']);
    assert.equal(ids.ratio?.length, 21);
  });

  it('gives each element the points of the document', () => {
    const points = value.nodes.map((module) => {
      const { formula, groups } = formulaOf(module);
      const best = formula.symbols.map((symbol) => {
        const child = module.children.find(({ localId }) => localId === symbol);
        return child ? bestInput(child) : Number.NaN;
      });
      return groups.map((group) => group.evaluate(best));
    });
    assert.deepEqual(points, [
      [20, 20, 20, 10, 10, 20],
      [30, 30, 40],
      [20, 20, 20, 20, 20],
      [35, 25, 20, 20],
      [40, 40, 20],
      [30, 30, 40],
      [25, 30, 25, 20],
      [60, 40],
    ]);
  });

  it('reaches no points at the worst value of every element', () => {
    for (const module of value.nodes) {
      const { formula, groups } = formulaOf(module);
      const worst = formula.symbols.map(
        (symbol) => module.children.find(({ localId }) => localId === symbol)?.leaf?.worst ?? Number.NaN,
      );
      assert.deepEqual(
        groups.map((group) => group.evaluate(worst)),
        groups.map(() => 0),
        module.id,
      );
    }
  });

  it('grades modules at 90, 75 and 60', () => {
    assert.deepEqual(
      value.grades.map(({ grade, from }) => [grade, from]),
      [
        ['A', 90],
        ['B', 75],
        ['C', 60],
        ['D', 0],
      ],
    );
  });

  it('measures from records what records can tell and asks for the rest', () => {
    const measured = leavesOf(value).filter((leaf) => leaf.leaf?.measure.kind === 'records');
    assert.deepEqual(
      measured.map(({ id }) => id),
      [
        'S1.T1',
        'S1.T2',
        'S1.P3',
        'S1.P4',
        'S1.P5',
        'S1.P6',
        'S2.P1',
        'S5.T1',
        'S5.T2',
        'S6.P3',
        'S7.C1',
        'S7.C2',
        'S7.C3',
        'S7.C4',
        'S8.P1',
        'S8.P2',
      ],
    );
    assert.equal(
      textOf(value, 'S1.T2'),
      'requirements[sound; start <= designed < end] mean: days(answered, designed) where feasible',
    );
    assert.equal(textOf(value, 'S7.C3'), 'security-events[sound; start <= found < end] count: class == C3');
    assert.equal(
      textOf(value, 'S8.P2'),
      'surveys[sound; start <= answered < end] mean: score / scale where respondentKind == user',
    );
    assert.equal(textOf(value, 'S2.P3'), 'entry');
  });
});

describe('event-loop-2022', () => {
  it('has the indicators of the event loop below four modules', () => {
    assert.deepEqual(
      leavesOf(loop).map(({ id }) => id),
      [
        'closure.closureRatio',
        'timeliness.onTimeClosureRatio',
        'timeliness.meanHandlingHours',
        'timeliness.medianHandlingHours',
        'timeliness.p90HandlingHours',
        'load.overdueBacklogRatio',
        'load.acceptedCount',
        'load.citizenFoundRatio',
        'load.employeeFoundRatio',
        'load.machineFoundRatio',
        'quality.faultyRatio',
      ],
    );
  });

  it('measures all of them over accepted work orders without invalid and merged ones', () => {
    for (const { id, leaf } of leavesOf(loop)) {
      if (leaf?.measure.kind !== 'records') assert.fail(id);
      const { records, cohort, where, population } = leaf.measure;
      assert.deepEqual([records, cohort], ['work-orders', 'accepted'], id);
      assert.equal(population, id === 'quality.faultyRatio' ? 'withFaulty' : 'sound', id);
      assert.deepEqual(where, {
        op: 'and',
        left: { op: 'not', of: { op: 'field', name: 'invalid' } },
        right: { op: 'not', of: { op: 'has', field: 'duplicateOf' } },
      });
    }
  });

  it('defines each figure as printed', () => {
    const cohort = (population: string) =>
      `work-orders[${population}; start <= accepted < end; not invalid and not has(duplicateOf)]`;
    const closed = 'hours(accepted, closed) where closed <= cutoff';
    assert.deepEqual(
      leavesOf(loop).map(({ id }) => textOf(loop, id)?.replace(`${cohort('sound')} `, '')),
      [
        'ratio: (closed <= cutoff) / all',
        'ratio: (closed <= cutoff and closed <= due) / (has(due) and (closed <= cutoff or due <= cutoff))',
        `mean: ${closed}`,
        `percentile(0.5): ${closed}`,
        `percentile(0.9): ${closed}`,
        'ratio: (due < cutoff) / (not (closed <= cutoff))',
        'count: all',
        'ratio: (channel == citizen or channel == app) / all',
        'ratio: (channel == employee) / all',
        'ratio: (channel == sensor or channel == ai) / all',
        `${cohort('withFaulty')} ratio: (faulty) / all`,
      ],
    );
  });

  it('lists the published figures that no indicator carries, in both languages', () => {
    const note = loop.source.notes.at(-1);
    assert.deepEqual(note?.zh.match(/\d[\d.]*/g), ['85', '90', '5', '99.8', '10', '7', '4']);
    assert.deepEqual(note?.en.match(/\d[\d.]*/g), ['85', '90', '5', '99.8', '10', '7', '4']);
    assert.match(note?.zh ?? '', /自报/);
    assert.match(note?.en ?? '', /self-reported/);
  });

  it('names the source of every reference point in both languages', () => {
    const sources = leavesOf(loop).flatMap(
      ({ leaf }) => leaf?.referencePoints.map(({ source }) => source) ?? [],
    );
    assert.equal(sources.length, 7);
    const casebook = { zh: '城市大脑案例集（2022）', en: 'City brain casebook (2022)' };
    for (const source of sources) assert.deepEqual(source, casebook);
  });

  it('shows volume and channels as context, with weight 0', () => {
    const context = flattenNodes(loop.nodes).filter((node) => node.weight === 0);
    assert.deepEqual(
      context.map(({ localId }) => localId),
      ['acceptedCount', 'citizenFoundRatio', 'employeeFoundRatio', 'machineFoundRatio'],
    );
  });

  it('labels scales and weights as its own and carries published figures as reference points', () => {
    assert.equal(loop.source.weightsBy, 'citygauge');
    const points = leavesOf(loop).flatMap(
      (leaf) => leaf.leaf?.referencePoints.map((point) => point.value) ?? [],
    );
    assert.deepEqual(points, [0.96, 0.95, 0.99, 0.8, 0.987, 4, 0.22]);
  });
});

describe('citygauge-operations', () => {
  it('has seven modules with their elements', () => {
    assert.deepEqual(
      operations.nodes.map(
        (module) => `${module.id}: ${module.children.map((each) => each.localId).join(' ')}`,
      ),
      [
        'planning: organisation process measurement',
        'business: eventLoop dispatch service',
        'application: reliability adoption delivery',
        'data: quality supply',
        'platform: capability pipelines',
        'cloud: availability efficiency readiness',
        'security: events exposure watch',
      ],
    );
  });

  it('measures every indicator by records, by telemetry, or says that it is entered', () => {
    const kinds = leavesOf(operations).map(({ leaf }) => leaf?.measure.kind ?? '');
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    assert.deepEqual([kinds.length, count('records'), count('metric'), count('entry')], [87, 29, 48, 10]);
  });

  it('defines its event loop word for word as the model of the event loop does', () => {
    const shared = ['closureRatio', 'onTimeClosureRatio', 'meanHandlingHours', 'p90HandlingHours'];
    const inLoop: Readonly<Record<string, string>> = {
      closureRatio: 'closure.closureRatio',
      onTimeClosureRatio: 'timeliness.onTimeClosureRatio',
      meanHandlingHours: 'timeliness.meanHandlingHours',
      p90HandlingHours: 'timeliness.p90HandlingHours',
    };
    for (const id of shared) {
      assert.equal(textOf(operations, `business.eventLoop.${id}`), textOf(loop, inLoop[id] ?? ''), id);
    }
  });

  it('has three stages, each of which asks more of every module than the one below', () => {
    assert.deepEqual(
      operations.stages.map(({ id, from }) => `${id} ${from}`),
      ['initial 40', 'improving 60', 'mature 80'],
    );
    operations.stages.slice(1).forEach((stage, index) => {
      for (const [module, { min, max }] of Object.entries(stage.modules)) {
        const below = operations.stages[index]?.modules[module];
        assert.ok(below && min > below.min && max > below.max, `${stage.id} ${module}`);
      }
    });
  });
});
