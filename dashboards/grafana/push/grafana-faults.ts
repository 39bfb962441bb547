import { InputError } from '../../../collectors/contract.ts';

/** Grafana did not do what was asked. */
export class GrafanaFault extends InputError {
  /** HTTP status; null when there was no answer that could be read. */
  readonly status: number | null;
  constructor(status: number | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Statuses that concern one object alone: the others may still go well. */
const ofOneObject = new Set([400, 403, 404, 409, 412, 422]);

export const stopsEverything = ({ status }: GrafanaFault) => status === null || !ofOneObject.has(status);

export interface Asked {
  /** Where Grafana is, as the user wrote it. */
  readonly url: string;
  /** What was to be done, as `<verb> the dashboard "x"`. */
  readonly what: string;
}

/** Longest part of a stranger's message that is repeated. */
const longestMessage = 200;

/** What Grafana says itself in the body of a refusal, in brackets; empty when it says nothing readable. */
function ownWords(body: unknown): string {
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : null;
  return typeof message === 'string' && message !== '' ? ` (“${message.slice(0, longestMessage)}”)` : '';
}

const remedies: Readonly<Record<number, string>> = {
  401: 'GRAFANA_TOKEN must hold the token of a service account that is there and has not expired',
  403: 'the service account of GRAFANA_TOKEN needs the role Editor for folders and dashboards, Admin for data sources; what is provisioned from files cannot be changed here',
  404: 'look whether --url is the root of Grafana with its sub-path, if it has one',
  409: 'another one of the same name is there, or somebody changed it meanwhile: rename or remove it in Grafana, then push again',
  412: 'somebody changed it in Grafana meanwhile, or another one has its name: look with --dry-run and push again, or overwrite it with --force',
  429: 'it asks for patience: push again in a minute',
};

/** A refusal as one sentence with what to do about it. */
export function refusalOf({ url, what }: Asked, status: number, body: unknown): GrafanaFault {
  const start = `Grafana at ${url} would not ${what}: it answered ${status}${ownWords(body)}`;
  if (status >= 300 && status < 400) {
    return new GrafanaFault(
      status,
      `${start}, a redirect, as to a page of login: name the address that it serves itself, not that of a proxy with a login`,
    );
  }
  const remedy =
    remedies[status] ??
    (status >= 500
      ? 'its own log says why; push again when it is well, nothing is done twice'
      : 'this version of Grafana may not know what was sent; its log says more');
  return new GrafanaFault(status, `${start}: ${remedy}`);
}

/** An answer that is not what Grafana answers. */
export function unreadable({ url, what }: Asked, why: string): GrafanaFault {
  return new GrafanaFault(
    null,
    `${url} did not answer as Grafana does when asked to ${what} (${why}): name the root of a Grafana with --url`,
  );
}
