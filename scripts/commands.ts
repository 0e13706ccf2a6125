import type { Command } from 'commander';

/** A command's module; nothing of it, nor of what it works with, is loaded before the command is asked for. */
interface Lazy {
  name: string;
  load(): Promise<{ register(program: Command): void }>;
}

/** All commands in the order the help shows them. */
export const commands: readonly Lazy[] = [
  { name: 'read', load: () => import('./commands/read.js') },
  { name: 'train', load: () => import('./commands/train.js') },
  { name: 'score', load: () => import('./commands/score.js') },
  { name: 'evaluate', load: () => import('./commands/evaluate.js') },
  { name: 'adapt', load: () => import('./commands/adapt.js') },
  { name: 'export', load: () => import('./commands/export.js') },
  { name: 'sign', load: () => import('./commands/sign.js') },
  { name: 'features', load: () => import('./commands/features.js') },
  { name: 'label', load: () => import('./commands/label.js') },
  { name: 'collect', load: () => import('./commands/collect.js') },
  { name: 'enrich', load: () => import('./commands/enrich.js') },
  { name: 'serve', load: () => import('./commands/serve.js') },
  { name: 'gateway', load: () => import('./commands/gateway.js') },
  { name: 'doctor', load: () => import('./commands/doctor.js') },
  { name: 'setup-tfjs', load: () => import('./commands/setup-tfjs-node.js') },
];
