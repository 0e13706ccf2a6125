import { beforeAll, describe } from 'vitest';
import { build, installPacked, root } from '../../packed/install.js';
import { testPagesRun } from '../../packed/page-checks.js';

/** The other pages train five more times with the default options: VOUCH_PAGES=all runs them too. */
const those = process.env.VOUCH_PAGES === 'all' ? undefined : ['docs/tutorial.md'];

/** The first tier runs all pages with quick trainings. Here they run as their reader would run them. */
describe('pages, word for word', () => {
  let user: string;
  beforeAll(() => {
    build();
    user = installPacked(root, 'user');
  }, 600_000);

  testPagesRun(() => user, { isQuick: false }, those);
});
