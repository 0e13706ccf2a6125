import type { Message, Sample } from '../../record.js';
import { type Asker, requestSeed } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { type Askable, layOut } from '../lay-out.js';

/** The question to sample answers for, the messages before it, and the longest answer in tokens. */
interface SampledItem extends Askable {
  id: string;
  prefix: Message[];
  maxTokens: number;
}

/**
 * Asks for N further answers at a temperature: one request with n: N, then more requests while the endpoint returns
 * fewer (endpoints that ignore n return one each). Tokens have no alternatives unless `sampleAlternatives` is set.
 */
export async function askSamples(item: SampledItem, asker: Asker, chat: Chat): Promise<Sample[]> {
  const { prefix, maxTokens } = item;
  const { options, client } = asker;
  const alternatives = options.sampleAlternatives ? options.topLogprobs : 1;
  const messages = layOut(item, prefix, options.contextTemplate);
  const samples: Sample[] = [];
  for (let round = 0; samples.length < options.samples && round < options.samples; round++) {
    const wanted = options.samples - samples.length;
    const reply = await chat({
      kind: 'samples',
      messages,
      temperature: options.sampleTemperature,
      maxTokens,
      stop: options.stop,
      seed: requestSeed(options.seed, item.id, `sample ${round}`),
      topLogprobs: options.topLogprobs === 0 ? null : alternatives,
      n: wanted,
    });
    for (const choice of reply.choices.slice(0, wanted)) {
      const { answer, tokens } = readChoice(choice);
      if (answer === null) continue;
      const kept = options.sampleAlternatives ? tokens : tokens?.map(({ top: _, ...token }) => token);
      samples.push({
        answer,
        ...(client.limits.temperature ? { temperature: options.sampleTemperature } : {}),
        ...(kept === undefined ? {} : { tokens: kept }),
      });
    }
  }
  if (samples.length < options.samples) asker.tally.fewerSamples++;
  return samples;
}
