import type { AlertingRule } from '../../../contract.ts';
import { ratioTemplate, subjectTemplate, valueTemplate } from '../templates.ts';

type Labels = Readonly<Record<string, string>>;
type Expected = { readonly exp_labels: Labels; readonly exp_annotations: Labels };

/** As Go prints a float in a template: with an exponent below 1e-4 and from 10^`places` on. */
function printFloat(value: number, places: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < places)) return plainNumber(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const printValue = (value: number) => printFloat(value, 6);

/** As `humanizePercentage` of Prometheus: four digits that count. */
const printPercent = (ratio: number) => `${printFloat(Number((ratio * 100).toPrecision(4)), 4)}%`;

/** Without exponent, as promtool takes the values of a series. */
export function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** The labels and annotations of an alert that fires for a series with a value; null where the alert tells no value. */
export function rendered(
  { labels = {}, annotations = {} }: AlertingRule,
  series: Labels,
  value: number | null,
): Expected {
  const told = (print: (number: number) => string) => () => (value === null ? '' : print(value));
  const render = (text: string) =>
    text
      .replaceAll(subjectTemplate, () => series.subject ?? '')
      .replaceAll(valueTemplate, told(printValue))
      .replaceAll(ratioTemplate, told(printPercent))
      .replaceAll('{{ "{{" }}', '{{');
  const all = (texts: Labels) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text)]));
  return { exp_labels: { ...series, ...all(labels) }, exp_annotations: all(annotations) };
}
