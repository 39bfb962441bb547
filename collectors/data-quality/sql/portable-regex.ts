import { InputError, linearRegex, RegexFault } from '../../contract.ts';

/** PostgreSQL repeats no more often. */
const mostRepeats = 255;
const longestPattern = 1000;

const sets: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: ' \t\n\r\f\v' };
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
const outside = /[\\.[\]{}()*+?|^$]/;
/** Some engines know set operations (`&&`, `--`, `~~`). */
const within = /[\\[\]^&~-]/;

/**
 * Rewrites a pattern so that DuckDB, PostgreSQL, MariaDB, MySQL and RE2JS read it alike. The subset: literals, `.` (any
 * character, line ends too), classes, `\d \w \s` and their opposites as ASCII, `\t \n \r`, groups, alternation,
 * `* + ? {m} {m,} {m,n}` up to 255, `^` and `$` at the ends of the whole. InputError with the reason for all else.
 */
export function portableRegex(source: string): string {
  const characters = [...source];
  if (characters.length > longestPattern) throw refusal(source, `longer than ${longestPattern} characters`);
  const reader = new PatternReader(source, characters);
  const rewritten = reader.alternatives(true);
  if (!reader.isDone) throw refusal(source, 'a ) without its (');
  try {
    linearRegex(rewritten);
  } catch (error) {
    if (error instanceof RegexFault) throw refusal(source, error.message);
    throw error;
  }
  return rewritten;
}

function refusal(source: string, reason: string): InputError {
  const shown = source.length > 80 ? `${source.slice(0, 80)}…` : source;
  return new InputError(`pattern ${shown}: ${reason}`, { zh: `正则表达式 ${shown} 不可用：${reason}` });
}

class PatternReader {
  readonly #source: string;
  readonly #characters: readonly string[];
  #at = 0;

  constructor(source: string, characters: readonly string[]) {
    this.#source = source;
    this.#characters = characters;
  }

  get isDone(): boolean {
    return this.#at >= this.#characters.length;
  }

  /** Up to the end or to a closing bracket that is not its own. */
  alternatives(isOutermost: boolean): string {
    const all = [this.#sequence(isOutermost)];
    while (this.#took('|')) all.push(this.#sequence(isOutermost));
    return all.length === 1 ? (all[0] ?? '') : `(?:${all.join('|')})`;
  }

  #sequence(isOutermost: boolean): string {
    if (isOutermost) this.#took('^');
    let rewritten = '';
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
      if (next === '$' && isOutermost && [undefined, '|'].includes(this.#characters[this.#at + 1])) {
        this.#at += 1;
        break;
      }
      rewritten += this.#atom() + this.#quantifier();
    }
    return rewritten;
  }

  #atom(): string {
    const character = this.#take();
    if (character === '.') return '.';
    if (character === '[') return this.#class();
    if (character === '(') return this.#group();
    if (character === '\\') return this.#escape();
    if (character === '^' || character === '$')
      throw this.#refuse(
        `${character} within: the whole text has to match, so it is needed at most at the ends`,
      );
    if ('*+?{'.includes(character))
      throw this.#refuse(`nothing before ${character}: write \\${character} for the sign`);
    if (']}'.includes(character)) throw this.#refuse(`${character} alone: write \\${character}`);
    return literal(character, outside);
  }

  #group(): string {
    if (this.#took('?') && !this.#took(':'))
      throw this.#refuse(
        '(? begins look-around, a name or a flag: only (?: ) and ( ) are the same everywhere',
      );
    const inner = this.alternatives(false);
    if (!this.#took(')')) throw this.#refuse('a ( without its )');
    return `(?:${inner})`;
  }

  #escape(): string {
    const character = this.#escaped();
    const set = sets[character.toLowerCase()];
    if (set !== undefined) return character === character.toLowerCase() ? `[${set}]` : `[^${set}]`;
    return literal(this.#plain(character), outside);
  }

  /** An escaped character that stands for one character. */
  #plain(character: string): string {
    const control = controls[character];
    if (control !== undefined) return control;
    if (/[0-9]/.test(character))
      throw this.#refuse(`\\${character} refers back, which no engine of linear time can`);
    if (/[A-Za-z]/.test(character)) throw this.#refuse(`\\${character} means something else on each engine`);
    return character;
  }

  #class(): string {
    const isOpposite = this.#took('^');
    let rewritten = '';
    while (!this.#took(']')) rewritten += this.#classItem();
    if (rewritten === '') throw this.#refuse('an empty class []');
    return `[${isOpposite ? '^' : ''}${rewritten}]`;
  }

  #classItem(): string {
    const first = this.#classCharacter();
    if (first.length > 1 && [...first].length > 1) return first;
    if (this.#peek() !== '-' || this.#characters[this.#at + 1] === ']') return literal(first, within);
    this.#at += 1;
    const last = this.#classCharacter();
    if ([...last].length > 1) throw this.#refuse('a range that ends with a class');
    if ((first.codePointAt(0) ?? 0) > (last.codePointAt(0) ?? 0))
      throw this.#refuse(`the range ${first}-${last} runs backwards`);
    return `${literal(first, within)}-${literal(last, within)}`;
  }

  /** One character, or the several of a set. */
  #classCharacter(): string {
    const character = this.#take();
    if (character === '[') throw this.#refuse('[ in a class: write \\[');
    if (character !== '\\') return character;
    const escaped = this.#escaped();
    const set = sets[escaped];
    if (set !== undefined) return set;
    return this.#plain(escaped);
  }

  #quantifier(): string {
    const sign = ['*', '+', '?'].find((each) => this.#took(each)) ?? this.#repeats();
    if (sign !== '' && ['*', '+', '?', '{'].includes(this.#peek() ?? ''))
      throw this.#refuse(`${sign}${this.#peek()}: lazy and possessive repeats are not the same everywhere`);
    return sign;
  }

  #repeats(): string {
    if (this.#peek() !== '{') return '';
    const rest = this.#characters.slice(this.#at).join('');
    const found = /^\{(\d{1,3})(?:(,)(\d{0,3}))?\}/.exec(rest);
    if (!found) throw this.#refuse('{ without numbers: write \\{ for the sign');
    const [whole, from = '', comma, to = ''] = found;
    const largest = Number(to || from);
    if (largest > mostRepeats || (comma && to && Number(to) < Number(from)))
      throw this.#refuse(`${whole}: up to ${mostRepeats}, the smaller number first`);
    this.#at += whole.length;
    return whole;
  }

  #escaped(): string {
    if (this.isDone) throw this.#refuse('it ends with \\');
    return this.#take();
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #take(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw this.#refuse('a [ without its ]');
    this.#at += 1;
    return character;
  }

  #took(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #refuse(reason: string): InputError {
    return refusal(this.#source, `${reason} (at character ${this.#at})`);
  }
}

function literal(character: string, special: RegExp): string {
  return special.test(character) ? `\\${character}` : character;
}
