import type { Feature } from '../feature.js';

/** Stated confidences come in steps of .01 at best: 0 and 1 are held half a step from the ends. */
export const STATED_EDGE = 0.005;

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
  range: [Math.log(STATED_EDGE / (1 - STATED_EDGE)), Math.log((1 - STATED_EDGE) / STATED_EDGE)],
  of: ({ record }) => {
    const p = Math.min(1 - STATED_EDGE, Math.max(STATED_EDGE, record.stated ?? NaN));
    return Math.log(p / (1 - p));
  },
};
