import { isObject } from '../../data/check-value.js';
import { boundedJson } from '../../data/read/json/bounded-json.js';
import { VouchError } from '../../support/errors.js';
import type { Loaded } from '../bundle/loaded.js';
import type { Api } from '../gateway/apis/api.js';
import { apis } from '../gateway/apis/list.js';
import { gatherWithin } from '../gateway/gather-within.js';
import { readAsk } from '../gateway/upstream/ask.js';
import { judge } from '../gateway/verdict/judge.js';
import { eventsOf } from '../gateway/wire/events.js';
import { inferBody } from '../oip/infer-body.js';
import { openModels } from '../oip/models.js';
import { scoreBody } from '../routes/score-body.js';
import type { Listener } from './job-events.js';
import type { Job, JudgeJob, Results } from './jobs.js';

/** Does a job in the same way as the event loop does a short one. */
export async function perform(job: Job, loaded: Loaded, listener: Listener): Promise<Results[Job['kind']]> {
  const { ran, scored } = listener;
  switch (job.kind) {
    case 'score': {
      const work = { options: job.options, metrics: { ran }, scored };
      return scoreBody(Buffer.from(job.body), { reasons: job.reasons, trace: job.trace, loaded, work });
    }
    case 'infer': {
      const model = openModels(job.name).find(({ name }) => name === job.model)!;
      const work = { options: job.options, metrics: { ran }, scored };
      return inferBody(Buffer.from(job.body), { header: job.header, model, loaded, work });
    }
    case 'judge':
      return judgeBytes(job, loaded, listener);
  }
}

async function judgeBytes(job: JudgeJob, loaded: Loaded, { scored, failed }: Listener): Promise<Results['judge']> {
  const { format, task, limits, selected } = job;
  const api = apis.find((each) => each.format === format)!;
  const ask = readAsk(Buffer.from(job.request), api);
  const response = await responseIn(api, job);
  if (ask === null || !isObject(response))
    throw new VouchError('BAD_REQUEST', 'the thread read something else than the gateway');
  const live = { take: () => loaded, give: () => {} };
  return judge({ live, task, limits, scored, failed }, ask, response, { selected, large: null });
}

async function responseIn(api: Api, { answer, stream, limits }: JudgeJob): Promise<unknown> {
  const bytes = Buffer.from(answer);
  if (!stream) return boundedJson(bytes.toString());
  const gathered = gatherWithin(api, { bytes: bytes.length, limits });
  for await (const event of eventsOf(once(bytes), limits.event)) gathered.add(event);
  return gathered.response();
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
