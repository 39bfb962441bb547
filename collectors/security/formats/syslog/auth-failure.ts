import type { LogLine } from './log-line.ts';

/** Failed logins that one line reports. */
export interface AuthFailures {
  readonly program: string;
  /** Who says so: the program itself, or a PAM module; several report the same failure. */
  readonly voice: string;
  readonly count: number;
}

/** `pam_unix(sshd:auth): authentication failure; ...`, and what PAM adds at the end without its module's name. */
const ofPam =
  /^(?:PAM|(pam_\w{1,32})\(([\w.@-]{1,64}):auth\):)(?: (\d{1,6}) more)? authentication failures?;/;
/** rsyslog folds lines that repeat. */
const repeated = /^message repeated (\d{1,6}) times: \[ ?(.*)\]$/s;

/**
 * What programs say themselves. Of sshd a method that was refused counts when somebody had to give a secret for it: `none` and
 * `publickey` are tried by every client before.
 */
const ofPrograms: Readonly<Record<string, RegExp>> = {
  sshd: /^(?:error: PAM: Authentication failure for |Failed (?:password|keyboard-interactive\/pam) for )/,
  sudo: /^ *[^:]{1,128} : (\d{1,6}) incorrect password attempts? ;/,
  su: /^FAILED SU \(/,
  login: /^FAILED LOGIN /,
};
/** Other names under which they write. */
const programNames: Readonly<Record<string, string>> = { 'sshd-session': 'sshd', 'sshd-auth': 'sshd' };

const nameOf = (program: string) => programNames[program] ?? program.toLowerCase();

/** Null when the line reports none. Nothing of who tried, and from where, is kept. */
export function authFailuresOf({ program, message }: LogLine): AuthFailures | null {
  const fold = repeated.exec(message);
  const times = fold ? Number(fold[1]) : 1;
  const text = fold?.[2] ?? message;
  const pam = ofPam.exec(text);
  if (pam) {
    const [, voice = 'pam_unix', service = program ?? 'pam', more = '1'] = pam;
    return { program: nameOf(service), voice, count: times * Number(more) };
  }
  const name = nameOf(program ?? '');
  const own = Object.hasOwn(ofPrograms, name) ? ofPrograms[name]?.exec(text) : null;
  return own ? { program: name, voice: 'own', count: times * Number(own[1] ?? 1) } : null;
}
