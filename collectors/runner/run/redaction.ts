import type { CollectorPorts, Gap, QualityRun, SecretRef, TargetState, Text } from '../../contract.ts';

const mask = '***';

/** User information of an address, `user:password@`, up to its last at-sign. */
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/?#\s"'<>]+@/gi;

/** A parameter of an address whose name says that its value is a secret: `access_token=…`, `appkey=…`. */
const secretParameter =
  /([?&][^=&#\s"'<>]*(?:token|secret|passw|apikey|api_key|appkey|signature)[^=&#\s"'<>]*=)[^&#\s"'<>]+/gi;

/** What no store takes in a text, by the mark for characters that cannot be shown. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Knows every secret that was resolved and takes it out of what is shown, logged or kept. */
export class Redactor {
  #forms: readonly string[] = [];
  readonly #secrets = new Set<string>();

  /** Also the forms in which libraries repeat a secret: percent-encoded, Base64, JSON. */
  add(secret: string): void {
    if (secret === '' || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    const forms = [...this.#secrets].flatMap((each) => [
      each,
      encodeURIComponent(each),
      Buffer.from(each, 'utf8').toString('base64'),
      JSON.stringify(each).slice(1, -1),
    ]);
    // The longest first, so that a secret that contains another one goes whole.
    this.#forms = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  }

  /** The text without secrets, and without characters that no store takes. */
  readonly redact = (text: string): string => {
    const bare = this.#forms.reduce((rest, form) => rest.replaceAll(form, mask), storable(text));
    const anonymous = bare.includes('@') ? bare.replaceAll(userInfo, `$1${mask}@`) : bare;
    return anonymous.includes('=') ? anonymous.replaceAll(secretParameter, `$1${mask}`) : anonymous;
  };

  readonly text = ({ zh, en }: Text): Text => ({ zh: this.redact(zh), en: this.redact(en) });

  readonly labels = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, this.redact(value)]));

  gap(gap: Gap): Gap {
    const { labels, reason, remedy } = gap;
    return {
      ...gap,
      labels: this.labels(labels),
      reason: this.text(reason),
      ...(remedy && { remedy: this.text(remedy) }),
    };
  }

  target(state: TargetState): TargetState {
    return { ...state, target: this.redact(state.target), detail: this.text(state.detail) };
  }

  quality(run: QualityRun): QualityRun {
    const { source, results } = run;
    return {
      ...run,
      source: { ...source, location: this.redact(source.location) },
      results: results.map((result) => ({
        ...result,
        sql: result.sql.map(this.redact),
        reason: result.reason && this.text(result.reason),
        remedy: result.remedy && this.text(result.remedy),
      })),
    };
  }
}

/** The same ports, with every secret that is resolved made known to the redactor first. */
export function withRedaction(ports: CollectorPorts, redactor: Redactor): CollectorPorts {
  return {
    ...ports,
    secret: async (ref: SecretRef) => {
      const secret = await ports.secret(ref);
      redactor.add(secret);
      return secret;
    },
  };
}
