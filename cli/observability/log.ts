import { type Collected, InputError } from '../../collectors/contract.ts';

export const logFormats = ['text', 'json'] as const;
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly format: (typeof logFormats)[number];
  readonly level: LogLevel;
}

/** Log of a server: JSON lines for machines. Sentences for people go to stderr as they are. */
export interface Log {
  /** One sentence, as a line of its own. */
  say(level: LogLevel, sentence: string): void;
  /** How one run ended. */
  run(collected: Collected): void;
}

function choose<T extends string>(known: readonly T[], given: string, option: string): T {
  const found = known.find((each) => each === given);
  if (found) return found;
  throw new InputError(`${option} "${given}" is unknown: write one of ${known.join(', ')}`);
}

/** Options win over LOG_FORMAT and LOG_LEVEL; sentences at level info otherwise. */
export function logOptions(
  given: { readonly logFormat?: string; readonly logLevel?: string },
  environment: Readonly<Record<string, string | undefined>>,
): LogOptions {
  return {
    format: choose(logFormats, given.logFormat ?? (environment.LOG_FORMAT || 'text'), '--log-format'),
    level: choose(logLevels, given.logLevel ?? (environment.LOG_LEVEL || 'info'), '--log-level'),
  };
}
