import { Worker } from 'node:worker_threads';
import type { KeptKey, Keeper, SignRequest } from '../../ports/keeper.js';
import type { Random } from '../../ports/random.js';
import { KeyError } from './errors.js';
import { KeeperCore } from './keeper-core.js';
import type { KeeperOptions } from './keeper-core.js';
import { errorOf } from './keeper-message.js';
import type { Answer, FromWorker, ToWorker } from './keeper-message.js';

interface Waiting {
  readonly resolve: (signature: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The keeper in a thread of its own. Requests that are made in one turn of the event loop travel in one message.
 * An idle keeper does not keep the process alive.
 *
 * @throws KeyError KEYSTORE_LOCKED, KEYSTORE_MALFORMED, KEEPER_UNAVAILABLE
 */
export async function openKeeper(
  options: KeeperOptions,
  script = new URL('./keeper-worker.js', import.meta.url),
): Promise<Keeper> {
  const worker = new Worker(script, { workerData: plainOptions(options), execArgv: [] });
  const started = await new Promise<Extract<FromWorker, { kind: 'ready' }>>((resolve, reject) => {
    worker.once('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(message);
      else if (message.kind === 'failed') reject(errorOf(message.failure));
    });
    worker.once('error', (cause) => reject(unavailable(cause)));
    worker.once('exit', () => reject(unavailable()));
  });
  return new ThreadKeeper(worker, started.keys, started.selfTest);
}

/** Only what the worker needs, since what crosses between threads must be data. */
function plainOptions({ keystore, journal }: KeeperOptions): KeeperOptions {
  const { directory, passphrase } = keystore;
  const keys = journal.keys.map(({ name, suite, spki }) => ({ name, suite, spki }));
  return { keystore: { directory, passphrase }, journal: { origin: journal.origin, keys } };
}

/** The same rules without the thread: for tests and for tools that run alone. */
export async function openInlineKeeper(options: KeeperOptions, random: Random): Promise<Keeper> {
  const core = await KeeperCore.open(options, random);
  return {
    keys: () => Promise.resolve(core.keys()),
    sign: (request) => core.sign(request),
    selfTest: () => Promise.resolve(core.selfTest()),
    close: () => Promise.resolve(),
  };
}

class ThreadKeeper implements Keeper {
  private gathered: { readonly request: SignRequest; readonly waiting: Waiting }[] = [];
  private readonly underWay = new Map<number, readonly Waiting[]>();
  private batches = 0;
  private gone: Error | undefined;

  constructor(
    private readonly worker: Worker,
    private readonly known: readonly KeptKey[],
    private readonly tested: Awaited<ReturnType<Keeper['selfTest']>>,
  ) {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'answers') this.settle(message.batch, message.answers);
    });
    worker.on('error', (cause) => this.giveUp(unavailable(cause)));
    worker.on('exit', () => this.giveUp(unavailable()));
    worker.unref();
  }

  keys(): Promise<readonly KeptKey[]> {
    return Promise.resolve(this.known);
  }

  selfTest(): ReturnType<Keeper['selfTest']> {
    return Promise.resolve(this.tested);
  }

  sign(request: SignRequest): Promise<Uint8Array> {
    if (this.gone) return Promise.reject(this.gone);
    return new Promise((resolve, reject) => {
      if (this.gathered.push({ request, waiting: { resolve, reject } }) === 1) setImmediate(() => this.send());
    });
  }

  async close(): Promise<void> {
    this.giveUp(unavailable());
    await this.worker.terminate();
  }

  private send(): void {
    const gathered = this.gathered;
    this.gathered = [];
    if (gathered.length === 0) return;
    const batch = this.batches++;
    this.underWay.set(
      batch,
      gathered.map(({ waiting }) => waiting),
    );
    this.worker.ref();
    this.worker.postMessage({ batch, requests: gathered.map(({ request }) => request) } satisfies ToWorker);
  }

  private settle(batch: number, answers: readonly Answer[]): void {
    const waiting = this.underWay.get(batch) ?? [];
    this.underWay.delete(batch);
    if (this.underWay.size === 0) this.worker.unref();
    waiting.forEach((one, i) => {
      const answer = answers[i]!;
      if ('signature' in answer) one.resolve(answer.signature);
      else one.reject(errorOf(answer.failure));
    });
  }

  /** Whether a signature was made for those who wait is not known: they must take the intent as "outcome unknown". */
  private giveUp(error: Error): void {
    this.gone ??= error;
    const left = [...this.underWay.values(), this.gathered.map(({ waiting }) => waiting)].flat();
    this.underWay.clear();
    this.gathered = [];
    for (const { reject } of left) reject(this.gone);
  }
}

function unavailable(cause?: unknown): KeyError {
  return new KeyError('KEEPER_UNAVAILABLE', { en: 'the keeper is not running', zh: '密钥保管线程未运行' }, { cause });
}
