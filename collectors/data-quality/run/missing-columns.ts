import { InputError } from '../../contract.ts';
import { nearest } from '../../records/mapping/did-you-mean.ts';
import type { TableColumn } from '../checks/plan-parts.ts';

/** So many are named; a wide table has hundreds. */
const maxNamed = 40;

/** InputError naming columns that the table does not have, what was probably meant, and those that it has. */
export function demandColumns(
  wanted: readonly string[],
  columns: readonly TableColumn[],
  source: string,
): void {
  const names = columns.map(({ name }) => name);
  const absent = [...new Set(wanted)].filter((name) => !names.includes(name));
  if (absent.length === 0) return;
  const listed = `${names.slice(0, maxNamed).join(', ')}${names.length > maxNamed ? ', ...' : ''}`;
  const words = (one: string, near: (name: string) => string) =>
    absent.map((name) => {
      const meant = nearest(name, names);
      return `${one} "${name}"${meant === null ? '' : near(meant)}`;
    });
  const en = words('there is no column', (name) => `, did you mean ${name}?`).join('; ');
  const zh = words('没有列', (name) => `，是否指 ${name}？`).join('；');
  throw new InputError(`${source}: ${en}; it has ${listed}`, { zh: `${source}：${zh}；现有列：${listed}` });
}
