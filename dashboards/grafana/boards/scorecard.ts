import { sloMetrics, thresholdMetrics } from '../../../collectors/contract.ts';
import type { DashboardDraft } from '../draft.ts';
import { budgetSteps, coverageSteps, scoreSteps, yesWords } from '../parts/colours.ts';
import { ofSubject } from '../parts/selector.ts';
import { warningLamps, warningsBlind, warningsRaised } from '../parts/warnings.ts';

const ofModel = (metric: string, ...matchers: readonly string[]) =>
  ofSubject(metric, 'model=~"$model"', ...matchers);
const score = (...matchers: readonly string[]) => ofModel('citygauge_evaluation_score', ...matchers);
const small = { width: 6, height: 5 };

/** The COO's page: how the city runs as a whole, on how much evidence, and what stands out. */
export const scorecard: DashboardDraft = {
  uid: 'citygauge-scorecard',
  title: { zh: '城市运行首席运营官记分卡', en: 'COO scorecard' },
  description: {
    zh: '总体得分、各模块得分、证据覆盖率与走势，以及正在发生的分级预警。得分以最近一次保存的评估为准。',
    en: 'Overall score, modules, coverage of evidence and trend, and the warnings that stand. Scores are those of the newest saved evaluation.',
  },
  tags: ['scorecard'],
  subjectsOf: 'citygauge_evaluation_score',
  variables: [
    {
      name: 'model',
      title: { zh: '评估模型', en: 'Model' },
      selector: ofSubject('citygauge_evaluation_score'),
      label: 'model',
    },
  ],
  from: 'now-90d',
  refresh: '5m',
  page: '/',
  rows: [
    {
      title: { zh: '总体', en: 'Overall' },
      panels: [
        {
          kind: 'stat',
          title: { zh: '总体得分', en: 'Overall score' },
          description: {
            zh: '0 至 100 分。颜色按运营模型的等级划分：90 分以上 A，75 分以上 B，60 分以上 C。',
            en: '0 to 100. Colours are the grades of the operations model: A from 90, B from 75, C from 60.',
          },
          unit: 'none',
          decimals: 1,
          queries: [{ expr: score('module="overall"'), legend: '{{subject}} {{model}}' }],
          steps: scoreSteps,
          ...{ ...small, page: '/' },
        },
        {
          kind: 'stat',
          title: { zh: '证据覆盖率', en: 'Coverage of evidence' },
          description: {
            zh: '有证据支撑的指标权重占模型总权重的比例。覆盖率低时，得分可能大幅变动。',
            en: 'Share of the model’s weight that has evidence. Where it is low the score can still move far.',
          },
          unit: 'percentunit',
          queries: [
            { expr: ofModel('citygauge_evaluation_coverage_ratio'), legend: '{{subject}} {{model}}' },
          ],
          steps: coverageSteps,
          ...{ ...small, page: '/indicators', min: 0, max: 1 },
        },
        {
          kind: 'stat',
          title: { zh: '系统度量的指标占比', en: 'Indicators measured by the system' },
          description: {
            zh: '数值由系统自动度量（含核对一致）的指标占全部指标的比例，其余为填报或缺失。',
            en: 'Share of the indicators whose figure the system measured or reconciled; the others are stated by hand or missing.',
          },
          unit: 'percentunit',
          queries: [
            { expr: ofModel('citygauge_indicators_measured_ratio'), legend: '{{subject}} {{model}}' },
          ],
          ...{ ...small, page: '/indicators', min: 0, max: 1 },
        },
        {
          kind: 'stat',
          title: { zh: '评估按时出具', en: 'Evaluation on time' },
          description: {
            zh: '最近一次评估是否在周期结束后 15 日内出具。',
            en: 'Whether the newest evaluation was saved within 15 days after its period ended.',
          },
          unit: 'none',
          queries: [{ expr: ofModel('citygauge_evaluation_is_on_time'), legend: '{{subject}} {{model}}' }],
          words: yesWords,
          ...{ ...small, page: '/reports' },
        },
      ],
    },
    {
      title: { zh: '模块与走势', en: 'Modules and trend' },
      panels: [
        {
          kind: 'bars',
          title: { zh: '模块得分', en: 'Score by module' },
          description: {
            zh: '各模块最近一次评估的得分，0 至 100 分；没有得分的模块不显示，不按零分计。',
            en: 'Score of each module in the newest evaluation, 0 to 100; a module without a score is absent, not zero.',
          },
          unit: 'none',
          decimals: 1,
          queries: [{ expr: `avg by (module) (${score('module!="overall"')})`, legend: '{{module}}' }],
          steps: scoreSteps,
          seriesPage: { under: '/modules', label: 'module' },
          ...{ width: 10, height: 10, page: '/', min: 0, max: 100 },
        },
        {
          kind: 'series',
          title: { zh: '总体与模块得分走势', en: 'Trend of overall and modules' },
          description: {
            zh: '每次评估保存后得分变化一次，因此呈阶梯状。',
            en: 'Steps: a score changes when an evaluation is saved.',
          },
          unit: 'none',
          decimals: 1,
          queries: [{ expr: `avg by (module) (${score()})`, legend: '{{module}}' }],
          ...{ width: 14, height: 10, page: '/', min: 0, max: 100 },
        },
      ],
    },
    {
      title: { zh: '预警与承诺', en: 'Warnings and promises' },
      panels: [
        warningsRaised,
        warningsBlind,
        {
          kind: 'stat',
          title: { zh: '错误预算最少的服务目标', en: 'Least error budget left' },
          description: {
            zh: '所有服务等级目标中，当期剩余错误预算最少的一项；低于零表示已透支。',
            en: 'The SLO with the least error budget left in its period; below zero it is overdrawn.',
          },
          unit: 'percentunit',
          queries: [{ expr: `min(${ofSubject(sloMetrics.budgetLeft)})`, legend: 'budget left' }],
          steps: budgetSteps,
          ...{ ...small, page: '/slos' },
        },
        {
          kind: 'stat',
          title: { zh: '有数值的指标数', en: 'Indicators with a figure' },
          description: {
            zh: '最近一次评估中有数值的指标数量。',
            en: 'How many indicators of the newest evaluation have a figure.',
          },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: `count(${ofModel(thresholdMetrics.indicatorValue)})`, legend: 'indicators' }],
          ...{ ...small, page: '/indicators' },
        },
        warningLamps,
      ],
    },
  ],
};
