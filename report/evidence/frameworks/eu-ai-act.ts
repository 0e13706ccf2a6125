import type { Framework } from '../framework.js';
import { annexIv } from './eu-annex-iv.js';

/** Regulation (EU) 2024/1689, the articles and points of annex IV that a predictor of correctness can help with. */
export const euAiAct: Framework = {
  id: 'eu-ai-act',
  name: 'EU AI Act, Regulation (EU) 2024/1689',
  checked:
    'Articles 9, 12, 13, 14, 15 and annex IV, which are about high-risk systems. The numbers were checked against public ' +
    'copies of the text, not against the Official Journal. Later regulations amend the text and its dates: check the ' +
    'version that is in force. Not mapped, because a bundle has nothing on them: articles 9(3), 9(4), 9(10), 12(3), ' +
    '14(5) and 15(2).',
  paragraphs: [
    {
      at: 'Art. 9(1), 9(2)',
      asks: 'Run a documented risk management process over the whole life of the system.',
      by: ['card.limits', 'monitor'],
      remains: 'The process itself. vouch measures one risk: that a wrong answer is accepted.',
    },
    {
      at: 'Art. 9(2)(a)',
      asks: 'Find and analyse the risks that are known or can be foreseen.',
      by: ['card.limits', 'report'],
      remains: 'Risks to health, safety and rights. What harm a wrong answer does in your use.',
    },
    {
      at: 'Art. 9(2)(b)',
      asks: 'Estimate the risks in intended use and in foreseeable misuse.',
      by: ['card.promise', 'card.covered'],
      remains: 'Misuse, for example use for tasks or models that are not covered.',
    },
    {
      at: 'Art. 9(2)(c)',
      asks: 'Evaluate further risks from data that is gathered after the system is in use.',
      by: ['monitor', 'feedback'],
      remains: 'To run the monitor on a schedule, to label what it draws, and to act on its alarms.',
    },
    {
      at: 'Art. 9(2)(d)',
      asks: 'Take measures against the risks.',
      by: ['card.promise'],
      remains: 'What happens to answers that are not accepted: a person, another model, or no answer.',
    },
    {
      at: 'Art. 9(5)',
      asks: 'Make sure that the risk that is left is acceptable.',
      by: ['card.promise', 'card.sign-off'],
      remains: 'To decide which share of errors is acceptable, and to sign for it.',
    },
    {
      at: 'Art. 9(6), 9(8)',
      asks: 'Test the system, against metrics and probabilistic thresholds that were set before.',
      by: ['card.promise', 'card.quality', 'report', 'manifest'],
      remains: 'To choose target error and confidence before training, and to test the whole system.',
    },
    {
      at: 'Art. 9(7)',
      asks: 'Testing may include real-world conditions.',
      by: ['evaluations'],
      remains: 'The conditions and permissions for such tests.',
    },
    {
      at: 'Art. 9(9)',
      asks: 'Consider whether minors or other vulnerable groups may be harmed.',
      by: [],
      remains: 'All of it. vouch knows groups of people only if you record a field for them.',
    },
    {
      at: 'Art. 12(1)',
      asks: 'The system can record events automatically over its life.',
      by: ['audit', 'decisions'],
      remains: 'To run the service with a store, and to log the rest of the system.',
    },
    {
      at: 'Art. 12(2)(a)',
      asks: 'The log lets you find situations of risk, and substantial changes.',
      by: ['audit', 'monitor', 'changes'],
      remains: 'To judge whether a change is substantial.',
    },
    {
      at: 'Art. 12(2)(b)',
      asks: 'The log supports monitoring after the system is placed on the market.',
      by: ['monitor', 'feedback', 'audit'],
      remains: 'The monitoring plan.',
    },
    {
      at: 'Art. 12(2)(c)',
      asks: 'The log supports the deployer in monitoring the operation.',
      by: ['audit', 'decisions'],
      remains: 'How long logs are kept, and who reads them.',
    },
    {
      at: 'Art. 13(1)',
      asks: 'Deployers can interpret the output and use it in the right way.',
      by: ['card.promise', 'card'],
      remains: 'To show probability and decision to users in a form that they understand.',
    },
    {
      at: 'Art. 13(2)',
      asks: 'Instructions for use come with the system.',
      by: ['card'],
      remains: 'The instructions for the whole system. The card can be a part of them.',
    },
    {
      at: 'Art. 13(3)(a)',
      asks: 'They name the provider and how to reach it.',
      by: ['card.purpose'],
      remains: 'To state --owner and --contact. The legal name, and the representative if there is one.',
    },
    {
      at: 'Art. 13(3)(b)(i)',
      asks: 'They state the intended purpose.',
      by: ['card.purpose'],
      remains: 'To state --intended-use, and the purpose of the whole system.',
    },
    {
      at: 'Art. 13(3)(b)(ii)',
      asks: 'They state accuracy with its metrics, robustness and cybersecurity, and what may change them.',
      by: ['card.quality', 'card.promise', 'card.limits'],
      remains: 'Accuracy of the system itself, its robustness and its cybersecurity.',
    },
    {
      at: 'Art. 13(3)(b)(iii)',
      asks: 'They state circumstances that may lead to risks.',
      by: ['card.limits', 'card.covered'],
      remains: 'Circumstances of your use that vouch cannot know.',
    },
    {
      at: 'Art. 13(3)(b)(iv)',
      asks: 'They state what the system can tell to explain its output.',
      by: ['report'],
      remains: 'To show the reasons of a score (--reasons) where they help. They explain the score, not the answer.',
    },
    {
      at: 'Art. 13(3)(b)(v)',
      asks: 'They state the performance for specific groups of persons.',
      by: ['report'],
      remains: 'To record a field for the groups and train with --slice-by. Without it there is no such figure.',
    },
    {
      at: 'Art. 13(3)(b)(vi)',
      asks: 'They describe the input data, and the data for training and testing.',
      by: ['card.provenance', 'manifest'],
      remains: 'Where the answers and labels come from, and under which rights you use them.',
    },
    {
      at: 'Art. 13(3)(b)(vii)',
      asks: 'They say how to interpret the output.',
      by: ['card.promise'],
      remains: 'Training for the people who read it.',
    },
    {
      at: 'Art. 13(3)(c)',
      asks: 'They state changes that were planned from the beginning.',
      by: [],
      remains: 'The plan: when to recalibrate, and within which limits. This folder has only changes that were made.',
    },
    {
      at: 'Art. 13(3)(d)',
      asks: 'They describe human oversight.',
      by: ['card.promise', 'card.covered'],
      remains: 'Who reviews answers that are not accepted, and with which powers.',
    },
    {
      at: 'Art. 13(3)(e)',
      asks: 'They state hardware, lifetime and maintenance.',
      by: ['manifest'],
      remains: 'Sizing, lifetime, and how often to monitor and recalibrate.',
    },
    {
      at: 'Art. 13(3)(f)',
      asks: 'They say how to collect, keep and read the logs.',
      by: ['audit'],
      remains: 'Backup, retention and access to the store.',
    },
    {
      at: 'Art. 14(1), 14(2)',
      asks: 'People can oversee the system while it is in use, to prevent or reduce risks.',
      by: ['card.promise', 'monitor'],
      remains: 'The people, and the tools that they work with.',
    },
    {
      at: 'Art. 14(3)',
      asks: 'Oversight fits the risk, the autonomy and the context.',
      by: ['card.promise'],
      remains: 'To choose target error and cost table so that enough answers reach a person.',
    },
    {
      at: 'Art. 14(4)(a)',
      asks: 'Overseers understand what the system can and cannot do, and notice anomalies.',
      by: ['card.limits', 'card.covered', 'monitor'],
      remains: 'Training of overseers, and somebody who gets the alarms.',
    },
    {
      at: 'Art. 14(4)(b)',
      asks: 'Overseers stay aware that people tend to rely on a system too much.',
      by: ['card.promise'],
      remains: 'All measures against it. “Accepted” does not mean “right”: some accepted answers are wrong.',
    },
    {
      at: 'Art. 14(4)(c)',
      asks: 'Overseers interpret the output correctly.',
      by: ['card.promise', 'report'],
      remains: 'How the output is shown.',
    },
    {
      at: 'Art. 14(4)(d)',
      asks: 'Overseers can decide not to use the output, or to override it.',
      by: ['feedback'],
      remains: 'The way to do so. A correction can be sent back as feedback.',
    },
    {
      at: 'Art. 14(4)(e)',
      asks: 'Overseers can stop the system safely.',
      by: [],
      remains: 'All of it. vouch stops only its own service.',
    },
    {
      at: 'Art. 15(1)',
      asks: 'Accuracy, robustness and cybersecurity are appropriate and stay so.',
      by: ['card.quality', 'monitor'],
      remains: 'What is appropriate. Robustness and cybersecurity of the system.',
    },
    {
      at: 'Art. 15(3)',
      asks: 'The instructions state the level of accuracy and its metrics.',
      by: ['card.quality', 'card.promise'],
      remains: 'To copy them into the instructions, with the accuracy of the system.',
    },
    {
      at: 'Art. 15(4)',
      asks: 'The system withstands errors and faults; one that goes on learning avoids biased feedback loops.',
      by: ['monitor', 'feedback'],
      remains: 'Backup and fail-safe plans. vouch does not learn in use; a new version is a separate step.',
    },
    {
      at: 'Art. 15(5)',
      asks: 'The system withstands attacks, for example on its data or its model.',
      by: ['signature', 'sums', 'audit'],
      remains:
        'Access control, the model, and the data before it reaches vouch. Hashes show changes; they do not prevent them.',
    },
    ...annexIv,
  ],
};
