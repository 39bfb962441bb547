import { linearRegex } from '../../contract.ts';

/** Whether a file's name fits a pattern in which `*` stands for any characters and `?` for one. */
export function namePattern(pattern: string): (name: string) => boolean {
  const source = [...pattern]
    .map((each) => (each === '*' ? '.*' : each === '?' ? '.' : each.replace(/[\\^$.|+()[\]{}]/g, '\\$&')))
    .join('');
  const expression = linearRegex(source);
  return (name) => expression.matches(name);
}
