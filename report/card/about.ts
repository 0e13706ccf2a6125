import { list } from '../markdown.js';

/** What the people who trained a bundle say about it; empty texts if they said nothing. */
interface About {
  owner: string;
  intendedUse: string;
  version: string;
}

/** The options of a run that say it. Older reports do not have them. */
function aboutOf(options: Record<string, unknown>): About {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    owner: text(options.owner),
    intendedUse: text(options.intendedUse),
    version: text(options.bundleVersion),
  };
}

/** The card's list of owner, intended use and version. What was not stated is named with the option that states it. */
export function aboutList(options: Record<string, unknown>): string {
  const { owner, intendedUse, version } = aboutOf(options);
  const or = (text: string, option: string) => (text.trim() === '' ? `not stated (${option})` : text);
  return list([
    ['Owner', or(owner, '--owner')],
    ['Intended use', or(intendedUse, '--intended-use')],
    ['Version', or(version, '--bundle-version')],
  ]);
}
