import { type Command, Option } from 'commander';
import { labellers } from '../../../data/label/list.js';
import { type VoteResult, vote, voteDefaults } from '../../../library/vote.js';
import { percent, points, valued } from '../../../report/numbers.js';
import { plural } from '../../../support/words/plural.js';
import { thousands } from '../../../support/words/thousands.js';
import { table } from '../../../train/prepare/summary.js';
import { type Gain, WEIGHTS, type Weight } from '../../../train/vote/results.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../../flags/encoders.js';
import { addPinning, type PinningFlags, pinningOf } from '../../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf } from '../../flags/reading.js';
import { shownProgress } from '../../flags/shown-progress.js';

interface Flags extends ReadingFlags, PinningFlags, PluginFlags, EncoderFlags {
  model?: string;
  weight?: Weight;
  with?: string;
  seed: number;
  out: string;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Example:
  $ vouch vote answers.jsonl --out votes.jsonl

Grade all answers by their references, and see what each further sample gains:
  $ vouch vote answers.jsonl --with numeric --out votes.jsonl

Weight the answers by a bundle's probability:
  $ vouch vote answers.jsonl --model runs/mine --out votes.jsonl`;

/** `vouch vote`: self-consistency, the answer that most of a question's answers and samples give. */
export function register(program: Command): void {
  const command = program
    .command('vote')
    .summary('Choose the answer that most samples give, and measure what that gains.')
    .description(
      'Writes, for each question, the answer that most of its answers and samples give (self-consistency). With ' +
        'labels or references it also gives the probability that this answer is right, and the accuracy gained over ' +
        'the first answer. The answers are selected by votes, so a bundle makes no decision about them.',
    )
    .argument('<answers...>', 'answers with samples, or several answers per question; - for standard input')
    .requiredOption('--out <file>', 'file for the voted answers: .jsonl or .jsonl.gz; - for standard output')
    .option('--model <dir>', 'a bundle; each vote counts as much as the probability that the bundle gives the answer')
    .addOption(
      new Option(
        '--weight <what>',
        "votes: all count the same; tokens: by the probability of the answer's tokens; bundle: by that of --model " +
          '(default: bundle with --model, else votes)',
      ).choices(WEIGHTS),
    )
    .option(
      '--with <name>',
      `grade all answers by this rule: ${labellers.map(({ name }) => name).join(', ')} ` +
        '(default: the rule that made the labels, else the labels)',
    )
    .option('--seed <n>', 'seed of the folds of the calibration', number, voteDefaults.seed);
  addEncoders(addPlugins(addReading(addPinning(command), 'stop')))
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(answers: string[], { model, weight, with: rule, seed, out, ...flags }: Flags): Promise<void> {
  const notes: string[] = [];
  const { votes: _, ...summary } = await vote(answers, {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...{ model, weight, with: rule, seed, out, plugins: flags.plugin, encoders: await encodersOf(flags) },
    onProgress: shownProgress(Boolean(flags.quiet)),
    onNote: ({ text }) => notes.push(text),
  });
  const say = out === '-' ? process.stderr : process.stdout;
  if (flags.json) say.write(`${JSON.stringify({ ...summary, notes, out })}\n`);
  else say.write(`${[...lines(summary), ...notes.map((note) => `note: ${note}`)].join('\n')}\n`);
}

type Summary = Omit<VoteResult, 'votes'>;

const COUNTED: Record<Weight, string> = {
  votes: 'each vote counts the same',
  tokens: 'votes weighted by the probability of their tokens',
  bundle: "votes weighted by the bundle's probability",
};

/** The rows of the table for all votes. */
const BY: Record<Weight, string> = { votes: 'all votes', tokens: 'all, by tokens', bundle: 'all, by the bundle' };

function lines({ questions, candidates, weight, single, ties, changed, unweighted, quality }: Summary): string[] {
  const said = [
    `${plural(questions, 'question')} with ${plural(candidates, 'candidate')}; ${COUNTED[weight]}`,
    `${plural(changed, 'voted answer')} ${changed === 1 ? 'differs' : 'differ'} from the first answer`,
    ties > 0 && `${plural(ties, 'tie')}: the answer that came first won`,
    single > 0 && `${plural(single, 'question')} with a single candidate, so there was nothing to vote on`,
    unweighted > 0 &&
      `${plural(unweighted, 'question')} without a weight for each candidate: all votes counted the same`,
    ...(quality === null ? ['no grades: `share` is the share of the votes, not a probability'] : gained(quality)),
  ];
  return said.filter((line) => line !== false);
}

function gained(quality: NonNullable<Summary['quality']>): string[] {
  const { by, questions, notGradable, ways, byVotes, probability } = quality;
  const left =
    notGradable === 0
      ? []
      : [
          `${plural(notGradable, 'question')} left out: the first answer is graded, the voted one is not. ` +
            'References and --with grade every answer',
        ];
  const rows = [
    ...byVotes.map((row) => [plural(row.k, 'vote'), ...cells(row)]),
    ...ways.map((row) => [BY[row.weight], ...cells(row)]),
  ];
  const sure =
    probability === null
      ? 'too few grades to calibrate: `share` is the share of the votes, not a probability'
      : `\`probability\` is calibrated on other questions: log-loss ${probability.logLoss.value?.toFixed(4)}, ` +
        `AUROC ${probability.auroc.value?.toFixed(3) ?? '–'}, ECE ${probability.ece.value?.toFixed(3)}`;
  return [
    '',
    `first answer right ${percent(quality.first.value)}, voted answer ${percent(quality.vote.value)}: ` +
      `gain ${valued(quality.gain, points)} on ${plural(questions, 'question')}, graded by ${by}`,
    ...left,
    '',
    table([['', 'questions', 'first right', 'vote right', 'gain (95%)'], ...rows]),
    '',
    sure,
  ];
}

function cells({ questions, first, vote: voted, gain }: Gain): string[] {
  return [thousands(questions), percent(first.value), percent(voted.value), valued(gain, points)];
}
