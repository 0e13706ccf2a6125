import type { AnswerRecord, Message } from '../../record.js';
import type { Asker } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { askHidden } from '../hidden/ask-hidden.js';
import { askExtras } from '../requests/ask-extras.js';
import { askVerifiers } from '../verifiers/ask-verifiers.js';

/** Messages before the question, longest sample in tokens, whom to ask, and when a verifier counts as down. */
interface CompleteOptions {
  prefix: Message[];
  maxTokens: number;
  asker: Asker;
  chat: Chat;
  giveUpAfter: number;
}

/** An answer with all that was asked for in addition to it: samples, scores of verifiers, a hidden state, and so on. */
export async function complete(
  answered: AnswerRecord,
  { prefix, maxTokens, asker, chat, giveUpAfter }: CompleteOptions,
): Promise<AnswerRecord> {
  const verified = { ...answered, ...(await askVerifiers(answered, asker, giveUpAfter)) };
  const extras = await askExtras(verified, { prefix, maxTokens, asker, chat });
  return { ...verified, ...(await askHidden(answered, prefix, asker)), ...extras };
}
