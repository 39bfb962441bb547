import { createHash } from 'node:crypto';
import { InputError, type Subject, type Text } from '../../contract.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { quoted } from '../reading/row.ts';

type SubjectRule = NonNullable<Mapping['subject']>;

/**
 * Last part of the id of a sub-subject; depends on nothing but the name. Names in other than Latin letters end in
 * 8 digits of their SHA-256, for dropping their letters would make them alike.
 */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '');
  const latin = plain
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  const isWhole = /^[\x20-\x7e]*$/.test(plain) && latin.length > 0 && plain.length <= 60;
  if (isWhole) return latin;
  const digits = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return latin === '' ? `u-${digits}` : `${latin}-${digits}`;
}

/** Names that differ only in case and spaces mean the same unit. */
function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A column with more names than this is the wrong one. */
const maxSubjects = 10_000;

/** Gives each name of the subject column its sub-subject and remembers which are new. */
export class SubSubjects {
  private readonly byName = new Map<string, string>();
  private readonly keys = new Map<string, string>();
  private fresh: Subject[] = [];
  private readonly root: Subject;
  private readonly rule: SubjectRule;

  constructor(root: Subject, rule: SubjectRule) {
    this.root = root;
    this.rule = rule;
  }

  /** Id of the sub-subject; InputError when another name has led to the same id. */
  idOf(name: string): string {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const own = Object.hasOwn(this.rule.ids, name) ? this.rule.ids[name] : undefined;
    const slug = (this.rule.prefix ? `${this.rule.prefix}-` : '') + (own ?? slugOf(keyOf(name)));
    const id = `${this.root.id}/${slug}`;
    const key = keyOf(name);
    const earlier = this.keys.get(id);
    if (earlier === undefined) {
      if (this.keys.size >= maxSubjects) {
        throw new InputError(
          `column ${quoted(this.rule.column)} holds more than ${maxSubjects} different names: is it the column of the units?`,
        );
      }
      this.keys.set(id, key);
      this.fresh.push(this.subjectOf(id, name));
    } else if (earlier !== key && own === undefined) {
      throw new InputError(
        `column ${quoted(this.rule.column)}: ${quoted(name)} and ${quoted(earlier)} both lead to the subject ${id}; give each an id under subject.ids of the mapping`,
      );
    }
    this.byName.set(name, id);
    return id;
  }

  /** Sub-subjects first met since the last call. */
  takeFresh(): readonly Subject[] {
    const fresh = this.fresh;
    this.fresh = [];
    return fresh;
  }

  private subjectOf(id: string, name: string): Subject {
    const given: Text | undefined = Object.hasOwn(this.rule.names, name) ? this.rule.names[name] : undefined;
    return {
      id,
      name: given ?? { zh: name, en: name },
      kind: this.rule.kind,
      parent: this.root.id,
      timeZone: this.root.timeZone,
      isSample: this.root.isSample,
    };
  }
}
