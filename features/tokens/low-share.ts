import type { Feature } from '../feature.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

/** Share of tokens with probability under one half: #{ℓ_t < ln ½} / T. */
export const lowShare: Feature = {
  name: 'tokens.lowShare',
  version: 2,
  needs: 'tokens',
  towards: 'wrong',
  range: [0, 1],
  ...tokenNumber(TokenNumber.LOW),
};
