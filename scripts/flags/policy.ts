import type { Command } from 'commander';
import { type PolicyScoreResult, policyScore } from '../../library/policy/policy-score.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { exclusive } from './exclusive.js';
import { groups, OTHER } from './groups.js';
import { type PinningFlags, pinningOf } from './pinning.js';
import type { PluginFlags } from './plugins.js';
import { type ReadingFlags, readOptionsOf } from './reading.js';
import { shownProgress } from './shown-progress.js';

/** The flags of `vouch score` that follow a policy. */
export interface PolicyFlags {
  policy?: string;
  prices?: string;
  next?: string;
}

/** Flags that have no meaning for a policy. */
const OF_A_BUNDLE = ['--model', '--resume', '--shard', '--reasons', '--selected', '--trace', '--encoder', '--nli'];

export function addPolicy(command: Command): Command {
  for (const flag of OF_A_BUNDLE) exclusive(command, ['--policy', flag], `a policy is followed without ${flag}`);
  return command
    .optionsGroup(groups.policy)
    .option(
      '--policy <dir>',
      'follow this policy of `vouch policy train`: one row per question, which says accept, stop, or what to buy next; ' +
        'OUT is JSON Lines',
    )
    .option('--group-by <field>', 'with --policy: field that names the question (default: group, else equal messages)')
    .option('--prices <file>', 'with --policy: other prices for the column spent; the certificate stays')
    .option(
      '--next <dir>',
      'with --policy: folder for lists of what is needed next, one per stage: answers for vouch enrich, questions for ' +
        'vouch collect',
    )
    .optionsGroup(OTHER);
}

interface Given extends ReadingFlags, PinningFlags, PluginFlags, PolicyFlags {
  out: string;
  bad?: string;
  json?: boolean;
  quiet?: boolean;
}

/** `vouch score --policy`. */
export async function scoreByPolicy(answers: string[], flags: Given): Promise<void> {
  const { policy, prices, next, out, bad, quiet = false, json = false } = flags;
  const say = (text: string) => {
    if (!quiet) process.stderr.write(`${text}\n`);
  };
  const { rows, ...summary } = await policyScore(answers, {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...{ policy: policy as string, prices, next, out, badFile: bad, plugins: flags.plugin },
    onProgress: shownProgress(quiet),
    onNote: ({ text }) => say(text),
  });
  if (json)
    (out === '-' ? process.stderr : process.stdout).write(`${JSON.stringify({ rows: rows.length, ...summary })}\n`);
  else say(linesOf({ rows, ...summary }).join('\n'));
}

function linesOf({ rows, accepted, abstained, escalated, undecided, needed, spent }: PolicyScoreResult): string[] {
  const paid = Number(spent.worth.toPrecision(6));
  return [
    `${plural(rows.length, 'question')}: ${thousands(accepted)} accepted, ${thousands(abstained)} abstained, ` +
      `${thousands(escalated)} escalated, ${thousands(undecided)} need another signal`,
    ...needed.map(
      ({ stage, questions, file }) =>
        `next, ${stage}: ${plural(questions, 'question')}${file === null ? '' : ` in ${file}`}`,
    ),
    `spent so far: ${paid} (money), ${thousands(Math.round(spent.tokens))} tokens, ${thousands(Math.round(spent.milliseconds))} ms`,
  ];
}
