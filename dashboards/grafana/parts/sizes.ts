/** Usual sizes of panels on the grid of 24 columns. */
export const number = { width: 6, height: 5 } as const;
export const third = { width: 8, height: 8 } as const;
export const half = { width: 12, height: 8 } as const;
export const whole = { width: 24, height: 9 } as const;

/** A figure between nothing and all. */
export const share = { unit: 'percentunit', min: 0, max: 1 } as const;
