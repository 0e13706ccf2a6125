import type { Framework } from '../framework.js';

/** ISO/IEC 42001:2023, controls of annex A that a bundle and its log can help with. */
export const iso42001: Framework = {
  id: 'iso-42001',
  name: 'ISO/IEC 42001:2023, annex A',
  checked:
    'Numbers and names of controls were checked against published lists, not against the standard, which is sold. Check ' +
    'your own copy. Left out: A.2 (policies), A.3 (organisation), A.5 (impact assessment), A.6.1 (objectives and ' +
    'processes) and A.10 (third parties), which are about the organisation.',
  paragraphs: [
    {
      at: 'A.4.2–A.4.5',
      asks: 'Document the resources: data, tools, systems and computing.',
      by: ['card.provenance', 'manifest'],
      remains: 'The resources of the system.',
    },
    {
      at: 'A.6.2.2',
      asks: 'Specify and document what the system must do.',
      by: ['card.purpose', 'card.promise'],
      remains: 'The requirements. Target error and confidence are two of them.',
    },
    {
      at: 'A.6.2.3',
      asks: 'Document design and development.',
      by: ['card.choices', 'report', 'manifest'],
      remains: 'The same for the system.',
    },
    {
      at: 'A.6.2.4',
      asks: 'Define and document verification and validation.',
      by: ['card.quality', 'card.promise', 'golden', 'evaluations'],
      remains: 'Criteria for the system, and when to test it.',
    },
    {
      at: 'A.6.2.5',
      asks: 'Document a deployment plan, and meet its requirements before deployment.',
      by: ['card.sign-off', 'signature', 'changes'],
      remains: 'The plan, and the approval.',
    },
    {
      at: 'A.6.2.6',
      asks: 'Define what operation needs, among it monitoring, repair and updates.',
      by: ['monitor', 'feedback'],
      remains: 'Schedule, people and support.',
    },
    {
      at: 'A.6.2.7',
      asks: 'Decide which technical documentation each group of interested parties needs.',
      by: ['card', 'report'],
      remains: 'Who gets what.',
    },
    {
      at: 'A.6.2.8',
      asks: 'Decide when event logs are recorded.',
      by: ['audit', 'decisions'],
      remains: 'The decision, and the logs of the rest of the system.',
    },
    {
      at: 'A.7.2',
      asks: 'Manage data for development.',
      by: ['card.provenance'],
      remains: 'The process.',
    },
    {
      at: 'A.7.3',
      asks: 'Document how data is acquired and selected.',
      by: ['card.provenance'],
      remains: 'How you chose answers, and your rights to them.',
    },
    {
      at: 'A.7.4',
      asks: 'Define and check the quality of data.',
      by: ['report'],
      remains: 'The requirements. The report lists doubtful labels, repeated questions and leaks.',
    },
    {
      at: 'A.7.5',
      asks: 'Record the provenance of data.',
      by: ['card.provenance'],
      remains: 'Provenance before the files that vouch read.',
    },
    {
      at: 'A.7.6',
      asks: 'Define how data is prepared.',
      by: ['report', 'manifest'],
      remains: 'Preparation before vouch reads the files.',
    },
    {
      at: 'A.8.2',
      asks: 'Give users the information that they need.',
      by: ['card'],
      remains: 'The information about the system.',
    },
    {
      at: 'A.8.3',
      asks: 'Interested parties can report adverse effects.',
      by: ['feedback'],
      remains: 'The way to report.',
    },
    {
      at: 'A.8.4',
      asks: 'Plan how incidents are told to users.',
      by: ['monitor'],
      remains: 'The plan. An alarm of the monitor can start it.',
    },
    {
      at: 'A.8.5',
      asks: 'Know which information you must give to interested parties.',
      by: ['card', 'sums'],
      remains: 'The duties.',
    },
    {
      at: 'A.9.2, A.9.3',
      asks: 'Define processes and objectives for responsible use.',
      by: ['card.promise', 'card.limits'],
      remains: 'The processes and objectives.',
    },
    {
      at: 'A.9.4',
      asks: 'Make sure that the system is used as intended.',
      by: ['card.purpose', 'card.covered', 'monitor'],
      remains: 'To act on unseen models and tasks, which the monitor reports.',
    },
  ],
};
