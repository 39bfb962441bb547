import { InputError, type Text } from '../../contract.ts';
import { maskText } from '../mask/personal-values.ts';

/** Why something could not be computed, without personal data, and what to do about it. */
export interface FaultWords {
  readonly reason: Text;
  readonly remedy: Text | null;
}

/** Kinds of faults by the words that engines and drivers have for them, the more particular first. */
const kinds: readonly { readonly what: string; readonly pattern: RegExp; readonly remedy: Text }[] = [
  {
    what: '数据库登录失败',
    pattern: /28P01|28000|ER_ACCESS_DENIED_ERROR/,
    remedy: {
      zh: '请核对连接地址中的用户名和密码，以及该账号是否允许从本机登录',
      en: 'check the user and the password of the address, and that the user may log in from this machine',
    },
  },
  {
    what: '没有读取权限',
    pattern: /permission|denied|not authori[sz]ed|EACCES|EPERM|42501/i,
    remedy: {
      zh: '请为检核账号授予该表（及其模式）的只读权限',
      en: 'grant the account of the checks the right to read the table and its schema',
    },
  },
  {
    what: '查询超时',
    pattern: /timeout|timed out|not done within|max_statement_time|57014|interrupt/i,
    remedy: {
      zh: '请调大该数据源的 timeout，或为检核的列建立索引、缩小检核范围',
      en: 'give the source a longer timeout, or narrow what is checked',
    },
  },
  {
    what: '函数不存在',
    pattern: /no such function|\bfunction .*does not exist/i,
    remedy: {
      zh: '请检查检核文件中的 SQL 条件或查询，并使用该数据库支持的函数',
      en: 'check the conditions and queries in SQL of the check file: this engine has no such function',
    },
  },
  {
    what: '列不存在',
    pattern: /no column|column .*(?:not exist|not found)|no such column|unknown column|binder error/i,
    remedy: {
      zh: '请核对检核文件中的列名与条件',
      en: 'compare the columns and conditions of the check file with the table',
    },
  },
  {
    what: '表或文件不存在',
    pattern:
      /no table|not exist|no such table|no such file|ENOENT|unable to open|does ?n[o']t exist|not found/i,
    remedy: {
      zh: '请确认表或文件仍然存在，名称与检核文件一致',
      en: 'see that the table or file is still there under the name of the check file',
    },
  },
  {
    what: 'SQL 语句有误',
    pattern: /syntax|parse|unterminated/i,
    remedy: {
      zh: '请检查检核文件中的 SQL 条件或查询',
      en: 'check the conditions and queries in SQL of the check file',
    },
  },
  {
    what: '无法连接数据库',
    pattern: /connect|ECONN|getaddrinfo|unreachable/i,
    remedy: {
      zh: '请确认数据库正在运行，且本机可以访问其地址和端口',
      en: 'see that the database is running and can be reached from this machine',
    },
  },
];

/** Where engines quote a value of the data in their messages; a name in it looks like any other word. */
const quotedValue =
  /((?:invalid input|out of range|date\/time field|incorrect|convert string|\bvalue\b)[^"'\n]{0,80})(["'])(?:(?!\2).){1,2000}\2/gi;

/** A message without values of the data, on one line. */
const withoutValues = (message: string) =>
  maskText(message.replace(quotedValue, '$1$2***$2').replace(/\s+/g, ' '));

const hasChinese = (text: string) => /\p{Script=Han}/u.test(text);

/** What was thrown, in both languages; values that a database quotes are masked where they look personal. */
export function faultWords(error: unknown): FaultWords {
  const message = error instanceof Error ? error.message : String(error);
  const kind = kinds.find(({ pattern }) => pattern.test(message));
  const remedy = kind?.remedy ?? null;
  if (!(error instanceof InputError)) {
    const en = `an internal fault of the checks: ${message}`;
    return { reason: { zh: withoutValues(`检核程序内部错误：${message}`), en: withoutValues(en) }, remedy };
  }
  const own = error.zh ?? message;
  const zh = hasChinese(own) ? own : `${kind?.what ?? '检核未能执行'}：${own}`;
  return { reason: { zh: withoutValues(zh), en: withoutValues(message) }, remedy };
}

export const isTimeout = (error: unknown) =>
  error instanceof Error && /timeout|timed out|not done within|max_statement_time|57014/i.test(error.message);
