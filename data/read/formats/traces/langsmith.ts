import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { decodingIn } from '../stored/decoding.js';
import { inputOf } from '../stored/input.js';
import { labelFrom, type NamedLabel } from '../stored/labels.js';
import { outputOf } from '../stored/output.js';
import { partOf, recordOf, restOf } from '../stored/record.js';
import { type Body, requestFailed } from '../stored/response.js';
import { timeOf } from '../stored/time.js';
import { words } from '../stored/words.js';

/** Runs of LangSmith, from its API, its SDK and bulk exports. A run of a model is an answer; other runs are skipped. */
export const langsmith: LogFormat = {
  name: 'langsmith',
  title: 'LangSmith',
  source:
    'https://docs.langchain.com/langsmith/run-data-format and /langsmith/data-export (2026-11); types of the ' +
    'Python package langsmith 0.15.1',
  detect(row) {
    const runs = runsIn(row);
    if (runs === null) return null;
    return runs[0] === row ? `a run (run_type ${row.run_type})` : 'a page of runs';
  },
  read: (row) => (runsIn(row) ?? []).flatMap(runParts),
  mapping: [
    ['id', 'id'],
    ['conversation', 'thread_id or conversation_id in extra.metadata, else trace_id'],
    ['session', 'session_id in extra.metadata (the run’s own session_id is its project)'],
    ['messages', 'inputs.messages, as LangChain serialises them or as OpenAI has them'],
    ['prompt', 'inputs.prompts, or the one text among inputs'],
    ['answer', 'outputs.generations, outputs.choices, a message; null for tool calls'],
    ['tokens', 'log-probabilities of outputs.choices, or of response_metadata.logprobs'],
    ['samples', 'further generations or choices'],
    ['model', 'of outputs, else ls_model_name in extra.metadata, else of extra.invocation_params'],
    ['decoding', 'extra.invocation_params'],
    ['time', 'start_time'],
    ['labels', 'feedback_stats: the average of each key; feedback: score or value of each, with feedback_source.type'],
  ],
  example:
    '{"id": "0b6c3ab2-1f8d-4e0e-9d59-000000000001", "trace_id": "0b6c3ab2-1f8d-4e0e-9d59-000000000000", ' +
    '"name": "ChatOpenAI", "run_type": "llm", "start_time": "2026-01-05T10:00:00", "inputs": {"messages": ' +
    '[[{"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "HumanMessage"], "kwargs": ' +
    '{"content": "Capital of Australia?", "type": "human"}}]]}, "outputs": {"generations": [[{"text": ' +
    '"Canberra", "type": "ChatGeneration", "message": {"lc": 1, "type": "constructor", "id": ["langchain", ' +
    '"schema", "messages", "AIMessage"], "kwargs": {"content": "Canberra", "type": "ai", ' +
    '"response_metadata": {"finish_reason": "stop", "model_name": "gpt-4o"}}}}]]}, "feedback_stats": ' +
    '{"user_score": {"n": 1, "avg": 1}}}',
};

/** Keys of a run that are read separately or say nothing about its answer. `tags` and `name` are the user's. */
const RUN = new Set(
  words(`
  id trace_id run_type start_time end_time extra error serialized events inputs outputs reference_example_id
  parent_run_id parent_run_ids child_run_ids child_runs direct_child_run_ids attachments session_id session_name
  dotted_order status app_path feedback_stats feedback manifest_id manifest_s3_id prompt_tokens completion_tokens
  total_tokens prompt_cost completion_cost total_cost first_token_time inputs_preview outputs_preview
  inputs_s3_urls outputs_s3_urls s3_urls in_dataset share_token is_root tenant_id execution_order latency
  last_queued_at trace_tier trace_first_received_at ttl_seconds trace_upgrade prompt_token_details
  completion_token_details prompt_cost_details completion_cost_details price_model_id thread_id messages
  reference_dataset_id last_run_start_time last_run_start_time_live
  `),
);

function isRun(row: Fields): boolean {
  return typeof row.run_type === 'string' && ('inputs' in row || 'outputs' in row);
}

/** The run itself, or the runs of a page of the API. */
function runsIn(row: Fields): Fields[] | null {
  if (isRun(row)) return [row];
  const page = row.runs ?? row.data;
  return Array.isArray(page) && page.length > 0 && page.every((item) => isObject(item) && isRun(item)) ? page : null;
}

/** A run and the runs nested in it. */
function runParts(run: Fields): Part[] {
  const children = Array.isArray(run.child_runs)
    ? run.child_runs.filter((child) => isObject(child) && isRun(child))
    : [];
  return [runPart(run), ...(children as Fields[]).flatMap(runParts)];
}

function runPart(run: Fields): Part {
  if (run.run_type !== 'llm' && run.run_type !== 'chat_model')
    return { passed: `a run of type ${run.run_type}, not a model call` };
  return partOf(run, () => ({ record: recordIn(run) }));
}

function recordIn(run: Fields): Fields {
  const extra = objectOf(run.extra) ?? {};
  const metadata = objectOf(extra.metadata) ?? {};
  const parameters = objectOf(extra.invocation_params);
  const outputs = objectOf(run.outputs);
  if (typeof run.error === 'string' && run.error !== '') throw requestFailed(run.error.split('\n')[0]);
  const { id: _, ...said } = answerIn(outputs, parameters);
  const inputs = objectOf(run.inputs) ?? {};
  const base = {
    id: String(run.id ?? ''),
    conversation: run.thread_id ?? metadata.thread_id ?? metadata.conversation_id ?? run.trace_id,
    session: metadata.session_id,
    model: said.model ?? metadata.ls_model_name ?? parameters?.model ?? parameters?.model_name,
    time: timeOf(run.start_time),
    decoding: decodingIn(parameters),
  };
  const labels = labelsIn(run);
  return {
    ...restOf(run, RUN),
    ...recordOf(base, inputOf(inputs), said),
    ...(labels.length > 0 ? { labels } : {}),
  };
}

function answerIn(outputs: Fields | null, parameters: Fields | null | undefined): Body {
  const several =
    Array.isArray(outputs?.generations) && outputs.generations.length > 1 && outputs.generations.every(Array.isArray);
  if (several) {
    throw new VouchError('BAD_RECORD', 'the run answers several prompts at once', {
      field: 'outputs.generations',
      expected: 'the generations of one prompt',
      got: 'several lists of generations',
      hint: 'Put each prompt on a line of its own.',
    });
  }
  const isEmpty = outputs === null || Object.keys(outputs).length === 0;
  const body = isEmpty ? null : outputOf(outputs, { field: 'outputs', n: parameters?.n });
  if (body !== null) return body;
  throw new VouchError('BAD_RECORD', 'has no answer', {
    field: 'outputs',
    expected: 'generations, choices or a message',
    got: outputs,
    hint: 'A run that is still pending has none; bulk exports need the fields inputs and outputs.',
  });
}

/** Feedback on the run: each piece if the export has them, else the average per key. */
function labelsIn(run: Fields): NamedLabel[] {
  if (Array.isArray(run.feedback)) {
    return run.feedback.filter(isObject).flatMap(({ key, score, value, feedback_source: from, created_at: time }) => {
      if (typeof key !== 'string') return [];
      return labelFrom(score ?? value, key, { source: objectOf(from)?.type, time }) ?? [];
    });
  }
  return Object.entries(objectOf(run.feedback_stats) ?? {}).flatMap(([key, stats]) => {
    const { n, avg, values } = objectOf(stats) ?? {};
    if (n === 0) return [];
    const words = Object.keys(objectOf(values) ?? {});
    return labelFrom(avg ?? (words.length === 1 ? words[0] : undefined), key) ?? [];
  });
}
