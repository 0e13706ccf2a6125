import { html } from '../report/markup.js';
import type { Store } from '../store/open.js';
import type { Asked, Setting } from './asked.js';
import { labelsFile } from './labels-file.js';
import { pages } from './pages/list.js';
import { bundleReader } from './read/bundle-facts.js';
import { documentOf, type PageName } from './shell/document.js';

/** Draws what is asked for: a page as HTML, or the file `labels.jsonl`. Errors: STORE_BAD, STORE_UNAVAILABLE. */
export type Draw = (asked: Asked) => Promise<string>;

export function drawer(store: Store, setting: Setting): Draw {
  const readFacts = bundleReader(setting.model);
  return async (asked) => {
    const { db } = store;
    if (asked.page === 'labels.jsonl') return labelsFile(db, setting.queue, asked.tenant);
    const name = asked.page as PageName;
    const page = pages[name];
    const main = await page.draw({ db, setting, asked, bundle: () => readFacts(asked.digest) });
    const { base, vouch } = setting;
    const own = { title: page.title, base, page: name, isSignedIn: asked.isSignedIn, vouch };
    return documentOf(own, html`<h1>${page.title}</h1>\n${main}`);
  };
}
