import { describe, expect, it } from 'vitest';
import { FORMAT_VERSION } from '../../models/bundle/manifest.js';
import { encode, encodedWidth } from '../../models/encoder.js';
import { emitModel } from '../../models/model.js';
import { scorerOf } from '../../scorer/open.js';
import { progress } from '../../support/progress.js';
import { random } from '../../support/random.js';
import { fitModel } from '../../train/choose/fit-model.js';
import { scoreRows } from '../../train/examine/score-rows.js';
import { parseOptions } from '../../train/options.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import { madeAnswers } from '../support/answers.js';
import { context, dataOf, quick } from '../support/trained.js';

const bare = {
  ...{
    formatVersion: FORMAT_VERSION,
    vouch: 'test',
    model: { name: 'test' },
    thresholds: [],
    data: { fingerprint: '' },
  },
  ...{ calibrator: { name: 'none', parameters: [] }, options: {}, seed: 0, versions: {}, files: {} },
};

describe('a simple way that ships', () => {
  it('is emitted exactly: the graph gives its logits, for rows that lack the signal too', async () => {
    const data = dataOf(madeAnswers(60));
    const rows = Int32Array.from(data.y.keys());
    const matrix = matrixOf(data, rows);
    const { pool } = await context();
    const silent = progress('', { quiet: true });
    for (const learner of ['rate', 'signal'] as const) {
      const options = parseOptions({ ...quick, learners: [learner], patterns: [], words: { length: 0, buckets: 1 } });
      const { model, main } = await fitModel({
        pool,
        data,
        matrix,
        rows,
        options,
        random: random('one'),
        progress: silent,
      });
      expect(main.learners.map(({ name, chosen }) => [name, chosen])).toEqual([[learner, true]]);
      const { encoder, networks } = main.predictor;
      const [weights, [intercept]] = networks[0].members[0];
      const d = encodedWidth(encoder);
      const used = weights.filter((weight) => weight !== 0).length;
      expect(used).toBe(learner === 'rate' ? 0 : weights.slice(encoder.centre.length).some((w) => w !== 0) ? 2 : 1);
      const x = encode(encoder, matrix.numeric, matrix.categories, rows);
      const scorer = await scorerOf(emitModel(model, 'test'), { ...bare, signals: model.schema });
      const { logit } = await scoreRows(scorer, data, { ...matrix, schema: model.schema }, rows);
      await scorer.close();
      rows.forEach((i) => {
        let z = intercept;
        for (let j = 0; j < d; j++) z += weights[j] * x[i * d + j];
        expect(logit[i]).toBeCloseTo(z, 4);
      });
    }
  }, 400_000);
});
