import { list } from '../markdown.js';

/** What the people who trained a bundle say about it; empty texts if they said nothing. */
export interface About {
  owner: string;
  contact: string;
  intendedUse: string;
  version: string;
}

/** Each of these texts: its name in the card, and the option that states it. */
export const aboutFields: readonly { key: keyof About; label: string; option: string }[] = [
  { key: 'owner', label: 'Owner', option: '--owner' },
  { key: 'contact', label: 'Contact', option: '--contact' },
  { key: 'intendedUse', label: 'Intended use', option: '--intended-use' },
  { key: 'version', label: 'Version', option: '--bundle-version' },
];

/** The options of a run that say it. Older reports do not have them. */
export function aboutOf(options: Record<string, unknown>): About {
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  return {
    owner: text(options.owner),
    contact: text(options.contact),
    intendedUse: text(options.intendedUse),
    version: text(options.bundleVersion),
  };
}

/** The card's list of these texts. What was not stated is named with the option that states it. */
export function aboutList(options: Record<string, unknown>): string {
  const about = aboutOf(options);
  return list(
    aboutFields.map(({ key, label, option }) => [label, about[key] === '' ? `not stated (${option})` : about[key]]),
  );
}
