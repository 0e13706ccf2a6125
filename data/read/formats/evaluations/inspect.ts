import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { textsOf } from '../parts/question-of.js';
import { gradeOf, scoreFields } from '../parts/scores.js';
import { inspectMessages, inspectReply, withAttachments } from './inspect-messages.js';

/** Logs of the UK AI Security Institute's Inspect: one document with all samples, or one sample per row. */
export const inspect: LogFormat = {
  name: 'inspect',
  title: 'Inspect evaluation logs',
  source:
    'github.com/UKGovernmentBEIS/inspect_ai 0.3.285, EvalLog version 2: log/_log.py, model/_model_output.py, ' +
    'scorer/_metric.py (looked up 2026-11)',
  detect: (row) => {
    if (isSample(row)) return 'id, epoch, input, target and output';
    const spec = objectOf(row.eval);
    if (spec === null || typeof spec.task !== 'string' || !('status' in row || 'plan' in row)) return null;
    return 'eval.task and status';
  },
  read(row) {
    if (isSample(row)) return [partOf(row, {}, row)];
    if (!Array.isArray(row.samples)) {
      throw new VouchError('BAD_RECORD', 'this log contains no samples', {
        field: 'samples',
        expected: 'a list of samples',
        got: row.samples,
        hint:
          'It was written with --no-log-samples, or it is only the header of a log. `inspect log dump FILE` ' +
          'writes the whole log.',
      });
    }
    return row.samples.map((sample) => partOf(objectOf(sample) ?? {}, objectOf(row.eval) ?? {}, row));
  },
  mapping: [
    ['id', 'the `uuid` of the sample, else `EVAL_ID/TASK/ID/EPOCH`'],
    ['group', '`TASK/ID`: epochs of one sample share it, and runs of the same task by other models'],
    ['task, model, time', '`eval.task`; `output.model`, else `eval.model`; `completed_at`, else `eval.created`'],
    ['prompt or messages', '`messages` before the reply, else `input`; attachments are put back'],
    ['answer', '`output.completion`, what scorers read; `null` if the reply calls a tool or was filtered'],
    ['reasoning', 'content parts of type `reasoning`; their summary if they are redacted'],
    ['tokens', '`output.choices[0].logprobs`'],
    ['samples', 'further `output.choices`'],
    ['finish', '`stop_reason` of the first choice'],
    ['decoding', 'what `eval.model_generate_config` and `plan.config` set'],
    ['reference', '`target`'],
    [
      'labels',
      '`scores` by the name of the scorer, converted as by Inspect’s `value_to_float`: C 1, P 0.5, I 0, N ' +
        '(no answer or a refusal) 0, true, false, yes, no, numbers in 0..1. Values with several keys are ' +
        'labels `SCORER.KEY`. NaN (not scored) is not a label. The person who edited a score is its `rater`',
    ],
    [
      'scores',
      'scores of any other kind (1 to 10, own grades), as they are; they become labels if --label-threshold, ' +
        '--label-scale or --label-values covers them, and −1 is a label if 1 occurs too',
    ],
    ['metadata', "the sample's own"],
    ['set aside', 'samples that ended with an `error`'],
  ],
  example:
    '{"version":2,"status":"success","eval":{"eval_id":"e1","created":"2026-11-20T10:00:00+00:00",' +
    '"task":"capitals","model":"openai/gpt-4o-mini"},"samples":[{"id":1,"epoch":1,"input":"What is the ' +
    'capital of Australia?","target":"Canberra","messages":[{"role":"user","content":"What is the capital of ' +
    'Australia?"},{"role":"assistant","content":"Canberra"}],"output":{"model":"gpt-4o-mini",' +
    '"choices":[{"message":{"role":"assistant","content":"Canberra"},"stop_reason":"stop"}],' +
    '"completion":"Canberra"},"scores":{"match":{"value":"C","answer":"Canberra"}}}]}',
};

/** A sample on its own line has both its place in the evaluation and its output. */
function isSample(row: Fields): boolean {
  return 'epoch' in row && 'input' in row && 'target' in row && objectOf(row.output) !== null;
}

function partOf(sample: Fields, spec: Fields, log: Fields): Part {
  const failure = objectOf(sample.error);
  if (failure !== null || (typeof sample.error === 'string' && sample.error !== '')) {
    const reason = String(failure?.message ?? sample.error).split('\n', 1)[0];
    return {
      value: sample,
      failed: new VouchError('BAD_RECORD', `the sample failed: ${reason.replace(/\.$/, '')}`, { field: 'error' }),
    };
  }
  const { input, messages, output } = withAttachments(sample);
  const made = objectOf(output) ?? {};
  const choices = (Array.isArray(made.choices) ? made.choices : []).map((choice) => objectOf(choice) ?? {});
  if (choices.length === 0) {
    const limit = objectOf(sample.limit)?.type ?? sample.limit;
    return {
      value: sample,
      failed: new VouchError('BAD_RECORD', 'has no answer', {
        field: 'output.choices',
        expected: 'a reply of the model',
        got: limit == null ? made.choices : `none: the ${limit} limit ended it`,
      }),
    };
  }
  const [{ answer, ...reply }, ...others] = choices.map((choice, i) =>
    inspectReply(choice, i === 0 ? made.completion : undefined),
  );
  const samples = others.filter((other) => other.answer !== null);
  const task = typeof spec.task === 'string' ? spec.task : undefined;
  const set = { ...objectOf(spec.model_generate_config), ...objectOf(objectOf(log.plan)?.config) };
  const decoding = Object.fromEntries(Object.entries(set).filter(([, value]) => value != null));
  const time = sample.completed_at ?? spec.created;
  const model = made.model || spec.model;
  const reference = textsOf(sample.target);
  const metadata = objectOf(sample.metadata) ?? {};
  return {
    record: {
      ...identity(sample, spec, task),
      ...(typeof model === 'string' ? { model } : {}),
      ...(task === undefined ? {} : { task }),
      ...(typeof time === 'string' ? { time } : {}),
      ...inspectMessages(input, messages, choices[0]),
      answer,
      ...reply,
      ...(samples.length > 0
        ? { samples: samples.map(({ answer, tokens }) => ({ answer, ...(tokens === undefined ? {} : { tokens }) })) }
        : {}),
      ...(Object.keys(decoding).length > 0 ? { decoding } : {}),
      ...(reference.length > 0 ? { reference } : {}),
      ...scoresOf(sample, log),
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    },
  };
}

function identity({ id, epoch, uuid }: Fields, { eval_id, run_id }: Fields, task: string | undefined): Fields {
  if (task === undefined) return typeof uuid === 'string' ? { id: uuid } : {};
  const run = eval_id || run_id;
  const path = [...(run ? [run] : []), task, id, epoch].join('/');
  return { id: typeof uuid === 'string' && uuid !== '' ? uuid : path, group: `${task}/${id}` };
}

/** Scores by the names of their scorers. Version 1 of the log has one score per sample, which the results name. */
function scoresOf(sample: Fields, log: Fields): Fields {
  const results = objectOf(log.results);
  const first = objectOf((Array.isArray(results?.scores) ? results.scores : [])[0]) ?? objectOf(results?.scorer);
  const scores =
    objectOf(sample.scores) ??
    (objectOf(sample.score) === null ? {} : { [String(first?.name ?? 'score')]: sample.score });
  const fields: Fields = {};
  for (const [name, each] of Object.entries(scores)) {
    const score = objectOf(each) ?? { value: each };
    const values =
      objectOf(score.value) === null ? [[name, score.value] as const] : keyed(name, objectOf(score.value) as Fields);
    const { labels, scores: rest } = scoreFields(values, 'inspect', gradeOf);
    const rater = raterOf(score);
    for (const label of (labels as Fields[] | undefined) ?? []) {
      fields.labels = [...((fields.labels as Fields[]) ?? []), { ...label, ...rater }];
    }
    if (rest !== undefined) fields.scores = { ...(fields.scores as Fields), ...(rest as Fields) };
  }
  return fields;
}

function keyed(name: string, values: Fields): [string, unknown][] {
  return Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]);
}

/** The person who last edited the value of a score, if any. */
function raterOf(score: Fields): Fields {
  const edits = (Array.isArray(score.history) ? score.history : []).map((edit) => objectOf(edit) ?? {});
  const last = edits.findLast((edit) => edit.value !== 'UNCHANGED' && objectOf(edit.provenance) !== null);
  const author = objectOf(last?.provenance)?.author;
  return typeof author === 'string' ? { rater: author } : {};
}
