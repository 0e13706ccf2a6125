import { pluginLabellers } from '../data/label/define-labeller.js';
import { labelWith } from '../data/label/list.js';
import { namingOn } from '../data/naming.js';
import type { AnswerSource } from '../data/read/answer-source.js';
import { pluginReaders } from '../data/read/formats/define-reader.js';
import { writeLines } from '../data/write/json-lines.js';
import { setAside } from '../data/write/set-aside.js';
import type { Annotator } from '../meaning/annotator.js';
import { namedBy } from '../models/bundle/encoders-read.js';
import type { Pinning } from '../models/bundle/pinning.js';
import type { OpenOptions } from '../scorer/open.js';
import { VouchError } from '../support/errors.js';
import { type Output, refuseOutputs } from '../support/folder/same-place.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import { reportedProgress } from '../support/reported-progress.js';
import { type Vote, type VoteSummary, WEIGHTS, type Weight } from '../train/vote/results.js';
import { type EncoderOptions, noteEncoders, withEncoders } from './encoders.js';
import { namedFiles, onlyKnown, type ReadSettings, splitReading } from './read-settings.js';
import type { PluginOptions, RunOptions } from './run-options.js';

/** Options of `vote`. */
export interface VoteOptions extends ReadSettings, Pinning, PluginOptions, EncoderOptions, RunOptions {
  /** Folder of a bundle that weights the answers; none if absent. */
  model?: string;
  /**
   * How votes are weighted: `votes` counts all the same, `tokens` by the probability of their tokens, `bundle` by the
   * probability that the bundle gives. Default: `bundle` with `model`, else `votes`.
   */
  weight?: Weight;
  /** The rule that grades all answers by their references; absent: the rule that made the labels, else the labels. */
  with?: string;
  /** Seed of the folds of the calibration. */
  seed?: number;
  /** File for the voted answers (JSON Lines, gzip by `.gz`; `-`: standard output); none if absent. */
  out?: string;
}

/** What `vote` gives: one voted answer per question, and what they are worth. */
export interface VoteResult extends VoteSummary {
  votes: Vote[];
  /** Lines that `badLines: 'skip'` skipped. */
  bad: number;
}

/** Defaults of `vouch vote`. */
export const voteDefaults = { seed: 1 } as const;

const known = [
  ...(['model', 'weight', 'with', 'seed', 'out', 'digest', 'trusted', 'plugins', 'encoders'] as const),
  ...(['onProgress', 'onNote', 'signal'] as const),
];

/**
 * Self-consistency: per question, the answer that most of its answers and samples give. With labels it also gives the
 * probability that this answer is right, and what the vote gains over the first answer. Errors: those of reading and of
 * opening a bundle; NO_ANSWERS; DUPLICATE_ID; BAD_USAGE; INTERRUPTED if `signal` fired.
 */
export function vote(answers: AnswerSource, options: VoteOptions = {}): Promise<VoteResult> {
  return withEncoders(options.encoders, (annotator) => voteWith(answers, options, annotator));
}

async function voteWith(
  answers: AnswerSource,
  options: VoteOptions,
  annotator: Annotator | undefined,
): Promise<VoteResult> {
  const { read, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  const { model, with: rule, seed = voteDefaults.seed, out, digest, trusted, onProgress, onNote, signal } = rest;
  const weight = weightOf(rest);
  const plugins = await openPlugins(rest.plugins);
  const own = pluginLabellers(plugins);
  if (rule !== undefined) labelWith(rule, own);
  const { vote: count } = await import('../train/vote/vote.js');
  const opened = model === undefined ? undefined : await openedAt(model, { digest, trusted }, { plugins, annotator });
  try {
    if (opened !== undefined) noteEncoders(namedBy([opened.scorer.manifest]), annotator, onNote);
    const inputs = [...namedFiles(answers, read, rest.plugins), ...(opened?.files ?? [])];
    const aside = badFile ?? `${out === undefined || out === '-' ? 'vouch-vote' : out}.bad.jsonl`;
    const outputs: Output[] = [
      ['--out', out],
      ['badFile', aside],
    ];
    await refuseOutputs(outputs, { inputs });
    const scorer = opened?.scorer;
    const naming = scorer === undefined ? read.naming : namingOn(scorer.manifest.naming, read.naming);
    const { votes, summary, bad, notes } = await count(
      answers,
      { ...read, naming, readers: pluginReaders(plugins) },
      {
        ...{ weight, scorer, with: rule, own, seed, signal },
        show: onProgress === undefined ? undefined : reportedProgress(onProgress),
      },
    );
    for (const text of [...(await setAside(bad, aside)), ...notes]) onNote?.({ about: 'answers', text });
    if (out !== undefined) await writeLines(out, votes);
    return { ...summary, votes, bad: bad.length };
  } finally {
    await opened?.scorer.close();
  }
}

/** Errors: BAD_USAGE for an unknown weight, and for `bundle` without a bundle. */
function weightOf({ weight, model }: Pick<VoteOptions, 'weight' | 'model'>): Weight {
  if (weight === undefined) return model === undefined ? 'votes' : 'bundle';
  if (!WEIGHTS.includes(weight)) {
    throw new VouchError('BAD_USAGE', 'no such weight', {
      field: 'weight',
      expected: WEIGHTS.join(', '),
      got: weight,
    });
  }
  if (weight === 'bundle' && model === undefined) {
    throw new VouchError('BAD_USAGE', 'the weight bundle needs a bundle', { field: 'weight', expected: 'model' });
  }
  return weight;
}

async function openedAt(dir: string, pinning: Pinning, models: Pick<OpenOptions, 'plugins' | 'annotator'>) {
  const { openBundle } = await import('../scorer/open.js');
  const { filesOf, readBundle } = await import('../models/bundle/read.js');
  const bundle = await readBundle(dir, pinning);
  const { scorer } = await openBundle(bundle, { ...models, grounds: false });
  return { scorer, files: filesOf(bundle) };
}
