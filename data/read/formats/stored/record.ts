import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import type { Fields } from '../../table/fields.js';
import type { Part } from '../log-format.js';
import type { Asked } from './input.js';
import type { Body } from './response.js';

/**
 * The canonical fields of one answer: the question, the first reply as the answer, the other replies as samples, and
 * `base`, the fields that the format itself reads. Fields of `base` win.
 */
export function recordOf(base: Fields, asked: Asked, body: Body): Fields {
  const [first, ...others] = body.replies;
  const { replies: _, avgLogprobs, ...said } = body;
  const { messages, prompt, model } = asked;
  const decoding = { ...asked.decoding, ...(base.decoding as Fields | undefined) };
  const samples = others.filter(({ answer }) => answer !== null).map((reply) => sampleOf(reply, decoding));
  return {
    ...present({ prompt: messages === undefined ? prompt : undefined, messages, model }),
    ...said,
    ...present(texts(base)),
    ...(Object.keys(decoding).length === 0 ? {} : { decoding }),
    ...first,
    ...(samples.length === 0 ? {} : { samples }),
    ...(avgLogprobs === undefined ? {} : { avgLogprobs }),
  };
}

function sampleOf({ answer, tokens }: Body['replies'][number], { temperature }: Fields): Fields {
  return {
    answer,
    ...(typeof temperature === 'number' ? { temperature } : {}),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

/** Converts numbers to text: ids and names are texts, and were only written without quotes. */
function texts(base: Fields): Fields {
  const isWhole = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';
  return Object.fromEntries(Object.entries(base).map(([key, value]) => [key, isWhole(value) ? String(value) : value]));
}

/** The fields that have a value. */
export function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null && value !== ''));
}

/** Keys of a row that the format does not know. */
export function restOf(row: Fields, known: ReadonlySet<string>): Fields {
  return Object.fromEntries(Object.entries(row).filter(([key, value]) => !known.has(key) && holds(value)));
}

function holds(value: unknown): boolean {
  if (value == null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isObject(value) || Object.keys(value).length > 0;
}

/** A part, read by `read`. If that throws, a part that failed. */
export function partOf(value: unknown, read: () => Part): Part {
  try {
    return read();
  } catch (error) {
    if (error instanceof VouchError) return { failed: error, value };
    throw error;
  }
}
