import type { Feature } from '../feature.js';

/** Stated confidences come in steps of .01 at best: 0 and 1 are held half a step from the ends. */
export const HELD = 0.005;

/** Stated confidence: what the model says of itself, 0..1. */
export const stated: Feature = {
  name: 'stated',
  version: 1,
  needs: 'stated',
  towards: 'right',
  range: [0, 1],
  of: ({ record }) => record.stated ?? NaN,
};

/** Logit of the stated confidence, held at .005 and .995. */
export const statedLogit: Feature = {
  name: 'stated.logit',
  version: 1,
  needs: 'stated',
  towards: 'right',
  range: [Math.log(HELD / (1 - HELD)), Math.log((1 - HELD) / HELD)],
  of: ({ record }) => {
    const p = Math.min(1 - HELD, Math.max(HELD, record.stated ?? NaN));
    return Math.log(p / (1 - p));
  },
};
