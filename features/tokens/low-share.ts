import type { Feature } from '../feature.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

export const lowShare: Feature = {
  name: 'tokens.lowShare',
  shown: 'share',
  says: 'Share of the tokens with a probability below one half: #{t: ℓ_t < ln ½} / T.',
  version: 2,
  needs: 'tokens',
  towards: 'wrong',
  range: [0, 1],
  ...tokenNumber(TokenNumber.LOW),
};
