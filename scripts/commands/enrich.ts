import type { Command } from 'commander';
import { enrich } from '../../data/ask/enrich.js';
import { addAskOptions, runAsking } from '../flags/ask-options.js';

/** `vouch enrich`: adds signals that take a request to answers that exist. */
export function register(program: Command): void {
  const command = program
    .command('enrich')
    .summary('Add samples, stated confidence, P(True) or a judge to answers that exist.')
    .description(
      'Adds samples, stated confidence, P(True) or a verdict of a judge to answers that exist. What an answer holds ' +
        'already is not asked again; no other field changes. A run that was stopped goes on where it was when called again.',
    )
    .argument('<answers...>', 'answers as JSON Lines, plain or .gz');
  addAskOptions(command)
    .addHelpText(
      'after',
      `
Example:
  $ vouch enrich answers.jsonl --endpoint http://127.0.0.1:8080/v1 --model smollm2 --out enriched.jsonl --ptrue --samples 5`,
    )
    .action((answers: string[], given) => runAsking(enrich, answers, given));
}
