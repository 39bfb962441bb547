/** Names of metrics and labels as OpenTelemetry's specification translates them for Prometheus ("Prometheus and OpenMetrics Compatibility"). */

/** UCUM unit -> word of the name. */
const unitWords = new Map(
  Object.entries({
    d: 'days',
    h: 'hours',
    min: 'minutes',
    s: 'seconds',
    ms: 'milliseconds',
    us: 'microseconds',
    ns: 'nanoseconds',
    By: 'bytes',
    KiBy: 'kibibytes',
    MiBy: 'mebibytes',
    GiBy: 'gibibytes',
    TiBy: 'tibibytes',
    KBy: 'kilobytes',
    MBy: 'megabytes',
    GBy: 'gigabytes',
    TBy: 'terabytes',
    m: 'meters',
    V: 'volts',
    A: 'amperes',
    J: 'joules',
    W: 'watts',
    g: 'grams',
    Cel: 'celsius',
    Hz: 'hertz',
    '%': 'percent',
  }),
);

const perWords = new Map(
  Object.entries({
    s: 'second',
    m: 'minute',
    h: 'hour',
    d: 'day',
    w: 'week',
    mo: 'month',
    y: 'year',
  }),
);

function wordsOf(name: string): string[] {
  return name.split(/[^a-zA-Z0-9:]+/).filter((word) => word !== '');
}

/** Words that a unit adds to the name: `By/s` -> bytes, per, second; `{request}` and `1` -> none. */
function unitSuffix(unit: string): string[] {
  const [of = '', per = ''] = unit.replace(/\{[^}]*\}/g, '').split('/', 2);
  const own = of === '' || of === '1' ? [] : wordsOf(unitWords.get(of) ?? of);
  const divisor = per === '' ? [] : ['per', ...wordsOf(perWords.get(per) ?? per)];
  return [...own, ...divisor];
}

function endsWith(words: readonly string[], suffix: readonly string[]): boolean {
  return suffix.every((word, i) => words[words.length - suffix.length + i] === word);
}

export type NameKind = 'gauge' | 'counter' | 'other';

/** `http.server.request.duration` in `s` -> `http_server_request_duration_seconds`; a counter ends in `_total`, a gauge in `1` in `_ratio`. */
export function metricName(name: string, unit: string, kind: NameKind): string {
  const suffix = kind === 'gauge' && unit === '1' ? ['ratio'] : unitSuffix(unit);
  const all = wordsOf(name);
  const words = kind === 'counter' ? all.filter((word) => word !== 'total') : all;
  const named = endsWith(words, suffix) ? words : [...words, ...suffix];
  const text = [...named, ...(kind === 'counter' ? ['total'] : [])].join('_');
  return /^\d/.test(text) ? `_${text}` : text;
}

/** `http.route` -> `http_route`; a leading digit gets `key_` before it. */
export function labelName(key: string): string {
  const text = key.replace(/[^a-zA-Z0-9_]+/g, '_').replace(/^_+/, '');
  return /^\d/.test(text) ? `key_${text}` : text;
}
