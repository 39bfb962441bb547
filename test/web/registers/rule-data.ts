import type { InstalledRules } from '../../../rules/contract.ts';
import { promised } from './slo-data.ts';

function rulesOfSlo(id: string, service: string): InstalledRules {
  const labels = { sloth_id: id, sloth_service: service };
  return {
    file: `slo-${id}.rules.yaml`,
    origin: { kind: 'slo', id },
    groups: [
      {
        name: `sloth-slo-sli-recordings-${id}`,
        interval: '30s',
        rules: [
          {
            record: 'slo:sli_error:ratio_rate5m',
            expr: `(sum(rate(${service}_requests_total{code=~"5.."}[5m])))\n/\n(sum(rate(${service}_requests_total[5m])))`,
            labels: { ...labels, sloth_window: '5m' },
          },
        ],
      },
      {
        name: `sloth-slo-alerts-${id}`,
        rules: [
          {
            alert: `${service}-errors`,
            expr: `slo:sli_error:ratio_rate5m{sloth_id="${id}"} > (14.4 * 0.001)`,
            for: '2m',
            labels: { sloth_severity: 'page' },
            annotations: {
              summary: '错误预算消耗过快 <b>',
              runbook_url: 'https://docs.example/runbooks/slo-errors',
            },
          },
        ],
      },
    ],
  };
}

/** Rules of the first promises, of a threshold and of the suite itself. */
export function memoryRules(): readonly InstalledRules[] {
  return [
    ...promised.slice(0, 3).map(({ slo }) => rulesOfSlo(slo.id, slo.service)),
    {
      file: 'threshold-water-level.rules.yaml',
      origin: { kind: 'threshold', id: 'water-level' },
      groups: [
        {
          name: 'citygauge-threshold-water-level',
          interval: '1m',
          rules: [
            {
              alert: 'WaterLevelRed',
              expr: 'water_depth_metres{site!=""} >= 0.27',
              for: '2m',
              keep_firing_for: '5m',
              labels: { colour: 'red' },
              annotations: { runbook: 'docs/runbooks/water-level.md' },
            },
          ],
        },
      ],
    },
    {
      file: 'suite.rules.yaml',
      origin: { kind: 'suite', id: 'collectors' },
      groups: [
        {
          name: 'citygauge-collectors',
          rules: [
            {
              alert: 'CitygaugeCollectorDown',
              expr: 'citygauge_job_up == 0',
              for: '15m',
              labels: { severity: 'ticket' },
              annotations: { runbook_url: 'docs/runbooks/collector-down.md' },
            },
          ],
        },
      ],
    },
  ];
}
