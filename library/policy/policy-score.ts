import { join } from 'node:path';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import { writeLines } from '../../data/write/json-lines.js';
import { setAside } from '../../data/write/set-aside.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import type { PolicyScore } from '../../scorer/policy/row-of.js';
import { VouchError } from '../../support/errors.js';
import { type Output, refuseOutputs } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { namedFiles, onlyKnown, type ReadSettings, splitReading } from '../read-settings.js';
import type { PluginOptions, RunOptions } from '../run-options.js';
import { type PricesInput, readPrices } from './read-prices.js';
import { writeNeeded } from './write-needed.js';

/** Options of `policyScore`. Labels are ignored. */
export interface PolicyScoreOptions extends ReadSettings, Pinning, PluginOptions, RunOptions {
  /** Folder of the policy. */
  policy: string;
  /** Other prices, as a file or its content, for `spent`. The certificate stays; other stages void it. */
  prices?: PricesInput;
  /** File for the rows (JSON Lines, gzip by `.gz`; `-`: standard output); none if absent. */
  out?: string;
  /** Folder for what is needed next: one file of answers (for `enrich`) or questions (for `collect`) per stage. */
  next?: string;
}

/** What `policyScore` gives. */
export interface PolicyScoreResult {
  rows: PolicyScore[];
  /** Questions by decision; `undecided` need another signal first. */
  accepted: number;
  abstained: number;
  escalated: number;
  undecided: number;
  /** Questions by the stage that they need next, and the file that lists them, if `next` named a folder. */
  needed: { stage: string; questions: number; file: string | null }[];
  /** What was paid so far, in money, tokens and milliseconds; `worth` is all of it in money. */
  spent: { money: number; tokens: number; milliseconds: number; worth: number };
  /** Lines that `badLines: 'skip'` skipped. */
  bad: number;
}

const known = [
  ...(['policy', 'prices', 'out', 'next', 'digest', 'trusted', 'plugins'] as const),
  ...(['onProgress', 'onNote', 'signal'] as const),
];

/**
 * Follows a policy through answers: for each question it accepts the returned answer, stops, or names the signal to buy
 * next. Memory: all answers. Errors: those of reading and of opening a bundle; BUNDLE_BAD if it holds no policy.
 */
export async function policyScore(answers: AnswerSource, options: PolicyScoreOptions): Promise<PolicyScoreResult> {
  const { read, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  const { policy: dir, prices: given, out, next, digest, trusted, onProgress, onNote, signal } = rest;
  onlyJsonLines(out);
  const plugins = await openPlugins(rest.plugins);
  const { openPolicy } = await import('../../scorer/policy/open-policy.js');
  const { casesOf } = await import('../../scorer/policy/case.js');
  const { walkCases } = await import('../../scorer/policy/walk.js');
  const { readAll } = await import('../../data/read/read-all.js');
  const { repriced } = await import('../../scorer/policy/repriced.js');
  const priced = given === undefined ? undefined : await readPrices(given);
  const opened = await openPolicy(dir, { digest, trusted, plugins });
  const { scorer } = opened;
  try {
    const { policy, voided } =
      priced === undefined ? { policy: opened.policy, voided: [] } : repriced(opened.policy, priced.prices);
    for (const text of voided) onNote?.({ about: 'answers', text });
    const aside = badFile ?? `${out === undefined || out === '-' ? 'vouch-policy' : out}.bad.jsonl`;
    const lists = policy.plan.order.map((stage) => ({
      stage,
      file: next === undefined ? null : join(next, `${stage}.jsonl`),
    }));
    const outputs: Output[] = [
      ['--out', out],
      ['badFile', aside],
      ...lists.flatMap(({ file }): Output[] => (file === null ? [] : [['--next', file]])),
    ];
    await refuseOutputs(outputs, {
      inputs: [...namedFiles(answers, read, rest.plugins), ...(priced?.file ? [priced.file] : [])],
      folders: [dir],
    });
    const show = onProgress === undefined ? undefined : reportedProgress(onProgress);
    const reading = { ...read, readers: pluginReaders(plugins) };
    const { items: records, groups, bad, notes } = await readAll(answers, reading, { show, signal }, (each) => each);
    for (const text of [...(await setAside(bad, aside)), ...notes]) onNote?.({ about: 'answers', text });
    const { cases } = casesOf(records, groups, policy.prices);
    const rows = await walkCases(cases, { policy, scorer });
    if (out !== undefined) await writeLines(out, rows);
    const needed = await writeNeeded(lists, rows, { cases, stages: policy.prices.stages });
    return { ...countsOf(rows), rows, needed, bad: bad.length };
  } finally {
    await scorer.close();
  }
}

function countsOf(rows: readonly PolicyScore[]): Omit<PolicyScoreResult, 'rows' | 'needed' | 'bad'> {
  const count = (test: (row: PolicyScore) => boolean) => rows.filter(test).length;
  const sum = (of: (spent: PolicyScore['spent']) => number) => rows.reduce((total, { spent }) => total + of(spent), 0);
  return {
    accepted: count(({ decision }) => decision === 'accept'),
    abstained: count(({ decision }) => decision === 'abstain'),
    escalated: count(({ decision }) => decision === 'escalate'),
    undecided: count(({ next }) => next !== null),
    spent: {
      money: sum(({ money }) => money),
      tokens: sum(({ tokens }) => tokens),
      milliseconds: sum(({ milliseconds }) => milliseconds),
      worth: sum(({ worth }) => worth),
    },
  };
}

/** Rows hold objects and lists, so tables are refused. Error: BAD_USAGE. */
function onlyJsonLines(out: string | undefined): void {
  if (out === undefined || !/\.(csv|tsv|parquet)(\.gz)?$/i.test(out)) return;
  throw new VouchError('BAD_USAGE', 'the rows of a policy are JSON Lines', {
    field: 'out',
    expected: 'a file that ends in .jsonl or .jsonl.gz, or -',
    got: out,
  });
}
