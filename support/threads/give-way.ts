import { setPriority } from 'node:os';

/**
 * Lets this thread give way to others where processors are few, by so much (19 is the most). Only on Linux: elsewhere
 * it would be the priority of the whole process.
 */
export function giveWay(nice: number): void {
  if (process.platform === 'linux') setPriority(0, nice);
}
