import { anthropicBody } from './anthropic-body.js';
import { bedrockBody } from './bedrock-body.js';
import { converseBody } from './converse-body.js';
import { geminiBody } from './gemini-body.js';
import { generationsBody } from './generations-body.js';
import { ollamaBody } from './ollama-body.js';
import { openaiBody } from './openai-body.js';
import type { Body } from './response.js';
import { responsesBody } from './responses-body.js';

/** Every reader returns null for a value that is not a response of its API. */
const READERS: readonly ((value: unknown) => Body | null)[] = [
  anthropicBody,
  geminiBody,
  converseBody,
  openaiBody,
  responsesBody,
  generationsBody,
  ollamaBody,
  bedrockBody,
];

/**
 * A stored response in the form of one of the known APIs; null if it is none of them. Errors: BAD_RECORD if it contains
 * no answer.
 */
export function bodyOf(value: unknown): Body | null {
  for (const read of READERS) {
    const body = read(value);
    if (body !== null) return body;
  }
  return null;
}
