import type { Command } from 'commander';
import { collect, planCollect } from '../../data/ask/collect.js';
import { askDefaults as d } from '../../data/ask/options.js';
import { addAskOptions } from '../flags/ask-options.js';
import { addEncoders } from '../flags/encoders.js';
import { groups, OTHER } from '../flags/groups.js';
import { addPinning } from '../flags/pinning.js';
import { addPlugins } from '../flags/plugins.js';
import { number } from '../flags/reading.js';
import { runAsking } from '../flags/run-asking.js';

/** `vouch collect`: sends questions to an OpenAI-compatible endpoint and keeps the answers with all their signals. */
export function register(program: Command): void {
  const command = program
    .command('collect')
    .summary('Send questions to an endpoint and keep the answers with their signals.')
    .description(
      'Sends questions (JSON Lines: records without an answer) to an OpenAI-compatible endpoint. It records the ' +
        'answer at temperature 0 with its log-probabilities and, if options ask for them, samples, stated ' +
        'confidence, P(True), verdicts of judges, scores of verifiers and entailments. If a run was stopped, the ' +
        'same command continues it.',
    )
    .argument('<questions...>', 'JSON Lines files, plain or .gz');
  addAskOptions(command, true);
  command
    .optionsGroup(groups.attempts)
    .option(
      '--best-of <n>',
      'answers per question: one at temperature 0, the others sampled; the bundle chooses one, and each is recorded ' +
        `with the others as its samples (default: ${d.bestOf})`,
      number,
    )
    .option(
      '--revise <r>',
      'ask again at most r times, and name what makes the answer doubtful; stops when the probability of the bundle ' +
        `does not rise (default: ${d.revise})`,
      number,
    )
    .option('--revise-until <p>', `probability that ends the revisions (default: ${d.reviseUntil})`, number)
    .option('--bundle <dir>', 'the bundle that scores the answers; needed by --best-of and --revise')
    .optionsGroup(OTHER);
  addEncoders(addPlugins(addPinning(command)))
    .addHelpText(
      'after',
      `
Example:
  $ vouch collect questions.jsonl --endpoint http://127.0.0.1:8080/v1 --model smollm2 \\
      --out answers.jsonl.gz --samples 5 --stated --ptrue --max-tokens 24 --stop '\\n'

Best of 6 answers, and then: at most 2 revisions of the first answer:
  $ vouch collect questions.jsonl --endpoint http://127.0.0.1:8080/v1 --model smollm2 \\
      --best-of 6 --bundle runs/mine --out best.jsonl
  $ vouch collect questions.jsonl --endpoint http://127.0.0.1:8080/v1 --model smollm2 \\
      --samples 5 --revise 2 --bundle runs/mine --out revised.jsonl

A question:
  {"id": "q1", "group": "capitals-fr", "task": "capitals",
   "prompt": "What is the capital of France?", "reference": ["Paris"]}
It may have "messages" instead of "prompt", "context" (passages) and "options" (["A", "B"], for
multiple choice). "max_tokens" and "prefix" (a key of the --prefix file, used instead of the task)
hold for this question alone. All other keys are kept.`,
    )
    .action((questions: string[], given) => runAsking({ run: collect, plan: planCollect }, questions, given));
}
