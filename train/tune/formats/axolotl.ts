import type { TunePart } from '../results.js';
import type { FormatFacts, RowFormat } from './format.js';

/**
 * Axolotl: the `chat_template` type, where `training` says which turns are learned: the last one; for pairs
 * `chat_template.default` of `rl: dpo`. `config.yaml` is a LoRA run over both files; its numbers for LoRA are those of
 * Axolotl's own example for Llama 3.2 1B. Source: Axolotl documentation, "Conversation" and "RLHF".
 */
export const axolotl: RowFormat = {
  row: ({ prompt, target }) =>
    'completion' in target
      ? {
          messages: [
            ...prompt.map((turn) => ({ ...turn, training: false })),
            { role: 'assistant', content: target.completion, training: true },
          ],
        }
      : {
          messages: prompt,
          chosen: { role: 'assistant', content: target.chosen },
          rejected: { role: 'assistant', content: target.rejected },
        },
  files: (facts) => ({ 'config.yaml': config(facts) }),
};

function config({ isPairs, baseModel, parts, seed }: FormatFacts): string {
  const set = (part: TunePart) =>
    isPairs
      ? `  - path: ${part}.jsonl
    ds_type: json
    split: train
    type: chat_template.default
    field_messages: messages
    field_chosen: chosen
    field_rejected: rejected`
      : `  - path: ${part}.jsonl
    ds_type: json
    split: train
    type: chat_template
    field_messages: messages
    message_field_training: training
    roles_to_train: []
    train_on_eos: turn`;
  const validates = parts.includes('validation');
  return `# Run in this folder: axolotl train config.yaml
# test.jsonl is for you, to measure the tuned model on questions that it has not seen.
base_model: ${JSON.stringify(baseModel)}
${isPairs ? 'rl: dpo\n' : ''}datasets:
${set('train')}
${validates ? `test_datasets:\n${set('validation')}\n` : ''}val_set_size: 0
output_dir: ./tuned
seed: ${seed}

adapter: lora
lora_r: 16
lora_alpha: 32
lora_dropout: 0.05
lora_target_linear: true

sequence_len: 2048
sample_packing: false
micro_batch_size: 2
gradient_accumulation_steps: 2
num_epochs: 1
optimizer: adamw_torch
lr_scheduler: cosine
learning_rate: ${isPairs ? '0.000005' : '0.0002'}
warmup_ratio: 0.1
weight_decay: 0.0
bf16: auto
gradient_checkpointing: true
logging_steps: 10
${validates ? 'evals_per_epoch: 4\n' : ''}saves_per_epoch: 1
`;
}
