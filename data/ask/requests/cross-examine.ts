import type { Message } from '../../record.js';
import { type Asker, judging, requestSeed } from '../asker.js';
import type { Chat, Client } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { hasNoQuestion, openingTurn, questionsTurn, repliesTurn, verdictTurn } from './examination.js';
import type { ProposedAnswer } from './judging.js';
import { voteIn } from './parse-truth.js';

/** An answer to be examined, and the turns that it replied to. */
interface ExaminedAnswer extends ProposedAnswer {
  turns: readonly Message[];
}

/** Longest questions, and longest replies, of one round in tokens. */
const LONGEST = 256;

/**
 * Cross-examination: an examiner asks questions about an answer, the model that answered (`chat`) replies, for at most
 * `crossExamineRounds` rounds, and the examiner decides. Returns P(True) of the decision, or 1 or 0 where the endpoint
 * returns no log-probabilities; undefined if the decision cannot be read. Cost: up to 2 × rounds + 1 requests, whose
 * prompts grow with every round. Source: Cohen et al. 2023, "LM vs LM" (setup, follow-up questions, factuality
 * decision); one request per round instead of two, because the examiner says DONE where theirs is asked whether it has
 * further questions.
 */
export async function crossExamine(
  { id, question, answer, turns }: ExaminedAnswer,
  { asker, chat, examiner }: { asker: Asker; chat: Chat; examiner: Client },
): Promise<number | undefined> {
  const { seed, crossExamineRounds: rounds } = asker.options;
  const said = async (to: Chat, messages: readonly Message[], purpose: string) => {
    const reply = await to({
      kind: 'cross-examination',
      messages: [...messages],
      temperature: 0,
      maxTokens: LONGEST,
      stop: [],
      seed: requestSeed(seed, id, purpose),
      topLogprobs: null,
      n: 1,
    });
    return readChoice(reply.choices[0]).answer ?? '';
  };
  const decision = await examiner.at(async (examine) => {
    const asking: Message[] = [openingTurn(question, answer)];
    const replying: Message[] = [...turns, { role: 'assistant', content: answer }];
    let replies: string | null = null;
    for (let round = 0; round < rounds; round++) {
      if (replies !== null) asking.push(repliesTurn(replies));
      const questions = await said(examine, asking, `examine ${round}`);
      asking.push({ role: 'assistant', content: questions === '' ? 'DONE' : questions });
      replies = null;
      if (hasNoQuestion(questions)) break;
      replying.push(questionsTurn(questions));
      replies = (await said(chat, replying, `reply ${round}`)) || '(no reply)';
      replying.push({ role: 'assistant', content: replies });
    }
    asking.push(verdictTurn(replies));
    return examine(
      judging({
        kind: 'cross-examination',
        messages: asking,
        seed: requestSeed(seed, id, 'examine verdict'),
        maxTokens: 8,
        topLogprobs: 20,
      }),
    );
  });
  const verdict = voteIn(readChoice(decision.choices[0]))?.value;
  if (verdict === undefined) asker.tally.noExamination++;
  return verdict;
}
