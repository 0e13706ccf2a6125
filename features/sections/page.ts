import { markdownTable, wrapped } from '../../support/page/markdown.js';
import type { Feature } from '../feature.js';
import { alternativesSignals } from './alternatives.js';
import { answerSignals } from './answer.js';
import { choicesSignals } from './choices.js';
import { contextSignals } from './context.js';
import { questionSignals } from './question.js';
import { reasoningSignals } from './reasoning.js';
import { samplesSignals } from './samples.js';
import { tokensSignals } from './tokens.js';
import { verifiersSignals } from './verifiers.js';

interface Section {
  title: string;
  /** What its signals are computed from, and what that costs. */
  about: string;
  signals: readonly Feature[];
}

const sections: readonly Section[] = [
  {
    title: 'The text of the answer',
    about: 'Cost: one pass over the answer.',
    signals: answerSignals,
  },
  {
    title: 'The question',
    about:
      'These signals describe the prompt, and how the answer relates to it. ' +
      'Cost: one pass over prompt and answer; the longest common sequence takes at most a million comparisons.',
    signals: questionSignals,
  },
  {
    title: 'The context and the facts',
    about: 'Cost: one pass over each text; the longest common sequence takes at most a million comparisons.',
    signals: contextSignals,
  },
  {
    title: 'The reasoning',
    about: 'Cost: one pass over the reasoning.',
    signals: reasoningSignals,
  },
  {
    title: 'Log-probabilities of tokens',
    about:
      'ℓ_t is the log-probability (natural logarithm) of token t, p_t its probability, T the number of tokens. ' +
      'Log-probabilities are limited to −30…0. Cost: one exponential function per token.',
    signals: tokensSignals,
  },
  {
    title: 'Alternatives of tokens',
    about:
      'p_tk is the probability of the k-th likeliest alternative at token t. The margin of a token is its ' +
      'log-probability minus that of the best other alternative. ' +
      'Cost: one exponential function per alternative, two logarithms per token.',
    signals: alternativesSignals,
  },
  {
    title: 'Choices',
    about: 'The recorded probabilities of fixed options. Cost: number of options.',
    signals: choicesSignals,
  },
  {
    title: 'Samples and other models',
    about:
      'Samples are further answers to the same prompt. Each signal exists twice: `samples.NAME` over samples of the ' +
      "answer's own model, `others.NAME` over answers of other models. The table shows the first. " +
      'Clusters are those of ' +
      'the record, or groups of answers that agree. At most 32 samples are compared. ' +
      'Cost: words of all texts + pairs of texts × words of one text.',
    signals: samplesSignals.filter(({ name }) => !name.startsWith('others.')),
  },
  {
    title: 'Stated confidence and verifiers',
    about: 'Cost: number of verifiers.',
    signals: verifiersSignals,
  },
];

const intro = `# Signals

<!-- Made from features/ by \`npx vitest run test/features/page.test.ts -u\`. Change it there. -->

A signal is a number that vouch computes from a recorded answer. The model predicts from signals whether the answer is
right. A signal whose need was not recorded is missing; the model handles missing signals.

- A **content word** is a word that is not a function word such as "the" or "of".
- A **fresh word** is a content word that the prompt does not contain.
- An **informative token** belongs to a content word, a **fresh token** to a fresh word. Where an answer has none, all its
  tokens count.
- The **decisive word** of an answer is the option that it names, its yes or no, or else its last number.
- ✓ in the column *log* means that the signal also exists on a logarithmic scale, as \`NAME.log\`.
- *Larger means* says which answers are likelier where the signal is larger; a dash where that depends on the data.
`;

const dynamic = `## Signals named by your data

| signal | what it measures | needs |
| --- | --- | --- |
| \`verifiers.NAME\` | The score of one verifier. | \`verifiers\` |
| \`features.NAME\` | A number of your own; true and false become 1 and 0. | \`features\` |
| \`agreeWith.MODEL\` | Mean agreement of the answer with the answers of one other model. | \`otherModels\` |

Verifiers and features that stay between 0 and 1 also exist as \`NAME.logit\`: ln(p / (1 − p)).
`;

/** The page docs/signals.md: what each signal measures, what it needs, its range, its direction and its source. */
export function signalsPage(): string {
  return [intro, ...sections.map(sectionText), dynamic].join('\n');
}

function sectionText({ title, about, signals }: Section): string {
  const twins = new Set(signals.flatMap(({ twin }) => (twin === undefined ? [] : [twin.of])));
  const rows = signals.filter(({ twin }) => twin === undefined).map((signal) => row(signal, twins.has(signal)));
  return `## ${title}

${wrapped(about)}

${markdownTable(['signal', 'what it measures', 'needs', 'range', 'larger means', 'log', 'source'], rows)}
`;
}

function row({ name, says, unless, needs, range, towards, source }: Feature, hasLog: boolean): string[] {
  const missing = unless === undefined ? '' : ` Missing where ${unless}.`;
  return [
    `\`${name}\``,
    `${says}${missing}`,
    `\`${needs}\``,
    range.map(bound).join(' … '),
    towards === 'either' ? '–' : towards,
    hasLog ? '✓' : '',
    source ?? '',
  ];
}

/** A bound of a range, to two decimals. */
function bound(value: number): string {
  return Math.abs(value) >= 1e5 ? value.toExponential(0).replace('e+', 'e') : String(Math.round(value * 100) / 100);
}
