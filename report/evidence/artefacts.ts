/** Something that an evidence folder can hold. The mapping names it by its key. */
interface Artefact {
  key: string;
  /** The file or folder inside the evidence folder, with the section of the page. */
  at: string;
  /** What it is, in a few words. */
  title: string;
  /** If it is not in the folder: what to run. */
  missing: string;
}

const always = 'it is always there';

/** All of them. `card.…` are sections of card.html. */
const list = [
  { key: 'card', at: 'card.html', title: 'the card', missing: always },
  { key: 'card.purpose', at: 'card.html#purpose', title: 'purpose and owner', missing: always },
  { key: 'card.promise', at: 'card.html#promise', title: 'thresholds and promise', missing: always },
  { key: 'card.covered', at: 'card.html#covered', title: 'who is covered', missing: always },
  { key: 'card.quality', at: 'card.html#quality', title: 'metrics with intervals', missing: always },
  { key: 'card.choices', at: 'card.html#choices', title: 'what was tried and chosen', missing: always },
  { key: 'card.provenance', at: 'card.html#provenance', title: 'provenance', missing: always },
  { key: 'card.limits', at: 'card.html#limits', title: 'limits', missing: always },
  { key: 'card.sign-off', at: 'card.html#sign-off', title: 'sign-off block', missing: always },
  { key: 'report', at: 'bundle/report.html', title: 'the report', missing: always },
  { key: 'manifest', at: 'bundle/manifest.json', title: 'the manifest', missing: always },
  { key: 'golden', at: 'bundle/golden.json', title: 'reference rows, recomputed', missing: always },
  { key: 'sums', at: 'SHA256SUMS', title: 'hashes of all files', missing: always },
  {
    key: 'signature',
    at: 'bundle/manifest.sig',
    title: 'signatures',
    missing: 'sign the bundle: vouch sign BUNDLE --key FILE',
  },
  {
    key: 'changes',
    at: 'card.html#changes',
    title: 'changes since the last version',
    missing: 'give the last version: vouch evidence --previous DIR',
  },
  {
    key: 'monitor',
    at: 'card.html#drift',
    title: 'drift and promise in use',
    missing: 'run vouch monitor --out FILE, then vouch evidence --monitor FILE',
  },
  {
    key: 'evaluations',
    at: '#evaluations',
    title: 'evaluations on new answers',
    missing: 'run vouch evaluate --out FILE, then vouch evidence --evaluation FILE',
  },
  {
    key: 'feedback',
    at: 'card.html#feedback',
    title: 'feedback counts',
    missing: 'keep a store (vouch serve --store), then vouch evidence --store STORE',
  },
  {
    key: 'audit',
    at: 'store/audit.json',
    title: 'verification of the log',
    missing: 'keep a store (vouch serve --store), then vouch evidence --store STORE',
  },
  {
    key: 'decisions',
    at: 'store/decisions.jsonl',
    title: 'a random sample of decisions',
    missing: 'keep a store (vouch serve --store), then vouch evidence --store STORE',
  },
] as const satisfies readonly Artefact[];

export type ArtefactKey = (typeof list)[number]['key'];

export const artefacts: readonly (Artefact & { key: ArtefactKey })[] = list;

/** The artefact with this key. */
export function artefactOf(key: ArtefactKey): Artefact {
  return artefacts.find((each) => each.key === key) as Artefact;
}
