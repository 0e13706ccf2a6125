/**
 * Texts of the tokens by which models end an answer. Endpoints that list special tokens give one behind the answer's own; the answer
 * itself ends before it. Sources: `eos_token`, `additional_special_tokens` and chat templates in the models' own tokenizer files.
 */
const endMarks: ReadonlySet<string> = new Set([
  // ChatML (Qwen, SmolLM, Yi, InternLM, Kimi), GPT-2 and what descends from it (OLMo, Falcon, StableLM, Phi)
  '<|im_end|>',
  '<|endoftext|>',
  // sentencepiece models: Llama 1 and 2, Mistral, Zephyr, Vicuna, T5, Ernie
  '</s>',
  // Llama 3 and 4
  '<|eot_id|>',
  '<|eom_id|>',
  '<|end_of_text|>',
  '<|eot|>',
  '<|eom|>',
  // Gemma
  '<end_of_turn>',
  '<eos>',
  '<turn|>',
  // Phi-3 and 4, gpt-oss
  '<|end|>',
  '<|return|>',
  '<|call|>',
  // DeepSeek
  '<｜end▁of▁sentence｜>',
  '<|end▁of▁sentence|>',
  '<|EOT|>',
  // Cohere
  '<|END_OF_TURN_TOKEN|>',
  '<|END_RESPONSE|>',
  '<EOS_TOKEN>',
  // GLM ends where another speaks
  '<|user|>',
  '<|observation|>',
  // others: OpenChat, InternLM, EXAONE, Hunyuan, MiniMax, Kimi, Seed, Apertus, Ernie, dots
  '<|end_of_turn|>',
  '<eoa>',
  '[|endofturn|]',
  '<|eos|>',
  '[e~[',
  '[EOS]',
  '[EOT]',
  '<seed:eos>',
  '<|assistant_end|>',
  '<|end_of_sentence|>',
  '<|endofresponse|>',
]);

/** Whether a token's text is one by which a model ends its answer. */
export function isEndMark(text: string): boolean {
  return endMarks.has(text);
}
