import type { TuneFormat } from '../results.js';
import { axolotl } from './axolotl.js';
import type { RowFormat } from './format.js';
import { openai } from './openai.js';
import { trl } from './trl.js';

/** All formats by name. */
export const formats: Record<TuneFormat, RowFormat> = { openai, trl, axolotl };
