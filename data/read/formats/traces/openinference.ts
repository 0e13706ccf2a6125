import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { nested } from '../spans/attributes.js';
import { type Span, spansIn } from '../spans/span.js';
import { bodyOf } from '../stored/body.js';
import { decodingIn } from '../stored/decoding.js';
import { type Asked, inputOf, turnsIn } from '../stored/input.js';
import { fromJsonText } from '../stored/json-text.js';
import { labelFrom, type NamedLabel } from '../stored/labels.js';
import { messageReply, plainMessage } from '../stored/message.js';
import { outputOf } from '../stored/output.js';
import { partOf, recordOf } from '../stored/record.js';
import { type Body, brokenOff, requestFailed } from '../stored/response.js';
import { words } from '../stored/words.js';

/**
 * OpenInference, the conventions of Arize and Phoenix: spans of OTLP, of Phoenix's API, and tables with a column per
 * attribute.
 */
export const openInference: LogFormat = {
  name: 'openinference',
  title: 'OpenInference (Arize, Phoenix)',
  source:
    'https://arize-ai.github.io/openinference/spec/semantic_conventions.html; Python packages ' +
    'openinference-semantic-conventions 0.1.42 and arize-phoenix-client 3.5.0',
  detect(row) {
    const spans = spansIn(row);
    if (spans === null || !spans.some((span) => kindOf(span) !== undefined || isOpenInference(span.attributes)))
      return null;
    return 'spans with openinference.span.kind, llm.* or input.value';
  },
  read: (row) => (spansIn(row) ?? []).map((span) => partIn(span, row)),
  mapping: [
    ['id', 'the span’s id'],
    ['conversation', 'the trace’s id'],
    ['session', 'session.id'],
    ['messages', 'llm.input_messages, else input.value'],
    ['prompt', 'llm.prompts, or input.value if it is a text'],
    [
      'answer',
      'output.value if it is a provider’s whole response; else llm.output_messages, llm.choices or output.value',
    ],
    ['tokens', 'log-probabilities of the response in output.value'],
    ['model', 'llm.response.model_name, llm.model_name'],
    ['decoding', 'llm.invocation_parameters'],
    ['time', 'the span’s start'],
    [
      'labels',
      'annotations of Phoenix; columns eval.NAME.score or .label and annotation.NAME.score or .label of Arize',
    ],
  ],
  example:
    '{"name": "ChatCompletion", "context": {"trace_id": "5b8aa5a2d2c872e8321cf37308d69df2", "span_id": ' +
    '"051581bf3cb55c13"}, "span_kind": "LLM", "start_time": "2026-01-05T10:00:00+00:00", "status_code": "OK",' +
    ' "attributes": {"llm.model_name": "gpt-4o", "llm.input_messages.0.message.role": "user", ' +
    '"llm.input_messages.0.message.content": "Capital of Australia?", "llm.output_messages.0.message.role": ' +
    '"assistant", "llm.output_messages.0.message.content": "Canberra"}}',
};

const KINDS = new Set(
  words(`
  LLM CHAIN AGENT TOOL RETRIEVER EMBEDDING RERANKER GUARDRAIL EVALUATOR PROMPT UNKNOWN DECISION
  `),
);

/** The kind of a span, from its attribute or a column of the export; undefined if it is none of OpenInference's. */
function kindOf({ attributes, kind }: Span): string | undefined {
  const held =
    attributes['openinference.span.kind'] ?? objectOf(objectOf(attributes.openinference)?.span)?.kind ?? kind;
  const name = typeof held === 'string' ? held.toUpperCase() : '';
  return KINDS.has(name) ? name : undefined;
}

function isOpenInference(attributes: Fields): boolean {
  return Object.keys(attributes).some((key) =>
    /^llm\.(input_messages|output_messages|model_name|invocation_parameters)\b/.test(key),
  );
}

function partIn(span: Span, row: Fields): Part {
  const kind = kindOf(span) ?? (isOpenInference(span.attributes) ? 'LLM' : undefined);
  if (kind === undefined) return { passed: 'not a model call' };
  if (kind !== 'LLM') return { passed: `a span of kind ${kind}, not a model call` };
  return partOf(span.value, () => ({ record: recordIn(span, row) }));
}

function recordIn(span: Span, row: Fields): Fields {
  const { attributes } = span;
  const all = nested(attributes);
  const llm = objectOf(all.llm) ?? {};
  const body = answerIn(llm, all);
  if (body === null) {
    if (span.failure !== undefined) throw requestFailed(span.failure, 'status_code');
    throw new VouchError('BAD_RECORD', 'the span has no answer', {
      field: 'llm.output_messages',
      expected: 'llm.output_messages or output.value',
      got: Object.keys(attributes),
      hint: 'Outputs may be hidden: unset OPENINFERENCE_HIDE_OUTPUTS and OPENINFERENCE_HIDE_OUTPUT_MESSAGES.',
    });
  }
  const { id: _, ...whole } = body;
  const said = span.failure === undefined ? whole : { ...whole, replies: brokenOff(whole.replies) };
  const model = objectOf(llm.response)?.model_name ?? llm.model_name ?? said.model;
  const parameters = objectOf(llm.invocation_parameters);
  const base = {
    id: span.spanId,
    conversation: span.traceId,
    session: objectOf(all.session)?.id,
    model,
    time: span.time,
    decoding: decodingIn(parameters, objectOf(parameters?.generation_config)),
  };
  const labels = [...annotationsIn(objectOf(span.value) ?? {}), ...evaluationsIn(row, span)];
  return { ...recordOf(base, askedIn(llm, all), said), ...(labels.length > 0 ? { labels } : {}) };
}

/**
 * The whole response if it was stored, because it may have log-probabilities; else messages, choices, or the plain
 * output.
 */
function answerIn(llm: Fields, all: Fields): Body | null {
  const output = objectOf(all.output)?.value;
  const whole = bodyOf(fromJsonText(output));
  if (whole !== null) return whole;
  const finish = llm.finish_reason;
  const messages = listOf(llm.output_messages);
  if (messages.length > 0) {
    const replies = messages.map((message, i) =>
      messageReply(messageOf(message), objectOf(message)?.finish_reason ?? (i === 0 ? finish : undefined)),
    );
    const called = replies.find(({ finish: end }) => end === 'tool_calls' || end === 'function_call');
    return { replies: called === undefined ? replies : [called] };
  }
  const choices = listOf(llm.choices).map((choice) => objectOf(objectOf(choice)?.completion)?.text);
  const texts = choices.filter((text) => typeof text === 'string');
  if (texts.length > 0)
    return { replies: texts.map((content, i) => messageReply({ content }, i === 0 ? finish : undefined)) };
  return outputOf(output === '' ? null : output, { field: 'output.value', finish });
}

function askedIn(llm: Fields, all: Fields): Asked {
  const messages = listOf(llm.input_messages);
  const turns = turnsIn(messages.map(messageOf));
  if (turns !== null) return { messages: turns };
  const prompts = listOf(llm.prompts).map((item) =>
    typeof item === 'string' ? item : objectOf(objectOf(item)?.prompt)?.text,
  );
  if (prompts.length === 1 && typeof prompts[0] === 'string') return { prompt: prompts[0] };
  return inputOf(objectOf(all.input)?.value);
}

/**
 * A list, also from JSON in the cell of a table. A list as pandas prints it is not read; other attributes contain the
 * same.
 */
function listOf(value: unknown): unknown[] {
  const list = fromJsonText(value);
  return Array.isArray(list) ? list : [];
}

/** {message: {role, content | contents, tool_calls | function_call_name}}, also with dotted keys. */
function messageOf(value: unknown): Fields {
  const object = nested(objectOf(value) ?? {});
  const message = plainMessage(object) ?? objectOf(object.message) ?? {};
  const calls = listOf(message.tool_calls);
  const name = message.function_call_name;
  return {
    ...message,
    role: message.role ?? 'assistant',
    content: message.content ?? message.contents ?? null,
    tool_calls: calls,
    ...(typeof name === 'string' && name !== '' ? { function_call: { name } } : {}),
  };
}

/** Annotations of a span in Phoenix's API: {name, annotator_kind: HUMAN | LLM | CODE, result: {label, score}}. */
function annotationsIn(span: Fields): NamedLabel[] {
  const list = span.annotations ?? span.span_annotations;
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).flatMap((item) => {
    const result = objectOf(item.result) ?? item;
    const label = typeof item.name === 'string' ? scoreOf(result, item.name, item.annotator_kind) : null;
    return label ?? [];
  });
}

/** Columns of Arize: eval.NAME.score, eval.NAME.label, annotation.NAME.score, annotation.NAME.label. */
function evaluationsIn(row: Fields, { value }: Span): NamedLabel[] {
  if (value !== row) return [];
  const columns = Object.keys(row).map((key) => /^(eval|annotation)\.(.+)\.(label|score)$/.exec(key));
  const names = new Set(columns.filter((found) => found !== null).map(([, kind, name]) => `${kind}.${name}`));
  return [...names].flatMap((full) => {
    const kind = full.slice(0, full.indexOf('.'));
    const result = { score: row[`${full}.score`], label: row[`${full}.label`] };
    return scoreOf(result, full.slice(kind.length + 1), kind === 'annotation' ? 'annotation' : undefined) ?? [];
  });
}

/** The score if it is a grade, else the word of the label. */
function scoreOf({ score, label }: Fields, name: string, source: unknown): NamedLabel | null {
  const scored = labelFrom(score, name, { source });
  const said = labelFrom(label, name, { source });
  return scored === null || (scored.maybe === true && said !== null && said.maybe !== true) ? said : scored;
}
