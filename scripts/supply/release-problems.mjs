/**
 * What stands in the way of a release, as sentences; empty if nothing does.
 * `changes`: the output of `git status --porcelain`. `origin`: the URL of the git remote; empty if there is none.
 */
export function releaseProblems({ manifest, lock, changelog, changes, origin }) {
  const { version, repository } = manifest;
  const problems = [];
  if (changes.trim() !== '') problems.push('The working tree has changes. Commit them first.');
  if (lock.version !== version) {
    problems.push(`package-lock.json has version ${lock.version}, package.json ${version}. Run npm install.`);
  }
  const heading = changelog.split('\n').find((line) => line.startsWith('## '));
  const date = /^## (\S+) \((\d{4}-\d{2}-\d{2})\)$/.exec(heading ?? '');
  if (date === null || date[1] !== version) {
    problems.push(`CHANGELOG.md begins with "${heading ?? ''}", expected "## ${version} (YYYY-MM-DD)".`);
  }
  const url = typeof repository === 'string' ? repository : repository?.url;
  if (url === undefined) {
    problems.push(
      'package.json names no repository, and provenance needs one. ' +
        (origin === ''
          ? 'Add a git remote "origin" and the field repository.url.'
          : `Run: npm pkg set repository.type=git repository.url=git+${origin}`),
    );
  } else if (origin !== '' && bare(url) !== bare(origin)) {
    problems.push(`repository.url of package.json is ${url}, but the git remote is ${origin}.`);
  }
  return problems;
}

/** A git address without protocol, user and ending: host/owner/name. */
function bare(url) {
  return url
    .replace(/^git\+/, '')
    .replace(/^(?:https?|ssh|git):\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):/, '$1/')
    .replace(/(?:\.git)?\/?$/, '');
}
