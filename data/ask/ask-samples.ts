import type { Message, Sample } from '../record.js';
import type { Asker } from './asker.js';
import { requestSeed } from './asker.js';
import type { Chat } from './client.js';
import { type Askable, layOut } from './lay-out.js';
import { readChoice } from './read-choice.js';

/**
 * Asks for N further answers at a temperature: one request with n: N, and more requests while an endpoint gives fewer
 * (those that ignore n give one each). Tokens come without alternatives unless asked for.
 */
export async function askSamples(
  item: Askable & { id: string },
  prefix: Message[],
  maxTokens: number,
  asker: Asker,
  chat: Chat,
): Promise<Sample[]> {
  const { options, tally } = asker;
  const messages = layOut(item, prefix, options.contextTemplate);
  const samples: Sample[] = [];
  for (let round = 0; samples.length < options.samples && round < options.samples; round++) {
    const reply = await chat({
      messages,
      temperature: options.sampleTemperature,
      maxTokens,
      stop: options.stop,
      seed: requestSeed(options.seed, item.id, `sample ${round}`),
      topLogprobs: options.topLogprobs === 0 ? null : options.sampleAlternatives ? options.topLogprobs : 1,
      n: options.samples - samples.length,
    });
    for (const choice of reply.choices.slice(0, options.samples - samples.length)) {
      const { answer, tokens } = readChoice(choice);
      const kept = options.sampleAlternatives ? tokens : tokens?.map(({ top: _, ...token }) => token);
      samples.push({ answer, temperature: options.sampleTemperature, ...(kept === undefined ? {} : { tokens: kept }) });
    }
  }
  if (samples.length < options.samples) tally.fewerSamples++;
  return samples;
}
