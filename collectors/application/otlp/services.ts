/** What is known of one service between runs. */
export interface ServiceState {
  readonly service: string;
  /** Milliseconds; of the last request that named it. */
  heardAt: number;
  series: number;
  /** Since the last run. */
  spans: number;
  points: number;
  dropped: number;
}

/** The services heard, each with the room it has left. */
export class Services {
  private readonly known = new Map<string, ServiceState>();
  private readonly maxServices: number;
  private readonly maxSeries: number;

  constructor(limits: { readonly maxServices: number; readonly maxSeriesPerService: number }) {
    this.maxServices = limits.maxServices;
    this.maxSeries = limits.maxSeriesPerService;
  }

  /** Null when there are too many already. */
  hear(service: string, now: number): ServiceState | null {
    const state = this.known.get(service);
    if (state) {
      state.heardAt = now;
      return state;
    }
    if (this.known.size >= this.maxServices) return null;
    const born = { service, heardAt: now, series: 0, spans: 0, points: 0, dropped: 0 };
    this.known.set(service, born);
    return born;
  }

  /** Takes room for series of a service; false when it has none left. */
  reserve(state: ServiceState, series: number): boolean {
    if (state.series + series > this.maxSeries) return false;
    state.series += series;
    return true;
  }

  /** Every service with its counts since the last call, which begin again. */
  drain(forgetBefore: number): readonly ServiceState[] {
    const seen = [...this.known.values()].map((state) => ({ ...state }));
    for (const state of this.known.values()) {
      state.spans = 0;
      state.points = 0;
      state.dropped = 0;
      if (state.heardAt < forgetBefore && state.series === 0) this.known.delete(state.service);
    }
    return seen;
  }
}
