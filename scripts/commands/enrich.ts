import type { Command } from 'commander';
import { enrich, planEnrich } from '../../data/ask/enrich.js';
import { addAskOptions } from '../flags/ask-options.js';
import { addEncoders } from '../flags/encoders.js';
import { runAsking } from '../flags/run-asking.js';

/** `vouch enrich`: adds signals that need further requests to existing answers. */
export function register(program: Command): void {
  const command = program
    .command('enrich')
    .summary('Add to existing answers: samples, stated confidence, P(True), scores of verifiers, vectors, entailments.')
    .description(
      'Adds to existing answers what options ask for: samples, stated confidence, P(True), verdicts of judges, ' +
        'scores of verifiers, vectors and cosines (--encoder), and which texts entail or contradict each other ' +
        '(--nli, --entail-model). It does not ask again for what an answer already has, and it changes no other ' +
        'field. If a run was stopped, the same command continues it.',
    )
    .argument('<answers...>', 'answers as JSON Lines, plain or .gz');
  addEncoders(addAskOptions(command, false))
    .addHelpText(
      'after',
      `
Example:
  $ vouch enrich answers.jsonl --endpoint http://127.0.0.1:8080/v1 --model smollm2 \\
      --out enriched.jsonl --ptrue --samples 5
  $ vouch enrich answers.jsonl --out checked.jsonl --verifier-command 'tests=python run_tests.py'
  $ vouch enrich answers.jsonl --out encoded.jsonl --encoder models/minilm --nli models/mnli`,
    )
    .action((answers: string[], given) => runAsking({ run: enrich, plan: planEnrich }, answers, given));
}
