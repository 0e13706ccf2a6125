import PQueue from 'p-queue';
import { labelRecord, newLabelled } from '../../data/label/label-record.js';
import type { AnswerRecord } from '../../data/record.js';
import type { PolicyField } from '../../serve/gateway/policy/policy-field.js';
import { type Asking, DECODING } from './asking.js';

/** What came back for one question. */
export interface Lived {
  decision: string | null;
  why: string | null;
  policy: PolicyField;
  /** Whether the answer that the client got is right. */
  isRight: boolean;
  milliseconds: number;
}

const AT_ONCE = 2;

/** Asks every question through the gateway, as a client would, and grades the answers that come back. */
export async function askLive(url: string, model: string, all: readonly Asking[]): Promise<Lived[]> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  return queue.addAll(
    all.map(({ id, task, messages, reference, grader }) => async (): Promise<Lived> => {
      const began = performance.now();
      const reply = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages, ...DECODING, vouch: { group: id, task } }),
      });
      const body = (await reply.json()) as {
        choices: { message: { content: string } }[];
        vouch: Omit<Lived, 'isRight'>;
      };
      const milliseconds = performance.now() - began;
      const record = { id, answer: body.choices[0].message.content, reference, grader } as unknown as AnswerRecord;
      labelRecord(record, { withField: 'grader' }, newLabelled());
      const { decision, why, policy } = body.vouch;
      return { decision, why, policy, isRight: record.labels?.[0].value === 1, milliseconds };
    }),
  );
}
