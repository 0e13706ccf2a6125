import { isObject } from '../../../check-value.js';
import { objectOf } from '../../table/fields.js';
import { replyOf } from '../parts/reply.js';
import { endOf } from './ends.js';
import type { Body } from './response.js';

/**
 * A response of InvokeModel in the form of Meta's models ({generation, stop_reason}), Amazon Titan's ({results:
 * [{outputText}]}) or Mistral's ({outputs: [{text, stop_reason}]}); null for anything else.
 */
export function bedrockBody(value: unknown): Body | null {
  const response = objectOf(value);
  if (response === null) return null;
  if (typeof response.generation === 'string' && 'stop_reason' in response)
    return bodyFrom([[response.generation, response.stop_reason]]);
  const { results, outputs } = response;
  const titan = Array.isArray(results) ? results.filter(isObject) : [];
  if (titan.length > 0 && titan.every(({ outputText }) => typeof outputText === 'string')) {
    return bodyFrom(titan.map(({ outputText, completionReason }) => [outputText, completionReason]));
  }
  const mistral = Array.isArray(outputs) ? outputs.filter(isObject) : [];
  if (mistral.length > 0 && mistral.every((item) => typeof item.text === 'string' && 'stop_reason' in item)) {
    return bodyFrom(mistral.map(({ text, stop_reason: reason }) => [text, reason]));
  }
  return null;
}

function bodyFrom(texts: [content: unknown, reason: unknown][]): Body {
  return { replies: texts.map(([content, reason]) => replyOf({ content }, endOf(reason))) };
}
