import type { AlertingRule } from '../../../contract.ts';

type Labels = Readonly<Record<string, string>>;
type Expected = { readonly exp_labels: Labels; readonly exp_annotations: Labels };

/** As Go prints a float in a template: with an exponent below 1e-4 and from 1e6 on. */
function printValue(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 6)) return plainNumber(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

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
  const render = (text: string) =>
    text
      .replaceAll('{{ $labels.subject }}', () => series.subject ?? '')
      .replaceAll('{{ $value }}', () => (value === null ? '' : printValue(value)))
      .replaceAll('{{ "{{" }}', '{{');
  const all = (texts: Labels) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text)]));
  return { exp_labels: { ...series, ...all(labels) }, exp_annotations: all(annotations) };
}
