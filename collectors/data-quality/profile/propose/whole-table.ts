import { durationText } from '../../../runner/settings/duration.ts';
import { typeClassOf } from '../../checks/compare/type-class.ts';
import { isNumberType, isTimeType } from '../conclude-column.ts';
import type { ColumnProfile, SourceProfile } from '../profile-shape.ts';
import { newestReason } from './freshness-reason.ts';
import { listed, maxLine, type Proposal, percent, quoted } from './proposal.ts';

export function proposeKeys({ keys, rows }: SourceProfile): readonly Proposal[] {
  return keys.slice(0, 1).map((key) => ({
    lines: [`uniqueness: ${listed(key)}`],
    why: {
      zh: `${rows} 行中无重复、无缺失`,
      en: `no two of ${rows} rows are equal here, and none is missing`,
    },
  }));
}

export function proposeFormats({ columns }: SourceProfile): readonly Proposal[] {
  const single = columns.flatMap(({ name, format, present }): Proposal[] => {
    if (format === null) return [];
    const share = format.rows / present;
    return [
      {
        lines: [`format: ${quoted(name)}`, `as: ${format.as}`, ...maxLine(1 - share)],
        why: {
          zh: `${present} 个取值中 ${percent(share)} 符合（含校验位）`,
          en: `${percent(share)} of ${present} values comply, check digit included`,
        },
      },
    ];
  });
  return [...single, ...coordinates(columns)];
}

const longitudeName = /^(?:lon|lng|longitude|经度)$/i;
const latitudeName = /^(?:lat|latitude|纬度)$/i;

function coordinates(columns: readonly ColumnProfile[]): readonly Proposal[] {
  const within = (pattern: RegExp, limit: number) =>
    columns.find(
      ({ name, guess, range }) =>
        pattern.test(name) &&
        isNumberType(guess.type) &&
        range !== null &&
        Math.max(-range.min, range.max) <= limit,
    );
  const [longitude, latitude] = [within(longitudeName, 180), within(latitudeName, 90)];
  if (!longitude?.range || !latitude?.range) return [];
  const [west, east] = [Math.floor(longitude.range.min), Math.ceil(longitude.range.max)];
  const [south, north] = [Math.floor(latitude.range.min), Math.ceil(latitude.range.max)];
  const bounds =
    west < east && south < north
      ? [`bounds: { west: ${west}, south: ${south}, east: ${east}, north: ${north} }`]
      : [];
  return [
    {
      lines: [`format: ${listed([longitude.name, latitude.name])}`, 'as: coordinates', ...bounds],
      why: {
        zh: '经纬度在全部取值所在的整度范围内',
        en: 'longitudes and latitudes, within the whole degrees around all values',
      },
    },
  ];
}

const day = 86_400;
/** Words of columns that say when a row was last touched. */
const updateName = /updat|modif|chang|gmt_|更新|修改|变更/i;
/** Words of columns that say when something is to be done, not when it was. */
const dueName = /due|target|deadline|expir|plan|until|valid_to|期限|截止|到期|计划/i;

/** The time column that says best when the source was last updated: by its name, else the latest that is not in the future. */
export function proposeFreshness({ columns, profiledAt, rows }: SourceProfile): readonly Proposal[] {
  const now = Date.parse(profiledAt) / 1000;
  const past = columns.filter(
    ({ name, guess, range }) =>
      isTimeType(guess.type) && range !== null && range.max <= now && !dueName.test(name),
  );
  const latest = past.toSorted((one, other) => (other.range?.max ?? 0) - (one.range?.max ?? 0));
  const column = latest.find(({ name }) => updateName.test(name)) ?? latest[0];
  if (!column?.range) return [];
  const span = (column.range.max - column.range.min) / Math.max(1, rows);
  const newest = Math.max(1, Math.ceil((span * usualGaps) / day)) * day;
  const age = now - column.range.max;
  const seen = new Date(column.range.max * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const days = Math.floor(age / day);
  const reason = newestReason(span, usualGaps);
  return [
    {
      lines: [`freshness: ${quoted(column.name)}`, `newest: ${durationText(newest)}`],
      why: {
        zh: `${reason.zh}；最新一行为 ${seen} UTC，距今 ${days} 天${age > newest ? '；若数据本应持续更新，此项将不达标' : ''}`,
        en: `${reason.en}; the newest row is of ${seen} UTC, ${days} days ago${age > newest ? '; missed from the start if the data are to be current' : ''}`,
      },
    },
  ];
}
/** Mean gaps between rows after which silence is no chance (at random arrivals once in twenty thousand). */
const usualGaps = 10;

export function proposeVolume({ rows }: SourceProfile): readonly Proposal[] {
  return [
    {
      lines: ['volume: { history: 10, tolerance: 0.3 }'],
      why: {
        zh: `本次 ${rows} 行；与最近 10 次检核的中位数相差不超过三成`,
        en: `${rows} rows today; within 30 % of the median of the last ten runs`,
      },
    },
  ];
}

/** Types as the engine has them, or as all values can be read where it has none. */
export function proposeSchema({ columns, source }: SourceProfile): readonly Proposal[] {
  const { place } = source;
  const isTyped =
    place.driver === 'postgresql' ||
    place.driver === 'mysql' ||
    (place.driver === 'duckdb' && place.format === 'parquet');
  const entries = columns.flatMap(({ name, type, guess, present }) => {
    const whole = present > 0 && guess.fitting === present ? guess.type : 'text';
    const found = isTyped ? typeClassOf(type) : whole;
    return found === null ? [] : [`${quoted(name)}: ${found}`];
  });
  return [
    {
      lines: [`schema: { columns: { ${entries.join(', ')} }, extra: true }`],
      why: {
        zh: `${columns.length} 列；新增列不算错`,
        en: `${columns.length} columns; further ones are no fault`,
      },
    },
  ];
}
