import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { questionFields, textsOf } from '../parts/question-of.js';

/** Events of OpenAI Evals: one event (`sampling`) asks for a sample, and a later one (`match`) grades it. */
export const openaiEvals: LogFormat = {
  name: 'openai-evals',
  title: 'OpenAI Evals event logs',
  source: 'github.com/openai/evals: evals/record.py, evals/base.py (looked up 2026-11)',
  detect: (row) => {
    if (isEvent(row) || isJoined(row)) return 'run_id, sample_id, type and data';
    return isSettings(row) || ('final_report' in row && Object.keys(row).length === 1) ? 'spec or final_report' : null;
  },
  pieceOf(row) {
    if (isEvent(row)) return `${row.run_id}/${row.sample_id}`;
    // the first line; it shows that the file contains pieces
    return isSettings(row) ? `${objectOf(row.spec)?.run_id}` : null;
  },
  isLast: (row) => row.type === 'match' || row.type === 'metrics' || 'spec' in row,
  join: (events) => ({ events }),
  read(row) {
    const events = (Array.isArray(row.events) ? row.events : [row]).map((event) => objectOf(event) ?? {});
    return [
      events.some(isEvent) ? partOf(events.filter(isEvent)) : { passed: 'the settings or the report of the run' },
    ];
  },
  mapping: [
    ['', 'the events of one `run_id` and `sample_id` are joined'],
    ['id', '`RUN_ID/sample_id`'],
    ['group', '`sample_id`: runs of one evaluation by several models share it'],
    ['prompt or messages', '`prompt` of the first `sampling` event'],
    ['answer, samples', '`sampled` of the first `sampling` event: the first is the answer'],
    ['reference', '`expected` of the `match` event'],
    ['labels', '`correct` of the `match` event, by the name `match`'],
    ['model', 'not in the events: the `spec` line names it. Give it by --model-name'],
  ],
  example:
    '{"run_id":"r1","event_id":0,"sample_id":"capitals.dev.0","type":"sampling",' +
    '"data":{"prompt":[{"role":"user","content":"What is the capital of Australia?"}],' +
    '"sampled":["Canberra"]},"created_by":"","created_at":"2026-11-20 10:00:00+00:00"}\n' +
    '{"run_id":"r1","event_id":1,"sample_id":"capitals.dev.0","type":"match","data":{"correct":true,' +
    '"expected":"Canberra","picked":"Canberra","sampled":"Canberra"},"created_by":"",' +
    '"created_at":"2026-11-20 10:00:01+00:00"}',
};

function isEvent(row: Fields): boolean {
  return 'run_id' in row && 'event_id' in row && 'sample_id' in row && typeof row.type === 'string' && 'data' in row;
}

/** The line with the settings of the run. */
function isSettings(row: Fields): boolean {
  const spec = objectOf(row.spec);
  return spec !== null && 'run_id' in spec && ('eval_name' in spec || 'completion_fns' in spec);
}

/** What `join` creates: events and nothing else. */
function isJoined(row: Fields): boolean {
  return Array.isArray(row.events) && Object.keys(row).length === 1;
}

function partOf(events: Fields[]): Part {
  const [{ run_id, sample_id }] = events;
  const dataOf = (type: string): Fields | null => objectOf(events.find((event) => event.type === type)?.data);
  const sampling = dataOf('sampling');
  const match = dataOf('match');
  const failure = dataOf('error');
  const sampled = sampling?.sampled ?? match?.sampled;
  const answers = (Array.isArray(sampled) ? sampled : [sampled]).filter((text) => typeof text === 'string');
  if (answers.length === 0) {
    if (failure !== null) {
      const failed = new VouchError('BAD_RECORD', `the request failed: ${failure.message ?? 'no reason given'}`, {
        field: 'error',
      });
      return { value: { events }, failed };
    }
    return { passed: `an event without an answer (${events.map(({ type }) => type).join(', ')})` };
  }
  const time = events[0].created_at;
  const reference = textsOf(match?.expected);
  return {
    record: {
      id: `${run_id}/${sample_id}`,
      group: String(sample_id),
      ...(typeof time === 'string' ? { time: time.replace(' ', 'T') } : {}),
      ...questionFields(sampling?.prompt ?? match?.prompt),
      answer: answers[0],
      ...(answers.length > 1 ? { samples: answers.slice(1).map((answer) => ({ answer })) } : {}),
      ...(reference.length > 0 ? { reference } : {}),
      ...(typeof match?.correct === 'boolean'
        ? { labels: [{ value: match.correct ? 1 : 0, source: 'openai-evals', name: 'match' }] }
        : {}),
    },
  };
}
