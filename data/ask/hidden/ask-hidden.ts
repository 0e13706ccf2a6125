import { VouchError } from '../../../support/errors.js';
import type { AnswerRecord, Message } from '../../record.js';
import type { Asker } from '../asker.js';
import { AskFailure } from '../endpoint/failure.js';
import { isAskable, layOut } from '../lay-out.js';
import { questionText } from '../requests/judging.js';
import { isTooLong } from './hidden-client.js';

/**
 * The record's embeddings with the hidden state of its last token after question and answer, as `embeddings.NAME`; {}
 * if it has one already, if nothing is known of the question, or if the text is too long for the server, which is
 * counted. Errors: AskFailure; ENDPOINT_FAILED.
 */
export async function askHidden(
  record: Pick<AnswerRecord, 'prompt' | 'messages' | 'context' | 'answer' | 'embeddings'>,
  prefix: readonly Message[],
  { hidden, options, tally }: Pick<Asker, 'hidden' | 'options' | 'tally'>,
): Promise<Pick<AnswerRecord, 'embeddings'>> {
  if (hidden === undefined || record.embeddings?.[hidden.name] != null) return {};
  if (!isAskable(record)) return {};
  const turns = layOut(record, prefix, options.contextTemplate);
  const plain = questionText({ messages: turns }, options.contextTemplate);
  try {
    const vector = await hidden.vector(turns, plain, record.answer);
    return { embeddings: { ...record.embeddings, [hidden.name]: vector } };
  } catch (error) {
    if (!(error instanceof AskFailure) || !isTooLong(error)) throw error;
    tally.noHidden++;
    return {};
  }
}

/** Names: letters, digits, `_`, `-` and `.`, beginning with a letter. */
const NAME = /^[A-Za-z][\w.-]{0,63}$/;

/** The name and the address in `--hidden [NAME=]URL`; without a name it is `hidden`. Error: BAD_USAGE. */
export function namedHidden(text: string): { name: string; address: string } {
  if (/^https?:\/\//i.test(text)) return { name: 'hidden', address: text };
  const cut = text.indexOf('=');
  const name = text.slice(0, Math.max(cut, 0));
  if (NAME.test(name)) return { name, address: text.slice(cut + 1) };
  const expected = 'URL or NAME=URL';
  throw new VouchError('BAD_USAGE', 'this does not name a server', { field: '--hidden', expected, got: text });
}
