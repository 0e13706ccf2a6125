import type { Command } from 'commander';
import { enrich } from '../../data/ask/enrich.js';
import { addAskOptions, runAsking } from '../flags/ask-options.js';

/** `vouch enrich`: adds signals that need further requests to existing answers. */
export function register(program: Command): void {
  const command = program
    .command('enrich')
    .summary('Add samples, stated confidence, P(True) or the verdict of a judge to existing answers.')
    .description(
      'Adds samples, stated confidence, P(True) or the verdict of a judge to existing answers. It does not ask again ' +
        'for what an answer already has, and no other field changes. If a run was stopped, the same ' +
        'command continues it.',
    )
    .argument('<answers...>', 'answers as JSON Lines, plain or .gz');
  addAskOptions(command)
    .addHelpText(
      'after',
      `
Example:
  $ vouch enrich answers.jsonl --endpoint http://127.0.0.1:8080/v1 --model smollm2 \\
      --out enriched.jsonl --ptrue --samples 5`,
    )
    .action((answers: string[], given) => runAsking(enrich, answers, given));
}
