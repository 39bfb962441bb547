import type { DashboardDraft } from '../draft.ts';
import { scoreSteps } from '../parts/colours.ts';
import { ofSubject } from '../parts/selector.ts';
import { half, number, share, third } from '../parts/sizes.ts';

const page = '/quality';
const ofSource = (metric: string) => ofSubject(metric, 'source=~"$source"');
const sourcePages = { under: page, label: 'source' };

/** The six problems of data (碎多少乱错旧), checks that fail, lag, and what is catalogued and shared. */
export const dataQuality: DashboardDraft = {
  uid: 'citygauge-data-quality',
  title: { zh: '数据质量', en: 'Data quality' },
  description: {
    zh: '数据源的质量得分、“碎、多、少、乱、错、旧”六类问题、未通过的检核项、数据更新时延和编目共享情况。',
    en: 'Scores of sources, the six problems of data, checks that fail, lag, and what is catalogued and shared.',
  },
  tags: ['data-quality'],
  subjectsOf: 'citygauge_quality_rows',
  variables: [
    {
      name: 'source',
      title: { zh: '被检核的数据源', en: 'Source checked' },
      selector: ofSubject('citygauge_quality_problem_ratio'),
      label: 'source',
    },
  ],
  from: 'now-30d',
  refresh: '5m',
  page,
  rows: [
    {
      title: { zh: '概况', en: 'At a glance' },
      panels: [
        {
          kind: 'stat',
          title: { zh: '平均质量得分', en: 'Mean quality score' },
          description: {
            zh: '各数据源质量得分的平均值；检核覆盖率不足的数据源没有得分，不计入。',
            en: 'Mean of the sources’ scores; a source below the coverage floor has none and does not count.',
          },
          unit: 'none',
          decimals: 1,
          queries: [{ expr: `avg(${ofSource('citygauge_quality_score')})`, legend: 'score' }],
          steps: scoreSteps,
          ...{ ...number, page, min: 0, max: 100 },
        },
        {
          kind: 'stat',
          title: { zh: '有问题的检核项', en: 'Checks with failures' },
          description: {
            zh: '不合格率大于零的检核项数。',
            en: 'Checks that found something.',
          },
          unit: 'none',
          decimals: 0,
          queries: [
            {
              expr: `sum(${ofSource('citygauge_quality_check_failed_ratio')} > bool 0)`,
              legend: 'checks',
            },
          ],
          ...{ ...number, page },
        },
        {
          kind: 'stat',
          title: { zh: '检核行数', en: 'Rows checked' },
          description: { zh: '各数据源的行数之和。', en: 'Rows of the sources, in all.' },
          unit: 'short',
          queries: [{ expr: `sum(${ofSource('citygauge_quality_rows')})`, legend: 'rows' }],
          ...{ ...number, page },
        },
        {
          kind: 'stat',
          title: { zh: '编目覆盖率', en: 'Catalogue covered' },
          description: {
            zh: '已编目数据项占应编目数据项的比例。',
            en: 'Catalogue items covered of those expected.',
          },
          queries: [
            {
              expr: `sum(${ofSubject('citygauge_catalogue_items_covered')}) / (sum(${ofSubject('citygauge_catalogue_items_expected')}) > 0)`,
              legend: 'covered',
            },
          ],
          ...{ ...share, ...number, page },
        },
      ],
    },
    {
      title: { zh: '数据源', en: 'Sources' },
      panels: [
        {
          kind: 'bars',
          title: { zh: '质量得分（按数据源）', en: 'Score by source' },
          description: { zh: '0 至 100 分，得分最低的在前。', en: '0 to 100, the lowest first.' },
          unit: 'none',
          decimals: 1,
          queries: [
            {
              expr: `sort(min by (source) (${ofSource('citygauge_quality_score')}))`,
              legend: '{{source}}',
            },
          ],
          steps: scoreSteps,
          seriesPage: sourcePages,
          ...{ ...half, page, min: 0, max: 100 },
        },
        {
          kind: 'series',
          title: { zh: '六类问题占比', en: 'The six problems' },
          description: {
            zh: '碎（fragmentation）、多（duplication）、少（missing）、乱（format）、错（conflict）、旧（staleness）六类问题的平均占比。',
            en: 'Mean share of a source that each problem affects: fragmentation, duplication, missing, format, conflict, staleness.',
          },
          queries: [
            {
              expr: `avg by (problem) (${ofSource('citygauge_quality_problem_ratio')})`,
              legend: '{{problem}}',
            },
          ],
          ...{ ...share, ...half, page },
        },
        {
          kind: 'table',
          title: { zh: '不合格率最高的检核项', en: 'Checks that fail most' },
          description: {
            zh: '不合格率最高的 20 个检核项。',
            en: 'The 20 checks with the highest ratio of failures.',
          },
          unit: 'percentunit',
          queries: [
            {
              expr: `topk(20, max by (source, check, kind) (${ofSource('citygauge_quality_check_failed_ratio')}))`,
              legend: { zh: '不合格率', en: 'Failing' },
            },
          ],
          columns: {
            source: { zh: '数据源', en: 'Source' },
            check: { zh: '检核项', en: 'Check' },
            kind: { zh: '类型', en: 'Kind' },
          },
          seriesPage: sourcePages,
          ...{ ...half, page },
        },
        {
          kind: 'series',
          title: { zh: '距最近更新的时间', en: 'Time since the last update' },
          description: {
            zh: '各数据源距最近一次更新的时间。',
            en: 'How long ago each source was last updated.',
          },
          unit: 's',
          queries: [
            {
              expr: `max by (source) (${ofSource('citygauge_dataset_lag_seconds')})`,
              legend: '{{source}}',
            },
          ],
          seriesPage: sourcePages,
          ...{ ...half, page, min: 0 },
        },
      ],
    },
    {
      title: { zh: '共享', en: 'Sharing' },
      panels: [
        {
          kind: 'series',
          title: { zh: '共享数据集', en: 'Shared data sets' },
          description: {
            zh: '共享的数据集数，以及其中被使用的数量。',
            en: 'Data sets that are shared, and those of them that are used.',
          },
          unit: 'short',
          queries: [
            {
              expr: `sum(${ofSubject('citygauge_shared_data_sets')})`,
              legend: { zh: '共享', en: 'shared' },
            },
            {
              expr: `sum(${ofSubject('citygauge_shared_data_sets_used')})`,
              legend: { zh: '被使用', en: 'used' },
            },
          ],
          ...{ ...third, page, min: 0 },
        },
      ],
    },
  ],
};
