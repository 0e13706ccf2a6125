/** The tags around a model's reasoning. */
interface ThinkingTags {
  open: string;
  close: string;
}

/**
 * Pairs of tags, the most common first: DeepSeek, Qwen and most others; Claude prompts; EXAONE Deep; GRPO recipes;
 * ByteDance Seed-OSS; Mistral's Magistral; Kimi; Cohere Command A; Gemma 4. Source: vllm/reasoning/*.py of
 * vllm-project/vllm and the models' chat templates (looked up 2026-11).
 */
export const thinkingTags: readonly ThinkingTags[] = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '<thought>', close: '</thought>' },
  { open: '<reasoning>', close: '</reasoning>' },
  { open: '<seed:think>', close: '</seed:think>' },
  { open: '[THINK]', close: '[/THINK]' },
  { open: '◁think▷', close: '◁/think▷' },
  { open: '<|START_THINKING|>', close: '<|END_THINKING|>' },
  { open: '<|channel>', close: '<channel|>' },
];
