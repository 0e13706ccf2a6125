/**
 * Texts of the tokens with which models end an answer. Endpoints that list special tokens list one after the answer's
 * own tokens; the answer's text does not contain it. Sources: `eos_token`, `additional_special_tokens` and chat
 * templates in the models' own tokenizer files.
 */
const endMarks: ReadonlySet<string> = new Set([
  // ChatML (Qwen, SmolLM, Yi, InternLM, Kimi), GPT-2 and models derived from it (OLMo, Falcon, StableLM, Phi)
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
  // GLM ends its turn with the token that starts another speaker's turn
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

/**
 * How models spell special tokens: <|im_end|>, </s>, <end_of_turn>, <｜end▁of▁sentence｜>, [EOS]. <0x0A> is a byte and
 * does not match.
 */
const SPELLED = /^(?:<(?!0x)[^<>\s]{1,40}>|\[[A-Z_/]{2,20}\])$/;

/**
 * Whether a token's text, trimmed, is an end mark or is spelled like a special token. An answer may contain such a text
 * too (`<b>`): call it only for tokens that are known not to belong to the answer.
 */
export function isSpecialToken(text: string): boolean {
  const token = text.trim();
  return endMarks.has(token) || SPELLED.test(token);
}

/** Whether a token's text is one with which models end an answer. */
export function isEndMark(text: string): boolean {
  return endMarks.has(text);
}
