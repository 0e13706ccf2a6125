import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Spark standalone cluster on this machine: one master, two workers of one core, all real processes. */
export interface Cluster {
  /** Runs a job of examples/spark to its end; while it runs, kills a worker with all it started once `tasks` tasks are done. */
  run(script: string[], conf: Record<string, string>, tasks: number): Promise<{ alive: number; doneAtKill: number }>;
  stop(): void;
}

/** Starts it from the PySpark of a Python; logs go into `dir`. PySpark from PyPI has no sbin, so each part goes by spark-class. */
export async function startCluster(python: string, dir: string): Promise<Cluster> {
  const find = 'import os, pyspark; print(os.path.dirname(pyspark.__file__))';
  const home = execFileSync(python, ['-c', find], { encoding: 'utf8' }).trim();
  const env = {
    ...process.env,
    SPARK_HOME: home,
    SPARK_LOCAL_IP: '127.0.0.1',
    SPARK_NO_DAEMONIZE: '1',
    PYSPARK_PYTHON: python,
    PYSPARK_DRIVER_PYTHON: python,
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  };
  const children: ChildProcess[] = [];
  /** Each leads a process group, so that a worker dies with its executors. */
  const start = (name: string, args: string[]) => {
    const child = spawn(join(home, 'bin', args[0]), args.slice(1), { env, cwd: dir, detached: true, stdio: 'pipe' });
    const log = createWriteStream(join(dir, `${name}.log`));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    children.push(child);
    return child;
  };
  const kill = (child: ChildProcess) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, 'SIGKILL');
  };
  const [port, ui, jobUi] = [await freePort(), await freePort(), await freePort()];
  const url = `spark://127.0.0.1:${port}`;
  const deploy = 'org.apache.spark.deploy';
  const host = ['--host', '127.0.0.1'];
  start('master', ['spark-class', `${deploy}.master.Master`, ...host, '--port', `${port}`, '--webui-port', `${ui}`]);
  const alive = async (): Promise<number> => {
    const found = await json(`http://127.0.0.1:${ui}/json/`);
    return (found?.workers ?? []).filter(({ state }: { state: string }) => state === 'ALIVE').length;
  };
  let count = 0;
  const startWorker = () => {
    const work = join(dir, `work-${count}`);
    const size = ['--cores', '1', '--memory', '1g', '--work-dir', work, '--webui-port', '0'];
    return start(`worker-${count++}`, ['spark-class', `${deploy}.worker.Worker`, ...host, ...size, url]);
  };
  const workers = [startWorker(), startWorker()];
  const waitFor = async (wanted: number) => {
    for (let i = 0; i < 240; i++) {
      if ((await alive()) === wanted) return;
      await sleep(500);
    }
    throw new Error(`no ${wanted} workers after two minutes, see ${dir}`);
  };

  const run: Cluster['run'] = async (script, conf, tasks) => {
    await waitFor(2);
    const all = {
      'spark.executor.memory': '700m',
      'spark.driver.host': '127.0.0.1',
      'spark.ui.port': `${jobUi}`,
      ...conf,
    };
    const flags = Object.entries(all).flatMap(([key, value]) => ['--conf', `${key}=${value}`]);
    const job = start(`job-${count}`, ['spark-submit', '--master', url, ...flags, ...script]);
    const ended = new Promise<number | null>((done) => job.once('exit', done));
    const over = () => job.exitCode !== null || job.signalCode !== null;
    let doneAtKill = 0;
    for (; doneAtKill < tasks && !over(); await sleep(100)) doneAtKill = await tasksDone(jobUi);
    if (over()) throw new Error(`the job ended before a worker could be killed, see ${dir}`);
    kill(workers.shift()!);
    const code = await Promise.race([ended, sleep(400_000, -1)]);
    if (code !== 0) throw new Error(`the job ended with ${code}, see ${dir}`);
    const left = await alive();
    workers.push(startWorker());
    return { alive: left, doneAtKill };
  };
  return { run, stop: () => children.forEach(kill) };
}

/** Tasks that are done in all stages of the running job. */
async function tasksDone(port: number): Promise<number> {
  const api = `http://127.0.0.1:${port}/api/v1/applications`;
  const id = (await json(api))?.[0]?.id;
  const stages: { numCompleteTasks: number }[] = id === undefined ? [] : ((await json(`${api}/${id}/stages`)) ?? []);
  return stages.reduce((sum, { numCompleteTasks }) => sum + numCompleteTasks, 0);
}

/** What an address on this machine answers; null where nothing does yet. */
// biome-ignore lint/suspicious/noExplicitAny: Spark's own JSON
async function json(url: string): Promise<any> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
