import type { Feature } from '../feature.js';

/** Stated confidences come in steps of .01 at best, so 0 and 1 are moved inwards by half a step before the logit. */
export const STATED_EDGE = 0.005;

export const stated: Feature = {
  name: 'stated',
  plain: 'Stated confidence',
  shown: 'share',
  says: 'The confidence that the model states about its own answer, from 0 to 1.',
  version: 1,
  needs: 'stated',
  towards: 'right',
  range: [0, 1],
  of: ({ record }) => record.stated ?? NaN,
};

export const statedLogit: Feature = {
  name: 'stated.logit',
  plain: 'Stated confidence',
  shown: 'logit',
  says: 'Logit of the stated confidence, which is first limited to 0.005 … 0.995.',
  version: 1,
  needs: 'stated',
  towards: 'right',
  range: [Math.log(STATED_EDGE / (1 - STATED_EDGE)), Math.log((1 - STATED_EDGE) / STATED_EDGE)],
  of: ({ record }) => {
    const p = Math.min(1 - STATED_EDGE, Math.max(STATED_EDGE, record.stated ?? NaN));
    return Math.log(p / (1 - p));
  },
};
