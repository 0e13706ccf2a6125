import { type GraphSignal, ofTokens, withLogOfNegative } from './graph-signal.js';
import { decided, least } from './over-mask.js';

/** The signals of features/tokens/ that read the log-probabilities of the tokens alone. */
export const logprobSignals: readonly GraphSignal[] = [
  ofTokens('tokens.count', ({ tokens: { on, n } }) => on.log(on.add(n, 1))),
  ofTokens('tokens.pavg', ({ tokens }) => tokens.mean(tokens.totalProbability)),
  ofTokens('tokens.pavg.logit', ({ tokens }) => {
    const { on } = tokens;
    const p = tokens.mean(tokens.totalProbability);
    return on.sub(on.log(p), on.log(on.add(on.most(on.sub(1, p), 0), 1e-9)));
  }),
  ofTokens('tokens.perplexity', ({ tokens }) => tokens.on.exp(tokens.on.neg(tokens.mean(tokens.totalLogprob)))),
  ...withLogOfNegative(ofTokens('tokens.meanLogprob', ({ tokens }) => tokens.mean(tokens.totalLogprob))),
  ...withLogOfNegative(ofTokens('tokens.minLogprob', ({ tokens: { on, logprob } }) => on.min(logprob))),
  ...withLogOfNegative(ofTokens('tokens.sumLogprob', ({ tokens }) => tokens.totalLogprob)),
  ...withLogOfNegative(ofTokens('tokens.firstLogprob', ({ tokens }) => tokens.sumWhere(tokens.first, tokens.logprob))),
  ...withLogOfNegative(ofTokens('tokens.lastLogprob', ({ tokens }) => tokens.sumWhere(tokens.last, tokens.logprob))),
  ofTokens('tokens.stdLogprob', ({ tokens }) => tokens.std(tokens.logprob)),
  ofTokens('tokens.lowShare', ({ tokens }) => {
    const { on } = tokens;
    return tokens.mean(on.sum(on.ones(on.less(tokens.logprob, -Math.LN2))));
  }),
  ...withLogOfNegative(ofTokens('tokens.worstWindow', ({ tokens }) => tokens.worstWindow)),
  ...withLogOfNegative(
    ofTokens('tokens.tailLogprob', ({ tokens }) => {
      const { on, tail, logprob } = tokens;
      return on.div(tokens.sumWhere(tail, logprob), on.most(on.sum(on.ones(tail)), 1));
    }),
  ),
  ofTokens('tokens.keyShare', ({ tokens, marked: marks }) => tokens.mean(marks.count('informative')), 'informative'),
  ...withLogOfNegative(
    ofTokens(
      'tokens.keyMeanLogprob',
      ({ tokens, marked: marks }) => marks.mean('informative', tokens.logprob),
      'informative',
    ),
  ),
  ...withLogOfNegative(
    ofTokens(
      'tokens.keyMinLogprob',
      ({ tokens, marked: marks }) => least(tokens, marks.chosen('informative')),
      'informative',
    ),
  ),
  ...withLogOfNegative(
    ofTokens(
      'tokens.freshMeanLogprob',
      ({ tokens, marked: marks }) => marks.mean('fresh', tokens.logprob),
      'informative',
      'fresh',
    ),
  ),
  ...withLogOfNegative(
    ofTokens(
      'tokens.freshMinLogprob',
      ({ tokens, marked: marks }) => least(tokens, marks.chosen('fresh')),
      'informative',
      'fresh',
    ),
  ),
  ...withLogOfNegative(
    ofTokens(
      'tokens.freshSumLogprob',
      ({ tokens, marked: marks }) => tokens.sumWhere(marks.chosen('fresh'), tokens.logprob),
      'informative',
      'fresh',
    ),
  ),
  ...withLogOfNegative(
    ofTokens(
      'tokens.onsetLogprob',
      ({ tokens, marked: marks }) => tokens.sumWhere(marks.onset, tokens.logprob),
      'informative',
      'fresh',
    ),
  ),
  ...withLogOfNegative(
    ofTokens(
      'tokens.decisiveLogprob',
      ({ tokens, marked: marks }) => decided(tokens, marks, tokens.sumWhere(marks.marked('decisive'), tokens.logprob)),
      'decisive',
    ),
  ),
];
