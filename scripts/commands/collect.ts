import type { Command } from 'commander';
import { collect } from '../../data/ask/collect.js';
import { addAskOptions, runAsking } from '../flags/ask-options.js';

/** `vouch collect`: sends questions to an OpenAI-compatible endpoint and keeps the answers with all their signals. */
export function register(program: Command): void {
  const command = program
    .command('collect')
    .summary('Send questions to an endpoint and keep the answers with their signals.')
    .description(
      'Sends questions (JSON Lines: records without an answer) to an OpenAI-compatible endpoint. It keeps a greedy ' +
        'answer with log-probabilities and, on request, samples, stated confidence, P(True) and the verdict of a ' +
        'judge. If a run was stopped, the same command continues it.',
    )
    .argument('<questions...>', 'JSON Lines files, plain or .gz');
  addAskOptions(command)
    .addHelpText(
      'after',
      `
Example:
  $ vouch collect questions.jsonl --endpoint http://127.0.0.1:8080/v1 --model smollm2 \\
      --out answers.jsonl.gz --samples 5 --stated --ptrue --max-tokens 24 --stop '\\n'

A question:
  {"id": "q1", "group": "capitals-fr", "task": "capitals",
   "prompt": "What is the capital of France?", "reference": ["Paris"]}
It may have "messages" instead of "prompt", "context" (passages) and "options" (["A", "B"], for
multiple choice). "max_tokens" and "prefix" (a kind in --prefix) hold for this question alone. All
other keys are kept.`,
    )
    .action((questions: string[], given) => runAsking(collect, questions, given));
}
