import type { MappedParagraph } from '../framework.js';

/** Annex IV of Regulation (EU) 2024/1689: what the technical documentation contains. */
export const annexIv: readonly MappedParagraph[] = [
  {
    at: 'Annex IV 1(a)',
    asks: 'Purpose, provider, and version with its relation to earlier versions.',
    by: ['card.purpose', 'changes'],
    remains: 'The same for the system.',
  },
  {
    at: 'Annex IV 1(c)',
    asks: 'Versions of relevant software.',
    by: ['card.provenance', 'manifest'],
    remains: 'The rest of the software.',
  },
  {
    at: 'Annex IV 1(b), 1(d)–(h)',
    asks: 'How the system interacts with others, its forms, hardware, user interface and instructions for use.',
    by: ['card'],
    remains: 'Nearly all of it. The card can be a part of the instructions.',
  },
  {
    at: 'Annex IV 2(a)',
    asks: 'Methods and steps of development, with tools and models of others.',
    by: ['report', 'card.choices', 'manifest'],
    remains: 'How the language model and the rest of the system were made.',
  },
  {
    at: 'Annex IV 2(b)',
    asks: 'Design, key choices with their reasons, what is optimised, trade-offs.',
    by: ['card.choices', 'report'],
    remains: 'The choices of the system.',
  },
  {
    at: 'Annex IV 2(c)',
    asks: 'Architecture and computing resources.',
    by: ['manifest', 'report'],
    remains: 'The architecture of the system.',
  },
  {
    at: 'Annex IV 2(d)',
    asks: 'Training data: origin, scope, selection, labelling and cleaning.',
    by: ['card.provenance', 'report'],
    remains: 'How answers were selected, and how people labelled them.',
  },
  {
    at: 'Annex IV 2(e)',
    asks: 'Which human oversight is needed, and what helps to interpret the output.',
    by: ['card.promise', 'card.covered'],
    remains: 'The assessment.',
  },
  {
    at: 'Annex IV 2(f)',
    asks: 'Changes that are planned from the beginning.',
    by: [],
    remains: 'The plan. This folder has only changes that were made.',
  },
  {
    at: 'Annex IV 2(g)',
    asks: 'Validation and testing: data, metrics, possible discrimination; dated and signed reports.',
    by: ['report', 'card.quality', 'evaluations', 'golden', 'signature', 'card.sign-off'],
    remains: 'Tests for discrimination, and signatures of the people who are responsible.',
  },
  {
    at: 'Annex IV 2(h)',
    asks: 'Cybersecurity measures.',
    by: ['signature', 'sums'],
    remains: 'The measures of the system.',
  },
  {
    at: 'Annex IV 3',
    asks: 'Monitoring and control: capabilities, limits, accuracy for groups, oversight, input data.',
    by: ['card.limits', 'card.covered', 'monitor'],
    remains: 'Unintended outcomes and risks to rights; accuracy for groups of persons.',
  },
  {
    at: 'Annex IV 4',
    asks: 'Why the metrics suit the system.',
    by: ['card.quality', 'card.promise'],
    remains: 'The argument for your use. docs/metrics.md of vouch defines each metric.',
  },
  {
    at: 'Annex IV 5',
    asks: 'The risk management system of article 9.',
    by: [],
    remains: 'All of it; see the rows on article 9.',
  },
  {
    at: 'Annex IV 6',
    asks: 'Relevant changes over the life of the system.',
    by: ['changes'],
    remains: 'The history of the system. Keep one evidence folder per version.',
  },
  {
    at: 'Annex IV 7, 8',
    asks: 'Standards that were applied, and the EU declaration of conformity.',
    by: [],
    remains: 'All of it.',
  },
  {
    at: 'Annex IV 9',
    asks: 'How performance is evaluated after the system is placed on the market, with the plan.',
    by: ['monitor', 'feedback', 'audit'],
    remains: 'The plan.',
  },
];
