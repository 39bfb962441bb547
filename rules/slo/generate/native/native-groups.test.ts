import assert from 'node:assert/strict';
import { type AlertingRule, InputError, type RecordingRule, type RuleGroup } from '../../../contract.ts';
import { builtInCatalogues, groupsOf, ruleWarnings } from '../../../generate.ts';
import { slo } from '../slo-fixtures.ts';

const options = { style: 'native', catalogues: builtInCatalogues } as const;
const generated = (own: Parameters<typeof slo>[0] = {}) => groupsOf(slo(own), options);
const recordsOf = (groups: readonly RuleGroup[]) =>
  groups.flatMap(({ rules }) => rules).filter((rule): rule is RecordingRule => 'record' in rule);
const alertsOf = (groups: readonly RuleGroup[]) =>
  groups.flatMap(({ rules }) => rules).filter((rule): rule is AlertingRule => 'alert' in rule);
const filter = '{sloth_id="shop-requests", sloth_service="shop", sloth_slo="requests"}';

describe('rules in the native style', () => {
  it('record the names of Sloth, and the period as a sum of bad over a sum of all', () => {
    const records = recordsOf(generated());
    const names = records.map(({ record }) => record);
    for (const window of ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'])
      assert.ok(names.includes(`slo:sli_error:ratio_rate${window}`), window);
    const period = records.find(({ record }) => record === 'slo:sli_error:ratio_rate30d');
    assert.equal(
      period?.expr,
      `sum(sum_over_time(slo:sli_error:rate5m${filter}[30d]))\n/\n(sum(sum_over_time(slo:sli_total:rate5m${filter}[30d])) > 0)`,
    );
  });

  it('have one page, one ticket, and one alert for silence, each with its runbook', () => {
    const alerts = alertsOf(generated());
    assert.deepEqual(
      alerts.map(({ alert, labels }) => [alert, labels?.sloth_severity]),
      [
        ['ShopErrors', 'page'],
        ['ShopErrors', 'ticket'],
        ['ShopErrorsNoData', 'ticket'],
      ],
    );
    assert.deepEqual(
      new Set(alerts.map(({ annotations }) => annotations?.runbook_url)),
      new Set(['docs/runbooks/shop.md']),
    );
    assert.match(alerts[0]?.expr ?? '', /ratio_rate5m\{[^}]+\} > \(14\.4 \* 0\.001\)/);
  });

  it('burn by the factors of the workbook in 30 days: the minutes of incidents do not tell each of them to the last digit', () => {
    const factors = alertsOf(generated()).map(({ expr }) => [
      ...new Set([...expr.matchAll(/> \(([\d.]+) \* 0\.001\)/g)].map(([, factor]) => Number(factor))),
    ]);
    assert.deepEqual(factors, [[14.4, 6], [3, 1], []]);
  });

  it('ask for events in the long window where the SLO has a guard, in the unit of its query', () => {
    const guarded = alertsOf(generated({ minimumEvents: 720 }))[0]?.expr ?? '';
    assert.ok(guarded.includes(`max(slo:sli_total:rate1h${filter} >= 0.2) without (sloth_window)`));
    const counted = generated({
      minimumEvents: 720,
      sli: {
        kind: 'events',
        errorQuery: 'sum(increase(bad_total[{{.window}}]))',
        totalQuery: 'sum(increase(all_total[{{.window}}]))',
        measure: null,
      },
    });
    assert.ok(alertsOf(counted)[0]?.expr.includes(`max(slo:sli_total:rate6h${filter} >= 720) without`));
  });

  it('bear the subject of an SLO that names one, in this style only', () => {
    const ofCity = slo({ subject: 'hexi/east' });
    const subjects = (groups: readonly RuleGroup[]) =>
      new Set(recordsOf(groups).map(({ labels }) => labels?.subject));
    assert.deepEqual(subjects(groupsOf(ofCity, options)), new Set(['hexi/east']));
    assert.deepEqual(subjects(groupsOf(ofCity, { ...options, style: 'sloth' })), new Set([undefined]));
    const silence = alertsOf(groupsOf(ofCity, options)).at(-1);
    assert.ok(silence?.expr.includes('subject="hexi/east"'));
  });

  it('take errors that were never written for none, and a difference without a value for nothing known', () => {
    const totalQuery = 'sum(rate(all_total[{{.window}}]))';
    const errorsOf = (errorQuery: string) =>
      recordsOf(generated({ sli: { kind: 'events', errorQuery, totalQuery, measure: null } })).find(
        ({ record }) => record === 'slo:sli_error:rate5m',
      )?.expr;
    assert.equal(
      errorsOf('sum(rate(bad_total[{{.window}}]))'),
      '(sum(sum(rate(bad_total[5m]))) or 0 * sum(sum(rate(all_total[5m]))))',
    );
    assert.equal(
      errorsOf(`${totalQuery} - sum(rate(good_total[{{.window}}])) # good`),
      'sum(sum(rate(all_total[5m])) - sum(rate(good_total[5m])) # good\n)',
    );
  });

  it('record nothing of a rolling period for a calendar one', () => {
    const names = recordsOf(
      generated({ period: { kind: 'calendar', unit: 'month', timeZone: 'Asia/Shanghai' } }),
    ).map(({ record }) => record);
    assert.ok(names.includes('slo:current_burn_rate:ratio'));
    for (const name of ['slo:time_period:days', 'slo:period_burn_rate:ratio', 'slo:sli_error:ratio_rate30d'])
      assert.ok(!names.includes(name), name);
  });

  it('leave out windows that are shorter than two samples of the source', () => {
    const daily = {
      kind: 'threshold',
      query: 'x',
      operator: '<',
      bound: 3,
      everySeconds: 86_400,
      measure: null,
    } as const;
    const names = recordsOf(generated({ sli: daily })).map(({ record }) => record);
    assert.deepEqual(
      names.filter((name) => name.startsWith('slo:sli_error:ratio_rate')),
      ['slo:sli_error:ratio_rate3d', 'slo:sli_error:ratio_rate30d'],
    );
    const hourly = alertsOf(generated({ sli: { ...daily, everySeconds: 3600 } }))[0]?.expr ?? '';
    assert.ok(!hourly.includes('ratio_rate5m') && hourly.includes('ratio_rate2h'));
  });

  it('say which alert cannot fire, and leave it out', () => {
    const loose = slo({ objectivePercent: 80 });
    assert.match(ruleWarnings(loose, options).join('\n'), /its page alert is left out: an objective of 80 %/);
    assert.deepEqual(
      alertsOf(groupsOf(loose, options)).map(({ labels }) => labels?.sloth_severity),
      ['ticket', 'ticket'],
    );
    assert.deepEqual(ruleWarnings(slo(), options), []);
  });

  it('are refused without a runbook, without windows, and with a guard that no one can count for', () => {
    const { alerting } = slo();
    const faultOf = (own: Parameters<typeof slo>[0]) => {
      try {
        generated(own);
      } catch (error) {
        if (error instanceof InputError) return error.message;
      }
      return '';
    };
    assert.match(
      faultOf({ alerting: { ...alerting, runbook: null } }),
      /^shop\.yaml line 3: SLO shop-requests: its alerts name no runbook/,
    );
    assert.match(
      faultOf({ period: { kind: 'rolling', days: 90 } }),
      /period of 90d \(known: 28d, 30d\); give them with --windows$/,
    );
    const ratio = { kind: 'ratio', errorRatioQuery: 'x', measure: null } as const;
    assert.match(faultOf({ sli: ratio, minimumEvents: 5 }), /minimumEvents needs to know the events/);
    assert.equal(faultOf({ alerting: { ...alerting, runbook: null, page: null, ticket: null } }), '');
  });

  it('are the same every time', () => {
    assert.deepEqual(generated(), generated());
  });
});
