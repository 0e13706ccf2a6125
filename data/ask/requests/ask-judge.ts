import { type Asker, judging, requestSeed } from '../asker.js';
import type { Client } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { type ProposedAnswer, truthMessages } from './judging.js';
import { parseTruth, truthMass } from './parse-truth.js';

/**
 * A judge's verdict on an answer. As a verifier: P(True) if the endpoint returns log-probabilities, else 1 or 0 from
 * its reply. As a label: 1 or 0 from its reply. Only a judge that labels sees the reference; a verifier that saw it
 * would leak the label into the signals.
 */
export async function askJudge(
  { id, question, answer, references }: ProposedAnswer & { references: readonly string[] },
  asker: Asker,
  judge: Client,
): Promise<number | undefined> {
  const { options, tally } = asker;
  const label = options.judgeAs === 'label';
  const messages = truthMessages(question, answer, label ? references : []);
  const seed = requestSeed(options.seed, id, 'judge');
  const reply = await judge.at((chat) =>
    chat(judging({ messages, seed, maxTokens: 8, topLogprobs: label ? null : 20 })),
  );
  const read = readChoice(reply.choices[0]);
  const word = parseTruth(read.answer ?? '');
  const verdict = (label ? undefined : truthMass(read.tokens ?? [])) ?? (word === undefined ? undefined : Number(word));
  if (verdict === undefined) tally.noVerdict++;
  return verdict;
}
