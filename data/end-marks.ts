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

/** Special tokens as models spell them: <|im_end|>, </s>, <end_of_turn>, <｜end▁of▁sentence｜>, [EOS]; <0x0A> is a byte. */
const SPELLED = /^(?:<(?!0x)[^<>\s]{1,40}>|\[[A-Z_/]{2,20}\])$/;

/**
 * Whether a token's text, white space around it aside, is an end mark or spelled as special tokens are. An answer may hold such a text too
 * (`<b>`): ask only where it is known not to be the answer's.
 */
export function isSpecialToken(text: string): boolean {
  const token = text.trim();
  return endMarks.has(token) || SPELLED.test(token);
}

/** Whether a token's text is one by which a model ends its answer. */
export function isEndMark(text: string): boolean {
  return endMarks.has(text);
}
