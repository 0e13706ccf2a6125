import type { Command } from 'commander';
import { register as adapt } from './adapt.js';
import { register as collect } from './collect.js';
import { register as doctor } from './doctor.js';
import { register as enrich } from './enrich.js';
import { register as evaluate } from './evaluate.js';
import { register as exportBundle } from './export.js';
import { register as features } from './features.js';
import { register as gateway } from './gateway.js';
import { register as label } from './label.js';
import { register as score } from './score.js';
import { register as serve } from './serve.js';
import { register as setupTfjs } from './setup-tfjs-node.js';
import { register as train } from './train.js';

/** All commands in the order the help shows them. */
export const commands: readonly ((program: Command) => void)[] = [
  train,
  score,
  evaluate,
  adapt,
  exportBundle,
  features,
  label,
  collect,
  enrich,
  serve,
  gateway,
  doctor,
  setupTfjs,
];
