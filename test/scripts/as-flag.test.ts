import { describe, expect, it } from 'vitest';
import { score } from '../../library/score.js';
import { train } from '../../library/train.js';
import { register } from '../../scripts/commands/train.js';
import { asFlag } from '../../scripts/flags/as-flag.js';
import { type ErrorCode, type ErrorDetail, VouchError } from '../../support/errors.js';
import { errorOf } from '../data/temporary.js';
import { programOf } from '../support/program-of.js';

const command = programOf(register).commands[0];
const shown = (code: ErrorCode, detail: ErrorDetail) => asFlag(new VouchError(code, 'x', detail), command).detail.field;

describe('the field of an error', () => {
  it('is the flag on the command line', () => {
    expect(shown('BAD_USAGE', { field: 'targetError' })).toBe('--target-error');
    expect(shown('BAD_USAGE', { field: 'groupBy' })).toBe('--group-by');
    expect(shown('BAD_LABEL', { file: 'a.csv', field: 'labelRules.column' })).toBe('--label-column');
    expect(shown('BAD_USAGE', { file: 'a.csv', field: 'map.model' })).toBe('--map model');
    expect(shown('BAD_USAGE', { field: 'naming.aliases' })).toBe('--model-alias');
    expect(shown('BAD_USAGE', { field: '--label-scale' })).toBe('--label-scale');
  });

  it('stays where it is a key of a config, a field of an answer, or without a flag', () => {
    expect(shown('BAD_USAGE', { file: 'config.json', field: 'targetError' })).toBe('targetError');
    expect(shown('BAD_RECORD', { file: 'a.jsonl', field: 'task' })).toBe('task');
    expect(shown('BAD_USAGE', { field: 'folds' })).toBe('folds');
    expect(shown('BAD_USAGE', {})).toBeUndefined();
  });

  it('is the name of the option in the library', async () => {
    const answers = [{ answer: 'x', label: 1 }];
    const options = { out: '/nowhere/bundle' };
    const fields = [
      train(answers, { ...options, labelRules: { threshold: 4, scale: [1, 5] } }),
      train(answers, { ...options, heldOut: 'part.jsonl', certify: 'cross' }),
      train(answers, { ...options, targetError: 5 }),
      Promise.resolve().then(() => score(answers, { model: 5 as never })),
    ].map(async (work) => ((await errorOf(work)) as { field?: string }).field);
    expect(await Promise.all(fields)).toEqual(['labelRules', 'heldOut', 'targetError', 'model']);
  });
});
