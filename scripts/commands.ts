import type { Command } from 'commander';

/** One command. Its module, and all that the module imports, is loaded only when `load` is called. */
interface Lazy {
  name: string;
  load(): Promise<{ register(program: Command): void }>;
}

/** All commands, in the order in which the help lists them. */
export const commands: readonly Lazy[] = [
  { name: 'read', load: () => import('./commands/read.js') },
  { name: 'train', load: () => import('./commands/train.js') },
  { name: 'score', load: () => import('./commands/score.js') },
  { name: 'evaluate', load: () => import('./commands/evaluate.js') },
  { name: 'monitor', load: () => import('./commands/monitor.js') },
  { name: 'adapt', load: () => import('./commands/adapt.js') },
  { name: 'recalibrate', load: () => import('./commands/recalibrate.js') },
  { name: 'versions', load: () => import('./commands/versions.js') },
  { name: 'export', load: () => import('./commands/export.js') },
  { name: 'sign', load: () => import('./commands/sign.js') },
  { name: 'features', load: () => import('./commands/features.js') },
  { name: 'label', load: () => import('./commands/label.js') },
  { name: 'policy', load: () => import('./commands/choosing/policy.js') },
  { name: 'vote', load: () => import('./commands/choosing/vote.js') },
  { name: 'choose', load: () => import('./commands/choosing/choose.js') },
  { name: 'tune', load: () => import('./commands/tune.js') },
  { name: 'collect', load: () => import('./commands/collect.js') },
  { name: 'enrich', load: () => import('./commands/enrich.js') },
  { name: 'serve', load: () => import('./commands/serve.js') },
  { name: 'gateway', load: () => import('./commands/gateway.js') },
  { name: 'feedback', load: () => import('./commands/feedback.js') },
  { name: 'langfuse', load: () => import('./commands/langfuse.js') },
  { name: 'audit', load: () => import('./commands/audit.js') },
  { name: 'evidence', load: () => import('./commands/evidence.js') },
  { name: 'store', load: () => import('./commands/store.js') },
  { name: 'doctor', load: () => import('./commands/doctor.js') },
  { name: 'setup-tfjs', load: () => import('./commands/setup-tfjs-node.js') },
];
