import { markdownTable, wrapped } from '../../support/page/markdown.js';
import type { Feature } from '../feature.js';
import { agreeAcross } from '../samples/across.js';
import { groupsBesides } from '../semantic/keys.js';
import { MOST_IN_GRAPH } from '../semantic/meaning.js';
import { entailmentSignals, similaritySignals } from '../semantic/recorded-signals.js';
import { alternativesSignals } from './alternatives.js';
import { answerSignals } from './answer.js';
import { choicesSignals } from './choices.js';
import { contextSignals } from './context.js';
import { differences } from './differences.js';
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
      'Log-probabilities are limited to −30…0. Tokens without text, without log-probability or after the answer (end ' +
      'marks) are left out. Cost: one exponential function per token.',
    signals: tokensSignals,
  },
  {
    title: 'Alternatives of tokens',
    about:
      'p_tk is the probability of the k-th likeliest alternative at token t, among as many as the data set usually ' +
      'records; those that a token lacks get equal parts of the remaining mass, and are no likelier than the least ' +
      'listed one. The margin of a token is its log-probability minus that of the best other alternative. ' +
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
      "Samples are further answers to the same prompt. `samples.NAME` is over samples of the answer's own model; " +
      'most signals also exist as `others.NAME`, over answers of other models. The agreement of two texts, same(a, ' +
      'b), is 1 if their words are equal. It is 1 or 0 if both name an option or both say yes or no. It is 1 if the ' +
      'question asks for a number and both give the same one, and 0 if only one refuses and gives no new name or ' +
      'number. Otherwise it is the share of the significant words of the shorter text that the other contains: of its ' +
      'fresh words if either text has any, or else of its content words if both have any, or else of all. If both ' +
      'give new names or numbers, it is the mean of that share and of theirs. Clusters are those of the record, or ' +
      'groups of texts that agree by two thirds or more. Sets of samples that mean the same are those of the ' +
      'record, or are formed without the answer from samples that agree by two thirds or more. For sets and for the ' +
      'similarity in a graph, samples do not agree if one denies what the other says, or if each has a number that ' +
      'the other lacks; if one names alternatives (“Paris or Lyon”), all their fresh words are compared; initials ' +
      'and the name that they stand for (“US”, “United States”) agree. In ' +
      'formulas, A and S are the sets of words of the answer and of a sample. At most 32 samples are compared, and ' +
      `${MOST_IN_GRAPH} in a graph. Cost: words of all texts + pairs of texts × words of one text.`,
    signals: samplesSignals.filter((signal) => signal === agreeAcross || !signal.name.startsWith('others.')),
  },
  {
    title: 'Stated confidence and verifiers',
    about: 'Cost: number of verifiers.',
    signals: verifiersSignals,
  },
];

const intro = `# Signals

<!-- Made from features/ by \`npx vitest run test/features/page.test.ts -u\`. Change it there. -->

A signal is a number that vouch computes from a recorded answer. The predictor uses signals to say how likely the
answer is to be right. If the field in the column *needs* was not recorded, the signal is missing; the predictor
handles this.

- A **content word** is a word that is neither a function word such as "the" or "of", nor one that any answer may use,
  such as "answer" or "correct".
- A **fresh word** is a content word that the prompt does not contain.
- An **informative token** belongs to a content word, a **fresh token** to a fresh word. If an answer has no fresh
  token, its informative tokens count as such; if it has no informative token, all its tokens do.
- The **decisive word** of an answer is the option that it names, or its yes or no, or else its last number.
- *Needs* names what must be recorded ([the record](record.md)). \`otherModels\` and \`others\` mean samples of models
  other than the answer's; \`logprobs\` means \`tokens\` with log-probabilities.
- ✓ in the column *log* means that the signal also exists on a logarithmic scale, as \`NAME.log\`.
- *In plain words* is how the report and \`--reasons\` name the signal; if it is empty, they use the first words of
  *what it measures*. They show values in familiar units: numbers of words instead of their logarithms, probabilities
  instead of log-probabilities, percentages.
- *Larger means* says whether a larger value speaks for a right or a wrong answer; a dash means that it depends on the
  data.
`;

const dynamic = `## Signals named by your data

| signal | what it measures | needs |
| --- | --- | --- |
| \`verifiers.NAME\` | The score of one verifier. | \`verifiers\` |
| \`features.NAME\` | A number of your own; true and false become 1 and 0. | \`features\` |
| \`agreeWith.MODEL\` | Mean agreement of the answer with the first sentences of the answers of one other model. | \`otherModels\` |

Verifiers and features that stay between 0 and 1 also exist as \`NAME.logit\`: ln(p / (1 − p)).
`;

/** Signals over what a text model recorded. */
const recorded = [
  {
    family: 'similarities',
    title: 'Signals of an encoder',
    about:
      'Each signal is called `similarities.NAME.KEY`, where NAME is the [encoder](encoders.md) and the table shows ' +
      'KEY. The similarity of two texts is their cosine, or 0 if it is negative. Texts mean the same if their ' +
      'cosine is at least `sameAt`; without `sameAt`, the signals over sets are missing. In the graph of kernel ' +
      'language entropy, the weight of an edge is twice the similarity.',
    signals: similaritySignals,
  },
  {
    family: 'entailments',
    title: 'Signals of an entailment model',
    about:
      'Each signal is called `entailments.NAME.KEY`, where NAME is the [model](entailment.md) and the table shows ' +
      'KEY. The similarity of two texts is the mean probability that one entails the other, over both directions. ' +
      'They mean the same if, in each direction, entailment is the most likely relation (Kuhn et al. 2023, ' +
      'Algorithm 1). In the graph of kernel language entropy, the weight of an edge is P(entails) + P(neutral) / 2, ' +
      'added over both directions.',
    signals: entailmentSignals,
  },
];

const heads = ['signal', 'in plain words', 'what it measures', 'needs', 'range', 'larger means', 'log', 'source'];

/** The page docs/signals.md: what each signal measures, what it needs, its range, its direction and its source. */
export function signalsPage(): string {
  return [intro, ...sections.map(sectionText), dynamic, ...recorded.map(recordedText), differences].join('\n');
}

function sectionText({ title, about, signals }: Section): string {
  const twins = new Set(signals.flatMap(({ twin }) => (twin === undefined ? [] : [twin.of])));
  const rows = signals.filter(({ twin }) => twin === undefined).map((signal) => row(signal, twins.has(signal)));
  return `## ${title}

${wrapped(about)}

${markdownTable(heads, rows)}
`;
}

function recordedText({ family, title, about, signals }: (typeof recorded)[number]): string {
  const limit =
    `Signals over samples take the first 32 samples of the answer's own model; those over a graph or over pairs take ` +
    `the first ${MOST_IN_GRAPH}. The graph costs about samples³ operations, once per NAME and answer.`;
  const rows = signals.map((signal) =>
    row({ ...signal, name: signal.key, needs: [family, ...groupsBesides(signal.key)].join(', ') }, false),
  );
  return `## ${title}

${wrapped(`${about} ${limit}`)}

${markdownTable(heads, rows)}
`;
}

type Described = Pick<Feature, 'name' | 'plain' | 'says' | 'unless' | 'range' | 'towards' | 'source'> & {
  needs: string;
};

function row({ name, plain, says, unless, needs, range, towards, source }: Described, hasLog: boolean): string[] {
  const missing = unless === undefined ? '' : ` Missing where ${unless}.`;
  return [
    `\`${name}\``,
    plain ?? '',
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
