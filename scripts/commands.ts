import type { Command } from 'commander';

/** A command's module; nothing of it, nor of what it works with, is loaded before the command is asked for. */
interface Lazy {
  name: string;
  load(): Promise<{ register(program: Command): void }>;
}

/** All commands in the order the help shows them. */
export const commands: readonly Lazy[] = [
  { name: 'read', load: () => import('./read.js') },
  { name: 'train', load: () => import('./train.js') },
  { name: 'score', load: () => import('./score.js') },
  { name: 'evaluate', load: () => import('./evaluate.js') },
  { name: 'adapt', load: () => import('./adapt.js') },
  { name: 'export', load: () => import('./export.js') },
  { name: 'sign', load: () => import('./sign.js') },
  { name: 'features', load: () => import('./features.js') },
  { name: 'label', load: () => import('./label.js') },
  { name: 'collect', load: () => import('./collect.js') },
  { name: 'enrich', load: () => import('./enrich.js') },
  { name: 'serve', load: () => import('./serve.js') },
  { name: 'gateway', load: () => import('./gateway.js') },
  { name: 'doctor', load: () => import('./doctor.js') },
  { name: 'setup-tfjs', load: () => import('./setup-tfjs-node.js') },
];
