import type { Loaded } from '../bundle/loaded.js';
import { judge } from '../gateway/verdict/judge.js';
import { inferBody } from '../oip/infer-body.js';
import { openModels } from '../oip/models.js';
import { scoreBody } from '../routes/score-body.js';
import type { Listener } from './job-events.js';
import type { Job, JudgeJob, Results } from './jobs.js';
import { readBriefly, scoreRecords } from './read-again.js';
import { readBytes } from './read-bytes.js';

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
    case 'read':
      return readBriefly(job.source, listener.failed);
    case 'records':
      return scoreRecords(job, loaded, listener);
  }
}

async function judgeBytes(job: JudgeJob, loaded: Loaded, { scored, failed }: Listener): Promise<Results['judge']> {
  const { task, limits, selected } = job;
  const { ask, response } = await readBytes(job);
  const live = { take: () => loaded, give: () => {} };
  return judge({ live, task, limits, scored, failed }, ask, response, { selected, large: null });
}
