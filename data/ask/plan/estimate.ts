import type { ChatRequest } from '../endpoint/chat.js';

/** UTF-8 bytes per token. For English text, bytes are characters. */
const BYTES_PER_TOKEN = 4;

/** A text whose number of tokens was recorded. */
export interface KnownText {
  text: string;
  tokens: number;
}

/**
 * An estimate of a prompt's tokens: the UTF-8 bytes of all its messages / 4, rounded up. Where a message contains a text
 * whose tokens were recorded, those count in place of its bytes. Roles and templates are not counted.
 */
export function estimateTokens(messages: ChatRequest['messages'], known?: KnownText): number {
  let tokens = 0;
  for (const { content } of messages) {
    const text = content ?? '';
    tokens += bytesOf(text) / BYTES_PER_TOKEN;
    if (known === undefined || known.text === '' || !text.includes(known.text)) continue;
    tokens += known.tokens - bytesOf(known.text) / BYTES_PER_TOKEN;
  }
  return Math.ceil(tokens);
}

/** A text that has as many tokens as a reply may have, for the prompts that will contain the reply. */
export function longestReply(maxTokens: number): string {
  return 'x'.repeat(maxTokens * BYTES_PER_TOKEN);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
