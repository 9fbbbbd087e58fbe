import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { KeeperCore } from './keeper-core.js';
import { failureOf } from './keeper-message.js';
import type { Answer, FromWorker, ToWorker, WorkerStart } from './keeper-message.js';

/** The thread that holds the keys: a thin shell over KeeperCore. Started by `openKeeper`. */
const port = parentPort!;
const say = (message: FromWorker) => port.postMessage(message);

try {
  const core = await KeeperCore.open(workerData as WorkerStart, { bytes: (count) => randomBytes(count) });
  port.on('message', ({ batch, requests }: ToWorker) => {
    void Promise.all(requests.map((request) => answer(core, request))).then((answers) =>
      say({ kind: 'answers', batch, answers }),
    );
  });
  say({ kind: 'ready', keys: core.keys(), selfTest: core.selfTest() });
} catch (error) {
  say({ kind: 'failed', failure: failureOf(error) });
}

async function answer(core: KeeperCore, request: ToWorker['requests'][number]): Promise<Answer> {
  try {
    return { signature: await core.sign(request) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
