import { type ArtefactKey, artefacts } from '../../report/evidence/artefacts.js';

/** By which file an artefact is known to be there, where that is not the file it points to. */
const BY_FILE: Partial<Record<ArtefactKey, string>> = {
  changes: 'previous/changes.json',
  monitor: 'monitor/',
  evaluations: 'evaluations/',
  feedback: 'store/feedback.json',
};

/** The artefacts that a folder with these files has. The page itself and SHA256SUMS always are in it. */
export function presentIn(files: Readonly<Record<string, unknown>>): Set<ArtefactKey> {
  const paths = [...Object.keys(files), 'SHA256SUMS'];
  const has = (path: string) => paths.some((each) => (path.endsWith('/') ? each.startsWith(path) : each === path));
  return new Set(artefacts.filter(({ key, at }) => has(BY_FILE[key] ?? at.split('#')[0])).map(({ key }) => key));
}
