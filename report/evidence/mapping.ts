import type { Framework } from './framework.js';
import { euAiAct } from './frameworks/eu-ai-act.js';
import { iso42001 } from './frameworks/iso-42001.js';
import { nistMeasure } from './frameworks/nist-measure.js';

/** What stands above the mapping, on every page that shows it. */
export const NO_CLAIM: readonly string[] = [
  'This is a map, not a statement of compliance. It says which file can help with which paragraph. Whether a law ' +
    'applies to your system, and whether you meet it, is for you and your advisers to decide.',
  'A bundle is one part of a system: it predicts whether an answer is right. Most duties are about the whole system ' +
    'and the organisation, so something remains with you in every row.',
  'Each row gives the content in short words of our own. Read the paragraph itself, in the version that is in force.',
];

/** All frameworks, in the order in which pages show them. */
export const mapping: readonly Framework[] = [euAiAct, nistMeasure, iso42001];
