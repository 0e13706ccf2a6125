/** A log that test/cases/formats/make-formats.mjs makes. Some are read together. */
export interface Log {
  files: readonly string[];
  /** The answers that are failed requests in the log. */
  failed?(i: number): boolean;
}

export const logs: readonly Log[] = [
  { files: ['litellm.jsonl'], failed: (i) => i === 3 },
  { files: ['proxy.jsonl'] },
  { files: ['proxy_messy.jsonl'], failed: (i) => i % 40 === 7 },
  { files: ['batch_in.jsonl', 'batch_out.jsonl'] },
  { files: ['batch_out.jsonl'] },
  { files: ['batch_err.jsonl'], failed: () => true },
  { files: ['responses_reqres.jsonl'] },
  { files: ['responses_bare.jsonl'] },
  { files: ['responses_batch.jsonl'] },
  { files: ['vllm_chat_bare.jsonl'] },
  { files: ['vllm_batch.jsonl'] },
  { files: ['vllm_completions.jsonl'] },
  { files: ['langfuse_observations.jsonl'] },
  { files: ['langfuse_traces.jsonl'] },
  { files: ['langfuse_ui.json'] },
  { files: ['otel.jsonl'] },
  { files: ['otel.json'] },
  { files: ['samples_gsm8k_2026-11-20T10-00-00.000000.jsonl'] },
  { files: ['samples_arc_2026-11-20T10-00-00.000000.jsonl'] },
  { files: ['promptfoo.json'] },
  { files: ['promptfoo.jsonl'] },
  { files: ['inspect.json'] },
  { files: ['anthropic.jsonl'] },
  { files: ['helicone.jsonl'] },
  { files: ['records_array.json'] },
  { files: ['qa.csv'] },
];
