import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('child.mjs', import.meta.url));

export const hasTaskset = works('taskset', '-c', '0', 'true');

/** `command` on one core where `taskset` is there, else as it is. */
export const pinned = (core, command) =>
  core === null || !hasTaskset ? command : ['taskset', '-c', String(core), ...command];

const running = new Set();

/** Ends what still measures, after a failure. */
export function stopSubjects() {
  for (const worker of running) worker.kill('SIGKILL');
}

/** Starts a process with one subject, on one core or (null) on all. */
export async function startSubject(module, options, core = 0) {
  const [command, ...args] = pinned(core, [process.execPath, child]);
  const worker = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  running.add(worker);
  let settle = () => {};
  worker.on('message', (message) => settle(message));
  worker.on('exit', (code) => {
    running.delete(worker);
    settle({ error: `the measured process ended with ${code}` });
  });
  const ask = async (task, rest = {}) => {
    const message = await new Promise((resolve) => {
      settle = resolve;
      worker.send({ task, ...rest });
    });
    if (message.error !== undefined) throw new Error(message.error);
    return message.answer;
  };
  const { cases, facts } = await ask('prepare', { module, options });
  return {
    cases,
    facts,
    run: (name, seconds) => ask('run', { name, seconds }),
    async close() {
      await ask('close');
      settle = () => {};
      worker.disconnect();
    },
  };
}

export function works(command, ...args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
