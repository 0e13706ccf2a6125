import type { PageName } from '../shell/document.js';
import { feedback } from './feedback.js';
import { now } from './now.js';
import type { Page } from './page.js';
import { reliability } from './reliability.js';
import { review } from './review.js';
import { scores } from './scores.js';
import { versions } from './versions.js';

/** The pages by their names in the menu. */
export const pages: Readonly<Record<PageName, Page>> = { now, reliability, scores, feedback, review, versions };
