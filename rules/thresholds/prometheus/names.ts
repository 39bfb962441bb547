import {
  type LampColour,
  type MetricSelector,
  printSelector,
  type Text,
  type Threshold,
  thresholdLabels,
  thresholdRecords,
} from '../../contract.ts';
import { targetSelector } from '../target-selector.ts';
import { escapeTemplate } from './templates.ts';

const pascal = (id: string) =>
  id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

export const gradeAlert = ({ id }: Threshold, colour: LampColour) =>
  `Threshold${pascal(id)}${pascal(colour)}`;
export const noDataAlert = ({ id }: Threshold) => `Threshold${pascal(id)}NoData`;

/** The recorded series of one threshold. */
export function recorded(threshold: Threshold, record: keyof typeof thresholdRecords): string {
  const matchers = [{ label: thresholdLabels.threshold, operator: '=' as const, value: threshold.id }];
  return printSelector({ metric: thresholdRecords[record], matchers });
}

/** Labels of an alert, besides those of its series. */
export function alertLabels({ id }: Threshold, colour: LampColour, role: Text): Record<string, string> {
  return {
    [thresholdLabels.threshold]: id,
    [thresholdLabels.colour]: colour,
    [thresholdLabels.role]: escapeTemplate(role.en),
  };
}

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Series that carry the subject or one below it: those whose ids are paths below its own, now and later, and the others by name. */
export function watchedSelector({ target, subject, elsewhere = [] }: Threshold): MetricSelector | null {
  if (target.kind === 'promql') return null;
  const selector = targetSelector(target);
  if (subject === null || selector.matchers.some(({ label }) => label === 'subject')) return selector;
  const value = [`${literal(subject)}(/.*)?`, ...elsewhere.map(literal)].join('|');
  return {
    ...selector,
    matchers: [...selector.matchers, { label: 'subject', operator: '=~', value }],
  };
}
