import { InputError } from '../../collectors/contract.ts';
import { isLoopback } from '../../collectors/ports/http/loopback.ts';
import type { CommandContext } from '../context.ts';

/** Zone of the sample city's subject, and of every place in China. */
const usualTimeZone = 'Asia/Shanghai';
const usualPrometheus = 'http://127.0.0.1:9090';

/** A URL of http or https without user, query and slash at the end; InputError names the option otherwise. */
function plainUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new InputError(`${option} "${text}" is no URL: write for example http://127.0.0.1:3000`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError(
      `${option} holds a user or password: leave them out, what is written here can be read by others`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new InputError(`${option} "${text}" has a query: write the address up to the path`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

export interface BuildChoice {
  readonly linkBase: string;
  readonly prometheus?: string;
}

/** What a build needs, from the options of the command and of the program. */
export function buildOptionsOf(context: CommandContext, { linkBase, prometheus }: BuildChoice) {
  const fromEnvironment = context.surroundings.environment.PROMETHEUS_URL || undefined;
  return {
    language: context.language,
    timeZone: context.options.timeZone ?? usualTimeZone,
    linkBase: plainUrl('--link-base', linkBase),
    prometheusUrl:
      prometheus === undefined && fromEnvironment !== undefined
        ? plainUrl('PROMETHEUS_URL', fromEnvironment)
        : plainUrl('--prometheus', prometheus ?? usualPrometheus),
  };
}

/** Where the token may be sent: over https, or to this machine; over plain http elsewhere only when that is allowed. */
export function grafanaUrl(text: string, mayBePlain: boolean): string {
  const url = plainUrl('--url', text);
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || isLoopback(hostname) || mayBePlain) return url;
  throw new InputError(
    `--url ${url}: the token would travel unencrypted: use https, or allow it with --plain-http in a network that you trust`,
  );
}

/** The token of GRAFANA_TOKEN; never part of a message. */
export function grafanaToken({ surroundings }: CommandContext): string {
  const token = (surroundings.environment.GRAFANA_TOKEN ?? '').trim();
  if (token === '') {
    throw new InputError(
      'GRAFANA_TOKEN is not set: make a service account in Grafana (Administration, Users and access) with the role Admin and put its token there',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError(
      'GRAFANA_TOKEN holds characters that no token has: copy the token alone, without quotes and line breaks',
    );
  }
  return token;
}

const longestTimeout = 600;

export function timeoutOf(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= longestTimeout) return seconds;
  throw new InputError(`--timeout "${text}": write seconds above 0, ${longestTimeout} at most`);
}
