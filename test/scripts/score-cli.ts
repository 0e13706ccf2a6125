import { register as score } from '../../scripts/commands/score.js';
import { runAsProcess } from '../support/run-as-process.js';

/** `vouch score` alone, for tests that start, interrupt and kill it as a process of its own. */
runAsProcess(score);
