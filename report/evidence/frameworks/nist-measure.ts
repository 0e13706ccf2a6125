import type { Framework } from '../framework.js';

/** NIST AI RMF 1.0 (NIST AI 100-1), function MEASURE. */
export const nistMeasure: Framework = {
  id: 'nist-measure',
  name: 'NIST AI Risk Management Framework 1.0, function MEASURE',
  checked:
    'All subcategories of MEASURE 1 to 4, checked against a public copy of table 3. Left out because vouch has nothing on ' +
    'them: MEASURE 2.2 (human subjects) and MEASURE 2.12 (environment).',
  paragraphs: [
    {
      at: 'MEASURE 1.1',
      asks: 'Choose methods and metrics for the main risks; write down what is not measured.',
      by: ['card.quality', 'card.promise', 'card.limits'],
      remains: 'The list of risks, and which of them nobody measures.',
    },
    {
      at: 'MEASURE 1.2',
      asks: 'Check regularly whether metrics and controls still fit; report errors.',
      by: ['monitor', 'evaluations', 'feedback'],
      remains: 'The schedule, and the effects on the people concerned.',
    },
    {
      at: 'MEASURE 1.3',
      asks: 'People who did not build the system take part in assessments.',
      by: ['card', 'sums'],
      remains: 'To find them. This folder is made so that they can read and check it.',
    },
    {
      at: 'MEASURE 2.1',
      asks: 'Document test sets, metrics and tools.',
      by: ['report', 'card.provenance', 'card.quality', 'manifest'],
      remains: 'The tests of the system.',
    },
    {
      at: 'MEASURE 2.3',
      asks: 'Measure performance under conditions like those of use.',
      by: ['card.quality', 'evaluations'],
      remains: 'To train and evaluate on answers from the real use.',
    },
    {
      at: 'MEASURE 2.4',
      asks: 'Monitor the system and its parts in production.',
      by: ['monitor', 'audit'],
      remains: 'To run it on a schedule.',
    },
    {
      at: 'MEASURE 2.5',
      asks: 'Show that the system is valid and reliable; document where that no longer holds.',
      by: ['card.promise', 'card.quality', 'card.covered', 'golden'],
      remains: 'Validity of the system for its purpose.',
    },
    {
      at: 'MEASURE 2.6',
      asks: 'Evaluate safety; the system fails safely beyond what it knows.',
      by: ['card.covered', 'card.promise'],
      remains: 'Safety. vouch gives no decision beyond what it knows; what happens then is yours.',
    },
    {
      at: 'MEASURE 2.7',
      asks: 'Evaluate security and resilience.',
      by: ['signature', 'sums', 'audit'],
      remains: 'Everything but changed files and changed rows.',
    },
    {
      at: 'MEASURE 2.8',
      asks: 'Examine risks of transparency and accountability.',
      by: ['card.purpose', 'card.sign-off', 'decisions'],
      remains: 'Who answers for which decision.',
    },
    {
      at: 'MEASURE 2.9',
      asks: 'Explain, validate and document the model; interpret its output in context.',
      by: ['report', 'card'],
      remains: 'The language model, which vouch sees only from outside.',
    },
    {
      at: 'MEASURE 2.10',
      asks: 'Examine privacy risk.',
      by: ['manifest'],
      remains:
        'The assessment. The options in the manifest say whether the report holds texts; a store holds what you configure.',
    },
    {
      at: 'MEASURE 2.11',
      asks: 'Evaluate fairness and bias.',
      by: ['report'],
      remains: 'To record the groups that matter. The report compares models, tasks and slices that you name.',
    },
    {
      at: 'MEASURE 2.13',
      asks: 'Evaluate whether the metrics and tests themselves work.',
      by: ['report', 'evaluations'],
      remains: 'Agreement and quality of the people who label.',
    },
    {
      at: 'MEASURE 3.1',
      asks: 'Track known, unexpected and new risks over time.',
      by: ['monitor', 'changes'],
      remains: 'The people, and the record of risks.',
    },
    {
      at: 'MEASURE 3.2',
      asks: 'Consider risks that are hard to measure.',
      by: ['card.limits'],
      remains: 'Nearly all of it.',
    },
    {
      at: 'MEASURE 3.3',
      asks: 'Users can report problems and appeal; this enters the evaluation.',
      by: ['feedback'],
      remains: 'The way for users to report, and the appeal.',
    },
    {
      at: 'MEASURE 4.1',
      asks: 'Connect measurements to the context of use, with experts and users.',
      by: ['card.purpose', 'card.covered'],
      remains: 'The consultation.',
    },
    {
      at: 'MEASURE 4.2',
      asks: 'Experts check whether the system performs as intended over time.',
      by: ['monitor', 'evaluations', 'card.sign-off'],
      remains: 'The experts, and their labels for what the monitor draws.',
    },
    {
      at: 'MEASURE 4.3',
      asks: 'Document improvements and declines from field data.',
      by: ['changes', 'monitor', 'feedback'],
      remains: 'What users and other people concerned say.',
    },
  ],
};
