import type { Message, Sample } from '../../record.js';
import { type Asker, requestSeed } from '../asker.js';
import type { ChatReply } from '../endpoint/chat.js';
import type { Chat } from '../endpoint/client.js';
import { type Answered, readChoice } from '../endpoint/read-choice.js';
import { type Askable, layOut } from '../lay-out.js';

/** The question to sample answers for, the messages before it, and the longest answer in tokens. */
interface SampledItem extends Askable {
  id: string;
  prefix: Message[];
  maxTokens: number;
}

/** A sampled answer, with the reply that it came in, its place there, and the seed of the request. */
export interface Drawn extends Answered {
  answer: string;
  reply: ChatReply;
  at: number;
  seed: number;
}

/**
 * Asks for N further answers at a temperature: one request with n: N, then more requests while the endpoint returns
 * fewer (endpoints that ignore n return one each). `alternatives`: how many alternatives each token gets.
 */
export async function drawAnswers(
  item: SampledItem,
  { count, alternatives }: { count: number; alternatives: number },
  asker: Asker,
  chat: Chat,
): Promise<Drawn[]> {
  const { prefix, maxTokens } = item;
  const { options } = asker;
  const messages = layOut(item, prefix, options.contextTemplate);
  const drawn: Drawn[] = [];
  for (let round = 0; drawn.length < count && round < count; round++) {
    const wanted = count - drawn.length;
    const seed = requestSeed(options.seed, item.id, `sample ${round}`);
    const reply = await chat({
      kind: 'samples',
      messages,
      temperature: options.sampleTemperature,
      maxTokens,
      stop: options.stop,
      seed,
      topLogprobs: options.topLogprobs === 0 ? null : alternatives,
      n: wanted,
    });
    reply.choices.slice(0, wanted).forEach((choice, at) => {
      const { answer, ...answered } = readChoice(choice);
      if (answer !== null) drawn.push({ ...answered, answer, reply, at, seed });
    });
  }
  if (drawn.length < count) asker.tally.fewerSamples++;
  return drawn;
}

/** An answer as a sample of another one. Tokens have no alternatives unless `sampleAlternatives` is set. */
export function asSample(
  { answer, tokens }: Pick<Sample, 'answer' | 'tokens'>,
  temperature: number,
  asker: Asker,
): Sample {
  const { sampleAlternatives } = asker.options;
  const kept = sampleAlternatives ? tokens : tokens?.map(({ top: _, ...token }) => token);
  return {
    answer,
    ...(asker.client.limits.temperature ? { temperature } : {}),
    ...(kept == null ? {} : { tokens: kept }),
  };
}

/** The samples of a record: as many further answers as the options ask for. */
export async function askSamples(item: SampledItem, asker: Asker, chat: Chat): Promise<Sample[]> {
  const { samples: count, sampleAlternatives, sampleTemperature, topLogprobs } = asker.options;
  const alternatives = sampleAlternatives ? topLogprobs : 1;
  const drawn = await drawAnswers(item, { count, alternatives }, asker, chat);
  return drawn.map((each) => asSample(each, sampleTemperature, asker));
}
