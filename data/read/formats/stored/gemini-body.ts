import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, merged, objectOf } from '../../table/fields.js';
import type { Reply } from '../parts/reply.js';
import { endOf } from './ends.js';
import { messageReply } from './message.js';
import { type Body, saidOf } from './response.js';
import { timeOf } from './time.js';

/**
 * A GenerateContentResponse of the Gemini API or Vertex AI, in camelCase or snake_case, or the list of a stored
 * stream's responses; null for anything else. A blocked prompt gives no answer. Errors: BAD_RECORD for a single chunk
 * of a stream.
 */
export function geminiBody(value: unknown): Body | null {
  if (Array.isArray(value)) return value.length > 0 && value.every(isResponse) ? responseBody(joined(value)) : null;
  const response = objectOf(value);
  return response !== null && isResponse(response) ? responseBody(response) : null;
}

/** Whether an object is a response: it has candidates with content or a finish reason, or a blocked prompt. */
export function isResponse(value: unknown): value is Fields {
  const response = objectOf(value);
  if (response === null) return false;
  if (Array.isArray(response.candidates) && response.candidates.length > 0)
    return response.candidates.every(isCandidate);
  return isObject(feedbackOf(response)) || isEmpty(response);
}

/** A response without candidates: the model wrote nothing. */
function isEmpty(response: Fields): boolean {
  const names = [response.modelVersion, response.model_version, response.responseId, response.response_id];
  return isObject(response.usageMetadata ?? response.usage_metadata) && names.some((name) => typeof name === 'string');
}

function isCandidate(value: unknown): boolean {
  if (!isObject(value)) return false;
  return isObject(value.content) || finishOf(value) !== undefined;
}

function feedbackOf(response: Fields): unknown {
  return response.promptFeedback ?? response.prompt_feedback;
}

/** Older libraries store the number of the enumeration. The numbers from 3 on, except 5 (other), are cut-offs. */
const NUMBERS: Record<number, string> = { 1: 'STOP', 2: 'MAX_TOKENS', 3: 'SAFETY', 4: 'RECITATION', 5: 'OTHER' };

function finishOf(candidate: Fields): string | undefined {
  const finish = candidate.finishReason ?? candidate.finish_reason;
  if (typeof finish === 'number') return finish === 0 ? undefined : endOf(NUMBERS[finish] ?? 'PROHIBITED_CONTENT');
  return endOf(finish);
}

function responseBody(response: Fields): Body {
  const said = saidOf(
    response.responseId ?? response.response_id,
    response.modelVersion ?? response.model_version ?? response.model,
  );
  const time = timeOf(response.createTime ?? response.create_time);
  const candidates = Array.isArray(response.candidates) ? (response.candidates as Fields[]) : [];
  if (candidates.length === 0) {
    const feedback = objectOf(feedbackOf(response)) ?? {};
    const blocked = endOf(feedback.blockReason ?? feedback.block_reason);
    if (blocked === undefined) throw nothing(response);
    return { ...said, replies: [{ answer: null, finish: 'content_filter' }] };
  }
  const ordered = [...candidates].sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0));
  const average = ordered[0].avgLogprobs ?? ordered[0].avg_logprobs;
  const replies = ordered.map(candidateReply);
  return {
    ...said,
    ...(time === undefined ? {} : { time }),
    ...(typeof average === 'number' && replies[0].tokens === undefined ? { avgLogprobs: average } : {}),
    replies,
  };
}

function candidateReply(candidate: Fields): Reply {
  const finish = finishOf(candidate);
  const content = objectOf(candidate.content) ?? {};
  const reply = messageReply({ role: 'assistant', content: content.parts ?? [] }, finish, logprobsOf(candidate));
  if (finish === undefined && reply.answer !== null) {
    throw new VouchError(
      'BAD_RECORD',
      'the candidate has no finish reason: it is one chunk of a stream, or was stored too early',
      {
        field: 'candidates[0].finishReason',
        expected: 'STOP, MAX_TOKENS or another finish reason',
        hint: 'Store the chunks of one answer together as a list, or with their responseId.',
      },
    );
  }
  const ended = finish?.toLowerCase() === 'other' && reply.answer === '';
  return ended ? { answer: null, finish: 'error' } : reply;
}

/**
 * Converts `logprobsResult` to the form of OpenAI's, which `replyOf` reads. The chosen token need not be among the
 * candidates.
 */
function logprobsOf(candidate: Fields): Fields | undefined {
  const result = objectOf(candidate.logprobsResult ?? candidate.logprobs_result);
  const chosen = result?.chosenCandidates ?? result?.chosen_candidates;
  if (!Array.isArray(chosen) || chosen.length === 0) return undefined;
  const tops = result?.topCandidates ?? result?.top_candidates;
  return {
    content: chosen.map((item, i) => {
      const top = objectOf(Array.isArray(tops) ? tops[i] : null)?.candidates;
      return { ...tokenOf(item), top_logprobs: Array.isArray(top) ? top.map(tokenOf) : [] };
    }),
  };
}

function tokenOf(item: unknown): Fields {
  const { token, logProbability, log_probability: snake } = objectOf(item) ?? {};
  return { token: token ?? '', logprob: logProbability ?? snake };
}

/** Joins the chunks of one stream into one response: parts and log-probabilities of each candidate, in order. */
function joined(chunks: unknown[]): Fields {
  const responses = chunks.map((chunk) => objectOf(chunk) as Fields);
  const byIndex = new Map<number, Fields>();
  for (const response of responses) {
    for (const candidate of Array.isArray(response.candidates) ? (response.candidates as Fields[]) : []) {
      const index = Number(candidate.index ?? 0);
      byIndex.set(index, longer(byIndex.get(index), candidate));
    }
  }
  return { ...merged(responses), candidates: [...byIndex.values()] };
}

function longer(before: Fields | undefined, candidate: Fields): Fields {
  if (before === undefined) return candidate;
  const parts = [before, candidate].flatMap(({ content }) => {
    const list = objectOf(content)?.parts;
    return Array.isArray(list) ? list : [];
  });
  const results = [before, candidate].map((one) => objectOf(one.logprobsResult ?? one.logprobs_result) ?? {});
  const all = (camel: string, snake: string) => results.flatMap((one) => (one[camel] ?? one[snake] ?? []) as unknown[]);
  return {
    ...before,
    ...candidate,
    content: { role: 'model', parts },
    logprobsResult: {
      chosenCandidates: all('chosenCandidates', 'chosen_candidates'),
      topCandidates: all('topCandidates', 'top_candidates'),
    },
  };
}

function nothing(response: Fields): VouchError {
  return new VouchError('BAD_RECORD', 'has no answer', {
    field: 'candidates',
    expected: 'a response with at least one candidate, or promptFeedback.blockReason',
    got: Object.keys(response),
  });
}
