/** A request that is turned down for what it is; shown to the user by its text key, never with a stack. */
export class Refusal extends Error {
  readonly status: number;
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(status: number, key: string, values: Readonly<Record<string, string | number>> = {}) {
    super(`${status} ${key}`);
    this.name = 'Refusal';
    this.status = status;
    this.key = key;
    this.values = values;
  }
}
