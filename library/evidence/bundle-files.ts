import { type Bundle, manifestBytesOf } from '../../models/bundle/read.js';

/** Files of a bundle that people read. The model, and what only programs need, stay in the bundle. */
const COPIED = ['card.html', 'card.md', 'report.html', 'report.json', 'golden.json'] as const;

/** Copies of a bundle's files, byte for byte, so that their hashes are those of its manifest. */
export async function bundleFiles(
  bundle: Bundle,
  signature: string | null,
): Promise<Record<string, string | Uint8Array>> {
  const copied = COPIED.flatMap((name): [string, Uint8Array][] => {
    const content = bundle.files.get(name);
    return content === undefined ? [] : [[`bundle/${name}`, content]];
  });
  return {
    ...Object.fromEntries(copied),
    'bundle/manifest.json': await manifestBytesOf(bundle),
    ...(signature === null ? {} : { 'bundle/manifest.sig': signature }),
  };
}
