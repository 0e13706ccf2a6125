/** Places the label of a horizontal axis below the middle, without an arrow. */
export const labelBelow = { labelAnchor: 'center', labelArrow: 'none' } as const;

/** An axis of shares from 0 to 1, with ticks in whole per cent. */
export const shareAxis = { domain: [0, 1], ticks: 5, tickFormat: (x: number) => `${Math.round(100 * x)}%` };
