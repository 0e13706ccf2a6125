import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Spark standalone cluster on this machine: one master, two workers of one core, all real processes. */
export interface Cluster {
  /**
   * Runs a job of examples/spark to its end; while it runs, kills a worker with all it started once `tasks` tasks are done and both
   * workers have one in hand.
   */
  run(script: string[], conf: Record<string, string>, tasks: number): Promise<Outcome>;
  stop(): void;
}

export interface Outcome {
  /** Exit status of the job, workers alive at its end, tasks done when one was killed, and tasks that were lost and run again. */
  code: number | null;
  alive: number;
  doneAtKill: number;
  lost: number;
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
    const log = openSync(join(dir, `${name}.log`), 'a');
    const child = spawn(join(home, 'bin', args[0]), args.slice(1), {
      env,
      cwd: dir,
      detached: true,
      stdio: ['ignore', log, log],
    });
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
  let jobs = 0;
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
    while (workers.length < 2) workers.push(startWorker());
    await waitFor(2);
    const all = {
      'spark.executor.memory': '700m',
      'spark.driver.host': '127.0.0.1',
      'spark.ui.port': `${jobUi}`,
      ...conf,
    };
    const flags = Object.entries(all).flatMap(([key, value]) => ['--conf', `${key}=${value}`]);
    const name = `job-${jobs++}`;
    const job = start(name, ['spark-submit', '--master', url, ...flags, ...script]);
    const ended = new Promise<number | null>((done) => job.once('exit', done));
    const over = () => job.exitCode !== null || job.signalCode !== null;
    let doneAtKill = 0;
    for (let busy = 0; (doneAtKill < tasks || busy < 2) && !over(); await sleep(100)) {
      ({ done: doneAtKill, busy } = await stateOf(jobUi));
    }
    if (!over()) kill(workers.shift()!);
    const code = await Promise.race([ended, sleep(400_000, -1)]);
    // attempt 1 of a task: its attempt 0 was lost with the executor
    const again = /Starting task \d+\.[1-9]\d* in stage/g;
    const lost = readFileSync(join(dir, `${name}.log`), 'utf8').match(again)?.length ?? 0;
    return { code, alive: await alive(), doneAtKill, lost };
  };
  return { run, stop: () => children.forEach(kill) };
}

/** Tasks of the running job that are done, and executors that run one now. */
async function stateOf(port: number): Promise<{ done: number; busy: number }> {
  const api = `http://127.0.0.1:${port}/api/v1/applications`;
  const id = (await json(api))?.[0]?.id;
  const executors: { completedTasks: number; activeTasks: number }[] =
    id === undefined ? [] : ((await json(`${api}/${id}/executors`)) ?? []);
  return {
    done: executors.reduce((sum, { completedTasks }) => sum + completedTasks, 0),
    busy: executors.filter(({ activeTasks }) => activeTasks > 0).length,
  };
}

/** What an address on this machine answers; null where nothing does within three seconds: a job that ends may leave it hanging. */
// biome-ignore lint/suspicious/noExplicitAny: Spark's own JSON
function json(url: string): Promise<any> {
  const answer = fetch(url)
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  return Promise.race([answer, sleep(3000, null, { ref: false })]);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
