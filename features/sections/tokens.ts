import type { Feature } from '../feature.js';
import { tokenCount } from '../tokens/count.js';
import { decisiveLogprob } from '../tokens/decisive.js';
import {
  freshMeanLogprob,
  freshMinLogprob,
  freshSumLogprob,
  keyMeanLogprob,
  keyMinLogprob,
  keyShare,
  onsetLogprob,
} from '../tokens/key-logprob.js';
import { firstLogprob, lastLogprob, meanLogprob, minLogprob, stdLogprob, sumLogprob } from '../tokens/logprob.js';
import { lowShare } from '../tokens/low-share.js';
import { pavg, pavgLogit, perplexity } from '../tokens/pavg.js';
import { tailLogprob } from '../tokens/tail.js';
import { worstWindow } from '../tokens/worst-window.js';
import { withLog } from './with-log.js';

/** Log-probabilities of tokens. */
export const tokensSignals: readonly Feature[] = [
  tokenCount,
  pavg,
  pavgLogit,
  perplexity,
  ...withLog(meanLogprob),
  ...withLog(minLogprob),
  ...withLog(sumLogprob),
  ...withLog(firstLogprob),
  ...withLog(lastLogprob),
  stdLogprob,
  lowShare,
  ...withLog(worstWindow),
  ...withLog(tailLogprob),
  keyShare,
  ...withLog(keyMeanLogprob),
  ...withLog(keyMinLogprob),
  ...withLog(freshMeanLogprob),
  ...withLog(freshMinLogprob),
  ...withLog(freshSumLogprob),
  ...withLog(onsetLogprob),
  ...withLog(decisiveLogprob),
];
