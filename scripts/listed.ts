import type { Command } from 'commander';

/** A command as the list of all commands shows it. */
interface Listed {
  name: string;
  args: string;
  says: string;
}

/**
 * What `vouch --help` shows of each command, so that it loads none of them: that would take seconds. A test compares
 * this with the commands themselves.
 */
const listed: readonly Listed[] = [
  {
    name: 'read',
    args: '<files...>',
    says: 'Show what vouch understands of a log; convert it to canonical JSON Lines.',
  },
  {
    name: 'train',
    args: '<answers...>',
    says: 'Train on labelled answers and write a bundle: scorer, certified thresholds and report.',
  },
  {
    name: 'score',
    args: '<answers...>',
    says: 'Score answers: the probability that each is right, and whether to accept it.',
  },
  {
    name: 'evaluate',
    args: '<answers...>',
    says:
      'Check a bundle on labelled answers: whether its promises are kept, and how good its ' +
      'probabilities are (proper scores, ranking, calibration).',
  },
  {
    name: 'monitor',
    args: '[answers...]',
    says: 'Watch a bundle in use: drift, expected errors, and whether its promises still hold.',
  },
  {
    name: 'adapt',
    args: '<bundle>',
    says: 'Adapt a bundle to a new task or model with a few labelled answers, and certify it again.',
  },
  {
    name: 'recalibrate',
    args: '[answers...]',
    says: 'Repair a bundle on fresh labelled answers by the smallest change, check it, and certify it again.',
  },
  {
    name: 'versions',
    args: '<what> <dir> [which]',
    says: 'Keep versions of a bundle: list, add, promote, roll back, note.',
  },
  {
    name: 'export',
    args: '<bundle>',
    says: 'Write a bundle for other languages and servers: ONNX graphs, Triton, KServe, MLflow.',
  },
  {
    name: 'sign',
    args: '<bundle>',
    says: 'Sign a bundle with an Ed25519 key. With the public key, others can verify that it is yours.',
  },
  { name: 'features', args: '<answers...>', says: 'Write the signals of answers as a table: Parquet, Arrow or CSV.' },
  {
    name: 'label',
    args: '<answers...>',
    says: 'Grade answers with a rule that compares them with references, or draw some for people to grade.',
  },
  {
    name: 'policy',
    args: '<what> <paths...>',
    says: 'Learn which signals are worth their price for which question, certified as one policy.',
  },
  {
    name: 'vote',
    args: '<answers...>',
    says: 'Choose the answer that most samples give, and measure what that gains.',
  },
  {
    name: 'choose',
    args: '<answers...>',
    says: 'Choose one of several answers to each question, and certify the choice.',
  },
  {
    name: 'tune',
    args: '<what> <answers...>',
    says: 'Write fine-tuning sets for the language model, from graded answers.',
  },
  {
    name: 'collect',
    args: '<questions...>',
    says: 'Send questions to an endpoint and keep the answers with their signals.',
  },
  {
    name: 'enrich',
    args: '<answers...>',
    says: 'Add to existing answers: samples, stated confidence, P(True), scores of verifiers, vectors, entailments.',
  },
  { name: 'serve', args: '', says: 'Serve a bundle over HTTP: records, the Open Inference Protocol, metrics.' },
  {
    name: 'gateway',
    args: '',
    says: 'Run a proxy in front of an OpenAI-compatible or Anthropic endpoint, which scores its answers.',
  },
  {
    name: 'feedback',
    args: '<files...>',
    says: 'Store feedback on scored answers: thumbs, stars, corrections, choices, verdicts and outcomes.',
  },
  {
    name: 'langfuse',
    args: '<what> [queue]',
    says: 'Send answers to label to Langfuse, and read the scores that people gave there.',
  },
  {
    name: 'audit',
    args: '[ids...]',
    says: 'Repeat a stored decision from its signals, or verify that no row of the store was changed.',
  },
  {
    name: 'evidence',
    args: '',
    says: 'Collect what is known about a bundle in a dated folder: card, report, audit, mapping to laws.',
  },
  {
    name: 'store',
    args: '<what>',
    says: 'Look after a store: count, migrate, delete by id, person or age, back up, export labelled answers.',
  },
  { name: 'doctor', args: '[bundles...]', says: 'Check that everything vouch needs works on this machine.' },
  { name: 'setup-tfjs', args: '', says: 'Install libtensorflow (CPU or CUDA) for training.' },
];

/** Adds the commands to a program that only shows the list of them. An option makes it say that they have some. */
export function listCommands(program: Command): void {
  for (const { name, args, says } of listed)
    program.command(`${name} ${args}`.trim()).description(says).option('--any');
}
