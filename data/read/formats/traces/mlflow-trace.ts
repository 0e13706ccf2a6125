import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { boundedJson } from '../../json/bounded-json.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { decodingIn } from '../stored/decoding.js';
import { inputOf } from '../stored/input.js';
import { labelFrom, type NamedLabel } from '../stored/labels.js';
import { outputOf } from '../stored/output.js';
import { partOf, recordOf } from '../stored/record.js';
import { timeOf } from '../stored/time.js';

/**
 * Traces of MLflow as `Trace.to_json` writes them. The spans of chat models and LLMs are answers; if there are none,
 * the root span is.
 */
export const mlflowTrace: LogFormat = {
  name: 'mlflow-trace',
  title: 'MLflow traces',
  source: 'https://mlflow.org/docs/latest/genai/concepts/trace/; entities of the Python package mlflow-skinny 3.17.2',
  detect: (row) => (isObject(row.info) && spansOf(row) !== null ? 'info and data.spans' : null),
  read: traceParts,
  mapping: [
    ['id', 'the span’s id'],
    ['conversation', 'info.trace_id'],
    ['session', 'mlflow.trace.session in info.trace_metadata'],
    ['messages', 'mlflow.spanInputs'],
    ['answer', 'mlflow.spanOutputs: a text, a message, a provider’s whole response'],
    ['model', 'of the outputs, else mlflow.llm.model, else of the inputs'],
    ['time', 'the span’s start'],
    ['labels', 'info.assessments with a feedback value, if the trace has one answer; name, source.source_type'],
  ],
  example:
    '{"info": {"trace_id": "tr-1", "assessments": [{"assessment_name": "correct", "source": {"source_type": ' +
    '"HUMAN"}, "feedback": {"value": true}}]}, "data": {"spans": [{"span_id": "s1", "name": "chat", ' +
    '"start_time_unix_nano": 1767607200000000000, "attributes": {"mlflow.spanType": "\\"CHAT_MODEL\\"", ' +
    '"mlflow.spanInputs": "{\\"messages\\": [{\\"role\\": \\"user\\", \\"content\\": \\"Capital of ' +
    'Australia?\\"}]}", "mlflow.spanOutputs": "{\\"choices\\": [{\\"message\\": {\\"role\\": \\"assistant\\",' +
    ' \\"content\\": \\"Canberra\\"}, \\"finish_reason\\": \\"stop\\"}]}"}}]}}',
};

interface MlflowSpan {
  span: Fields;
  type: string;
  inputs: unknown;
  outputs: unknown;
  model: unknown;
}

/** The spans of a trace with MLflow's own attributes; null if there are none. */
function spansOf(row: Fields): MlflowSpan[] | null {
  const list = objectOf(row.data)?.spans;
  if (!Array.isArray(list) || list.length === 0) return null;
  const spans = list.filter(isObject).map((span) => {
    const attributes = objectOf(span.attributes) ?? {};
    const of = (name: string): unknown => dumped(attributes[`mlflow.${name}`]);
    return {
      span,
      type: String(of('spanType') ?? 'UNKNOWN'),
      inputs: of('spanInputs'),
      outputs: of('spanOutputs'),
      model: of('llm.model'),
    };
  });
  return list.some((span) =>
    Object.keys(objectOf(objectOf(span)?.attributes) ?? {}).some((key) => key.startsWith('mlflow.')),
  )
    ? spans
    : null;
}

/** Attributes are stored as JSON; even texts have quotes. */
function dumped(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return boundedJson(value) as unknown;
  } catch {
    return value;
  }
}

function traceParts(row: Fields): Part[] {
  const spans = spansOf(row) ?? [];
  const models = spans.filter(({ type }) => type === 'CHAT_MODEL' || type === 'LLM');
  const root = spans.find(({ span }) => !(span.parent_span_id ?? span.parent_id));
  const answers = models.length > 0 ? models : root === undefined ? [] : [root];
  const info = objectOf(row.info) ?? {};
  const labels = answers.length === 1 ? labelsIn(info) : [];
  return spans.map((span) =>
    answers.includes(span)
      ? partOf(span.span, () => ({ record: recordIn(span, info, labels) }))
      : { passed: `a span of type ${span.type}, not a model call` },
  );
}

function recordIn({ span, inputs, outputs, model }: MlflowSpan, info: Fields, labels: NamedLabel[]): Fields {
  const body = outputOf(outputs, { field: 'mlflow.spanOutputs', n: objectOf(inputs)?.n });
  if (body === null) {
    throw new VouchError('BAD_RECORD', 'the span has no answer', {
      field: 'mlflow.spanOutputs',
      expected: 'what the model returned',
      got: outputs,
    });
  }
  const { id: _, ...said } = body;
  const context = objectOf(span.context) ?? {};
  const metadata = objectOf(info.trace_metadata ?? info.request_metadata) ?? {};
  const base = {
    id: span.span_id ?? context.span_id,
    conversation: info.trace_id ?? info.request_id,
    session: metadata['mlflow.trace.session'],
    model: said.model ?? model,
    time: timeOf(span.start_time_unix_nano ?? span.start_time),
    decoding: decodingIn(inputs),
  };
  return { ...recordOf(base, inputOf(inputs), said), ...(labels.length > 0 ? { labels } : {}) };
}

/** Assessments of the whole trace. They are grades of its answer if it has only one. */
function labelsIn(info: Fields): NamedLabel[] {
  if (!Array.isArray(info.assessments)) return [];
  return info.assessments.filter(isObject).flatMap((item) => {
    const name = item.assessment_name ?? item.name;
    const source = objectOf(item.source)?.source_type;
    const feedback = objectOf(item.feedback);
    if (typeof name !== 'string' || feedback === null || item.valid === false) return [];
    return labelFrom(feedback.value, name, { source }) ?? [];
  });
}
