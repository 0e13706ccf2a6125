import { VouchError } from '../../support/errors.js';
import type { TextModel } from './open-model.js';

/** The output with a vector per token: the first one of three dimensions. Error: ENCODER_BAD. */
export function vectorsOutput({ outputs }: TextModel, file: string): string {
  const found = [...outputs].find(([, shape]) => shape.length === 3);
  if (found !== undefined) return found[0];
  throw new VouchError('ENCODER_BAD', 'the graph gives no vector per token', {
    file,
    expected: 'an output [texts, tokens, size], float32',
    got: [...outputs].map(([name, shape]) => `${name} [${shape.join(', ')}]`),
  });
}

/** The output with a logit per label: the first one of two dimensions whose size may be the number of labels. Error: ENCODER_BAD. */
export function logitsOutput({ outputs }: TextModel, labels: number, file: string): string {
  const fits = ([, shape]: [string, readonly (number | string)[]]) =>
    shape.length === 2 && (typeof shape[1] !== 'number' || shape[1] < 0 || shape[1] === labels);
  const found = [...outputs].find(fits);
  if (found !== undefined) return found[0];
  throw new VouchError('ENCODER_BAD', 'the graph gives no logit per label', {
    file,
    expected: `an output [texts, ${labels}], float32`,
    got: [...outputs].map(([name, shape]) => `${name} [${shape.join(', ')}]`),
  });
}
