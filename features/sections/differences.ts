import { markdownTable } from '../../support/page/markdown.js';

const rows = [
  [
    'Semantic entropy over likelihoods',
    'probabilities of the sets are normalised to a sum of 1 (Farquhar et al. 2024, eq. 5); likelihoods normalised by length',
    'lm-polygraph `SemanticEntropy`: mean over samples of −ln of the sum in their set, not normalised, without length ' +
      'normalisation. Kuhn et al. 2023: mean over sets. uqlm `tokenprob_semantic_entropy`: as vouch, but the answer is ' +
      'one more sample',
  ],
  [
    'Sets that mean the same',
    'in both directions entailment is the most likely relation; a text is compared with the first text of each set',
    'lm-polygraph: as vouch. uqlm: one direction is enough, a text may enter several sets, and the answer is one more ' +
      'sample. The code of Kuhn et al. and of Lin et al.: neither direction most likely contradicts',
  ],
  [
    'Number of sets',
    'number of the sets above',
    'lm-polygraph `NumSemSets`: connected components of pairs with P(entails) > P(contradicts) in both directions',
  ],
  [
    'Graph of texts',
    'a text has similarity 1 to itself (as the code of Lin et al.); the probabilities that the model gives',
    'lm-polygraph: of a text with itself, too, the probability that the model gives. The code of Lin et al. divides ' +
      'logits by a temperature (3, or tuned) first',
  ],
  [
    'Kernel language entropy',
    'P(entails) + P(neutral) / 2, both directions added; divided by ln n',
    'lm-polygraph: as vouch. The paper weighs by the likeliest class (section 5), in a variant by probabilities; it does ' +
      'not divide by ln n, its code does',
  ],
  [
    'Semantic density',
    'over samples with different texts, without the answer itself; relations given the answer; likelihoods normalised ' +
      'by length',
    'lm-polygraph: the answer counts as one more sample. uqlm: a repeated text counts each time. The code of Qiu & ' +
      'Miikkulainen: the answer is one of the samples, and probabilities are means over both directions',
  ],
  [
    'Mean entropy of tokens',
    'over the top k and one bucket for the remaining mass, along the answer, without its end mark',
    'Malinin & Gales 2021: over the whole vocabulary, for an ensemble and several sampled outputs. lm-polygraph ' +
      '`MeanTokenEntropy`: over the whole vocabulary, along the answer',
  ],
  ['Sentence SAR', 'probability of the whole sample; t = 0.001', 'lm-polygraph: as vouch'],
  [
    'Token SAR',
    'not computed: no record says how much each token changes the meaning. `tokens.keyMeanLogprob` weighs content ' +
      'words 1 and others 0',
    'lm-polygraph: relevance from a cross-encoder, with one call per token',
  ],
  [
    'CoCoA',
    'uncertainty × mean dissimilarity of answer and samples',
    'lm-polygraph: as vouch. uqlm: probability × mean of (1 + cosine) / 2, a confidence',
  ],
];

/** Where definitions differ from those of the Python libraries; `bench/uq-peers.ts` compares the numbers. */
export const differences = `## Where definitions differ

The Python libraries lm-polygraph 0.7.0 and uqlm 0.6.7 compute some of these measures from the same sets and matrices.
In the papers, most measures compare texts by an entailment model, SAR and CoCoA by a cross-encoder. Where vouch
compares by words or cosines, the formulas are those of the papers and the similarities are ours. Applying them to
answers of other models is ours, too.

${markdownTable(['measure', 'vouch', 'others'], rows)}
`;
