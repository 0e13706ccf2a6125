import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { madeAnswers } from '../support/answers.js';
import { brief } from '../support/trained.js';
import { badInputs } from './bad-input.js';
import { build, env, installPacked, root } from './install.js';
import { bytesIn, loadedBy } from './loads.js';
import { testPages } from './page-checks.js';
import { QUICK, quickened } from './run-page.js';

function installed(dir: string): string[] {
  const lock = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  return Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1) as string);
}

/** What only training, tables and the command line take. */
const trainer = /tensorflow|tfjs|arquero|plot|linkedom|hyparquet|commander/;

/** Both packages packed, installed in empty folders and used there: what CI builds is what users get. */
describe('packed and installed elsewhere', () => {
  let user: string;
  let service: string;

  beforeAll(() => {
    build();
    user = installPacked(root, 'user');
    service = installPacked(join(root, 'dist', 'vouch-scorer'), 'service');
    const lines = madeAnswers(200).map((record) => JSON.stringify(record));
    writeFileSync(join(user, 'answers.jsonl'), `${lines.join('\n')}\n`);
    writeFileSync(join(user, 'brief.json'), JSON.stringify(brief));
    writeFileSync(join(user, 'quick.json'), JSON.stringify(QUICK));
  }, 600_000);

  const vouch = (...args: string[]) => spawnSync('npx', ['vouch', ...args], { cwd: user, env, encoding: 'utf8' });

  it('npx vouch train makes a bundle', () => {
    const run = vouch('train', 'answers.jsonl', '--out', 'bundle', '--config', 'brief.json', '--json', '--quiet');
    expect(run.stderr).not.toMatch(/unexpected|at .*\.js:/);
    expect(run.status).toBe(0);
    const summary = JSON.parse(run.stdout) as { answers: number; metrics: { auroc: { value: number } } };
    expect(summary.answers).toBe(400);
    expect(summary.metrics.auroc.value).toBeGreaterThan(0.6);
  }, 600_000);

  it('npx vouch score scores every answer in order', () => {
    const run = vouch('score', 'answers.jsonl', '--model', 'bundle', '--out', 'scores.jsonl', '--quiet');
    expect(run.status, run.stderr).toBe(0);
    const rows = readFileSync(join(user, 'scores.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map((row) => row.id)).toEqual(madeAnswers(200).map((record) => record.id));
    for (const { probability } of rows) expect(probability >= 0 && probability <= 1).toBe(true);
  }, 600_000);

  it('vouch-scorer opens the bundle and gives the same probabilities', () => {
    writeFileSync(
      join(service, 'score.js'),
      `import { readFileSync } from 'node:fs';
import { openScorer } from 'vouch-scorer';
const records = readFileSync(process.argv[3], 'utf8').trim().split('\\n').map((line) => JSON.parse(line));
const scorer = await openScorer(process.argv[2]);
console.log(JSON.stringify(await scorer.scoreMany(records.slice(0, 20))));
`,
    );
    const said = execFileSync('node', ['score.js', join(user, 'bundle'), join(user, 'answers.jsonl')], {
      cwd: service,
      env,
    });
    const scores = JSON.parse(said.toString()) as { id: string; probability: number }[];
    const batch = readFileSync(join(user, 'scores.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .slice(0, 20)
      .map((line) => JSON.parse(line));
    scores.forEach(({ id, probability }, i) => {
      expect(id).toBe(batch[i].id);
      expect(probability).toBeCloseTo(batch[i].probability, 6);
    });
  });

  describe('as a library', () => {
    const quick = JSON.stringify({ ...QUICK, patterns: ['free'] });
    const program = (
      bundle: string,
    ) => `import { certify, evaluate, openScorer, readAnswers, score, train } from 'vouch';
const answers = [];
for await (const record of readAnswers('answers.jsonl')) answers.push(record);
const { bundle, report } = await train(answers.slice(0, 300), { out: '${bundle}', ...${quick} });
const scores = await score(answers.slice(300), { model: bundle });
const { answers: judged, metrics } = await evaluate(answers.slice(300), { model: bundle, resamples: 100 });
const scorer = await openScorer(bundle);
const { probability } = await scorer.score({ answer: 'Canberra' });
await scorer.close();
const labels = answers.slice(300).map(({ labels }) => labels?.[0]?.value ?? 0);
const groups = answers.slice(300).map(({ group }) => group ?? '');
const claim = certify({ scores: scores.map(({ probability }) => probability ?? 0), labels, groups, targetError: 0.3 });
console.log(JSON.stringify({ learned: report.data.labelled, n: scores.length, judged, auroc: metrics.auroc, probability, claim }));
`;
    const checks = (said: string) => {
      const { learned, n, judged, auroc, probability, claim } = JSON.parse(said);
      expect([learned, n, judged]).toEqual([300, 100, 100]);
      expect(auroc.value).toBeGreaterThan(0.5);
      expect(probability > 0 && probability < 1).toBe(true);
      expect([claim.groups, claim.n, claim.guarantee]).toEqual([35, 70, 'finite-sample']);
    };

    it('a program in plain JavaScript trains, scores, evaluates and certifies', () => {
      writeFileSync(join(user, 'program.js'), program('by-javascript'));
      checks(execFileSync('node', ['program.js'], { cwd: user, env, encoding: 'utf8' }));
    }, 600_000);

    it('the same in TypeScript passes the compiler and runs', () => {
      const own = program('by-typescript').replace('const answers =', 'const answers: AnswerRecord[] =');
      const typed = `import type { AnswerRecord } from 'vouch';
${own}const wrong = () =>
  // @ts-expect-error an option that is not known
  train(answers, { out: 'x', targetErorr: 0.1 });
void wrong;
`;
      writeFileSync(join(user, 'program.ts'), typed);
      const flags = '--module nodenext --target es2023 --lib es2023,dom --strict --skipLibCheck --outDir typed';
      execFileSync(join(root, 'node_modules/.bin/tsc'), ['program.ts', ...flags.split(' ')], {
        cwd: user,
        stdio: 'pipe',
      });
      checks(execFileSync('node', ['typed/program.js'], { cwd: user, env, encoding: 'utf8' }));
    }, 600_000);

    it('the import alone loads neither tfjs nor onnxruntime', () => {
      writeFileSync(join(user, 'import.js'), "import 'vouch';\n");
      const { packages } = loadedBy(user, ['import.js'], env);
      expect(packages).toContain('vouch');
      expect(packages.filter((name) => /^(@tensorflow|onnxruntime|arquero|@observablehq|linkedom)/.test(name))).toEqual(
        [],
      );
    });
  });

  testPages(() => user);

  it("README's ten lines work on logs and grades in separate files", () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const block = readme.match(/<!-- run -->\n```sh\n([\s\S]*?)```/)?.[1] as string;
    const dir = mkdtempSync(join(tmpdir(), 'vouch-readme-'));
    symlinkSync(join(user, 'node_modules'), join(dir, 'node_modules'));
    const records = madeAnswers(240);
    const write = (name: string, grades: string, some: typeof records) => {
      const logs = some.map(({ labels: _, ...log }) => JSON.stringify(log));
      writeFileSync(join(dir, name), `${logs.join('\n')}\n`);
      const lines = some.map(({ id, labels }) => `${id},${labels?.[0].value}`);
      writeFileSync(join(dir, grades), `id,label\n${lines.join('\n')}\n`);
    };
    writeFileSync(join(dir, 'quick.json'), JSON.stringify(QUICK));
    write('answers.jsonl', 'grades.csv', records.slice(0, 400));
    write('new.jsonl', 'new-grades.csv', records.slice(400));
    const run = spawnSync('bash', ['-euo', 'pipefail', '-c', quickened(block)], { cwd: dir, env, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    expect(readFileSync(join(dir, 'scores.jsonl'), 'utf8').trim().split('\n').length).toBe(80);
    expect(readFileSync(join(dir, 'runs/mine/report.html'), 'utf8')).toContain('<svg');
  }, 600_000);

  it("vouch-scorer's tree holds no trainer, and is as small as its runtime", () => {
    const names = installed(service).filter((name) => name !== '');
    const tree = join(service, 'node_modules');
    const own = bytesIn(join(tree, 'vouch-scorer'));
    const runtime = bytesIn(join(tree, 'onnxruntime-node')) + bytesIn(join(tree, 'onnxruntime-common'));
    const others = bytesIn(tree) - own - runtime;
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(
      `vouch-scorer installs ${names.length} packages: itself ${mb(own)}, onnxruntime ${mb(runtime)}, the others ${mb(others)}`,
    );
    expect(names).toContain('onnxruntime-node');
    expect(names.filter((name) => trainer.test(name))).toEqual([]);
    expect(names.length).toBeLessThanOrEqual(20);
    expect(own).toBeLessThan(1.5e6);
    expect(runtime).toBeLessThan(350e6); // the libraries of all platforms
    expect(others).toBeLessThan(10e6);
  });

  it('vouch-scorer loads itself, onnxruntime and zod, and no module of the trainer', () => {
    const { modules, packages } = loadedBy(
      service,
      ['score.js', join(user, 'bundle'), join(user, 'answers.jsonl')],
      env,
    );
    console.log(`vouch-scorer loads ${modules.length} modules of ${packages.join(', ')}`);
    expect(packages).toEqual(['onnxruntime-node', 'vouch-scorer', 'zod']);
    expect(modules.filter((url) => /vouch-scorer\/(train|scripts|serve|metrics)\//.test(url))).toEqual([]);
    expect(modules.length).toBeLessThan(400);
  });

  it.each([
    [['score', '--help'], /^(@tensorflow\/.*|@observablehq\/plot|linkedom|arquero)$/],
    [
      ['score', 'answers.jsonl', '--model', 'bundle', '--out', 'again.jsonl', '--quiet'],
      /^(@tensorflow\/.*|@observablehq\/plot|linkedom|arquero)$/,
    ],
    [['train', '--help'], /^(@tensorflow\/.*|@observablehq\/plot|linkedom|arquero|onnxruntime-node)$/],
    [['--help'], /^(@tensorflow\/.*|@observablehq\/plot|linkedom|arquero)$/],
    [['--version'], /^(?!vouch$|commander$)/],
    [['doctor', '--help'], /^(?!vouch$|commander$)/],
  ])('vouch %j loads only what it needs', (args, unwanted) => {
    const { packages } = loadedBy(user, [join(user, 'node_modules/vouch/dist/scripts/vouch.js'), ...args], env);
    expect(packages).toContain('vouch');
    expect(packages.filter((name) => unwanted.test(name))).toEqual([]);
  });

  it("vouch's tree holds no downloaded libtensorflow", () => {
    expect(installed(user).filter((name) => /tfjs-node/.test(name))).toEqual([]);
  });

  describe('bad input: one clear coded error, nothing half-written', () => {
    /** Runs in a folder of its own; the error is one line with its code, and nothing but the input is left. */
    function fails(dir: string, args: string[], code: string, says: RegExp): void {
      const before = readdirSync(dir).sort();
      const run = spawnSync('node', [join(user, 'node_modules/vouch/dist/scripts/vouch.js'), ...args], {
        cwd: dir,
        env,
        encoding: 'utf8',
      });
      expect(run.status, run.stderr).toBe(1);
      const said = run.stderr
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('vouch: '));
      expect(said.length).toBe(1);
      expect(said[0]).toMatch(new RegExp(`\\[VOUCH_${code}\\]$`));
      expect(said[0]).toMatch(says);
      expect(run.stderr).not.toMatch(/^\s+at /m);
      expect(readdirSync(dir).sort()).toEqual(before);
    }
    const folder = () => mkdtempSync(join(tmpdir(), 'vouch-bad-'));

    it.each(badInputs(madeAnswers(200)))('%s', (_, text, code, says) => {
      const dir = folder();
      writeFileSync(join(dir, 'answers.jsonl'), text);
      fails(dir, ['train', 'answers.jsonl', '--out', 'bundle', '--quiet'], code, says);
    });

    it('a missing file', () => {
      fails(folder(), ['train', 'nowhere.jsonl', '--out', 'bundle'], 'FILE_MISSING', /nowhere\.jsonl/);
    });

    it('an output that cannot be written, before any training', () => {
      const dir = folder();
      writeFileSync(join(dir, 'file'), '');
      fails(dir, ['train', join(user, 'answers.jsonl'), '--out', 'file/bundle'], 'OUT_UNWRITABLE', /file/);
    });

    it('an output folder that holds something else', () => {
      const dir = folder();
      mkdirSync(join(dir, 'photos'));
      writeFileSync(join(dir, 'photos', 'one.jpg'), 'mine');
      fails(dir, ['train', join(user, 'answers.jsonl'), '--out', 'photos'], 'OUT_EXISTS', /photos/);
      expect(readFileSync(join(dir, 'photos', 'one.jpg'), 'utf8')).toBe('mine');
    });

    it('a bundle of a newer format', () => {
      const dir = folder();
      cpSync(join(user, 'bundle'), join(dir, 'bundle'), { recursive: true });
      const path = join(dir, 'bundle', 'manifest.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"formatVersion": \d+/, '"formatVersion": 99'));
      fails(dir, ['score', join(user, 'answers.jsonl'), '--model', 'bundle', '--out', 's.jsonl'], 'BUNDLE_NEWER', /99/);
    });

    it('wrong usage exits 2 with one line and a code', () => {
      const run = spawnSync('npx', ['vouch', 'train'], { cwd: user, env, encoding: 'utf8' });
      expect(run.status).toBe(2);
      expect(run.stderr).toMatch(/^vouch: required option '--out <dir>' not specified\..*\[VOUCH_BAD_USAGE\]$/m);
    });

    it('bad lines are set aside, counted and named when asked, and the rest goes on', () => {
      const dir = folder();
      const good = madeAnswers(200).map((record) => JSON.stringify(record));
      writeFileSync(join(dir, 'answers.jsonl'), `${[...good.slice(0, 9), 'not json', ...good.slice(9)].join('\n')}\n`);
      const args = [
        'train',
        'answers.jsonl',
        '--out',
        'b',
        '--bad-lines',
        'skip',
        '--config',
        join(user, 'quick.json'),
      ];
      const run = spawnSync(
        'node',
        [join(user, 'node_modules/vouch/dist/scripts/vouch.js'), ...args, '--quiet', '--json'],
        {
          cwd: dir,
          env,
          encoding: 'utf8',
        },
      );
      expect(run.status, run.stderr).toBe(0);
      expect(JSON.parse(run.stdout).answers).toBe(400);
      const aside = JSON.parse(readFileSync(join(dir, 'b.bad.jsonl'), 'utf8').trim());
      expect(aside).toMatchObject({ line: 10, code: 'VOUCH_BAD_JSON', text: 'not json' });
    });
  });
});
