import { InputError, UnavailableError } from '../../collectors/contract.ts';

interface Fault {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errno?: unknown;
}

export function diskFull(where: string): string {
  return `There is no space left on the disk of the evidence store ${where}: free some and repeat.`;
}

/** SQLSTATE or system error code -> what is wrong and what to do. */
const remedies: Readonly<Record<string, (where: string) => string>> = {
  '53100': diskFull,
  ENOSPC: diskFull,
  EACCES: (where) =>
    `The evidence store ${where} may not be written by this user: change its owner or name another folder with --data.`,
  EROFS: (where) => `The evidence store ${where} lies on a read-only disk: name another folder with --data.`,
  ENOTDIR: (where) => `The evidence store ${where} is not a folder: name another one with --data.`,
  EEXIST: (where) => `The evidence store ${where} is not a folder: name another one with --data.`,
  ECONNREFUSED: (where) => `PostgreSQL does not answer at ${where}: start it or correct DATABASE_URL.`,
  ENOENT: (where) => `PostgreSQL does not answer at ${where}: start it or correct DATABASE_URL.`,
  ENOTFOUND: (where) => `The server of ${where} is unknown: correct the host name in DATABASE_URL.`,
  EAI_AGAIN: (where) => `The server of ${where} cannot be looked up now: check the network, then repeat.`,
  ETIMEDOUT: (where) =>
    `PostgreSQL at ${where} does not answer in time: check the server and the network, then repeat.`,
  ECONNRESET: (where) => `The connection to ${where} was cut: check the server, then repeat.`,
  EPIPE: (where) => `The connection to ${where} was cut: check the server, then repeat.`,
  '28P01': (where) => `PostgreSQL at ${where} refuses the user or the password: correct DATABASE_URL.`,
  '28000': (where) =>
    `PostgreSQL at ${where} refuses this user: correct DATABASE_URL or the server's pg_hba.conf.`,
  '3D000': (where) =>
    `The database of ${where} does not exist: create it (createdb) or correct DATABASE_URL.`,
  '42501': (where) => `The user of ${where} lacks a right: grant it create and write on the database.`,
  '25006': (where) => `The database ${where} is read-only: name the primary server in DATABASE_URL.`,
  '53200': (where) => `The database ${where} is out of memory: give it more, then repeat.`,
  '53300': (where) =>
    `The database ${where} has no free connection: raise max_connections or stop other programs.`,
  '57P01': (where) => `The database ${where} is being shut down: start it, then repeat.`,
  '57P02': (where) => `The database ${where} crashed and is recovering: repeat in a moment.`,
  '57P03': (where) => `The database ${where} is starting: repeat in a moment.`,
};

/** How the embedded engine's file system numbers ENOSPC. */
const wasmDiskFull = 51;

/** Messages of failures that carry no code of their own. */
const messages: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|ENOSPC/i, 'ENOSPC'],
  [/Connection terminated|connection.*(ended|closed)/i, 'ECONNRESET'],
  [/timeout (expired|exceeded)/i, 'ETIMEDOUT'],
];

/**
 * What a failure of the surroundings means for the user: an UnavailableError with the remedy and the cause kept. Anything
 * else is returned as it is, being a fault of the program, except while opening, when the folder must be at fault.
 */
export function translateFailure(cause: unknown, where: string, during: 'open' | 'work' = 'work'): unknown {
  if (cause instanceof InputError) return cause;
  const code = codeOf(cause);
  const remedy = code === null ? undefined : remedies[code];
  if (remedy) return new UnavailableError(remedy(where), { cause });
  if (during === 'work') return cause;
  return new InputError(
    `The evidence store ${where} cannot be opened, its files are damaged or not those of an evidence store: ` +
      `restore them from a copy, or name another folder with --data (${textOf(cause).split('\n')[0]}).`,
    { cause },
  );
}

/** Whether the database session that a statement ran in is gone, with all that lived in it. */
export function isConnectionLost(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return signsOfLoss.has(codeOf(cause) ?? '') || isConnectionLost(cause.cause);
}

const signsOfLoss: ReadonlySet<string> = new Set(['57P01', '57P02', 'ECONNRESET', 'EPIPE']);

/** A key of the remedies: the failure's own code, or what its message tells where it carries none. */
function codeOf(cause: unknown): string | null {
  const { code } = (cause ?? {}) as Fault;
  if (typeof code === 'string' && code in remedies) return code;
  const text = textOf(cause);
  return messages.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function textOf(cause: unknown): string {
  const fault = (cause ?? {}) as Fault;
  return String(fault.message ?? (fault.errno === wasmDiskFull ? 'ENOSPC' : cause));
}
