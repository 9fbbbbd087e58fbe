import type { LogVerifier } from '../../core/journal/index.js';
import type { KeptKey, SignRequest } from '../../ports/keeper.js';
import type { Random } from '../../ports/random.js';
import { keyNotFound, keyRefused } from './errors.js';
import { traceRule } from './journal-proof.js';
import type { TraceRule } from './journal-proof.js';
import { Keystore } from './keystore.js';
import { openSigner } from './signer.js';
import type { Signer } from './signer.js';
import { chooseSm2Engine } from './sm2-engine.js';
import type { Sm2Engine } from './sm2-engine.js';

export interface KeeperOptions {
  readonly keystore: { readonly directory: string; readonly passphrase: string | Uint8Array };
  /** The journal whose proofs let seal and data keys sign. */
  readonly journal: LogVerifier;
}

/** Keys of an authority and decryption keys stay in the keystore: nothing that a service signs needs them. */
const SIGNING = new Set<string>(['seal', 'data', 'journal', 'token']);

/**
 * The keeper without its thread: opens the keystore once, holds the decoded keys, and says yes or no to each request.
 * A key signs for its own purpose only, so a token can never pass for a checkpoint, nor either for a seal.
 */
export class KeeperCore {
  private constructor(
    private readonly held: ReadonlyMap<string, { readonly key: KeptKey; readonly signer: Signer }>,
    private readonly requireTrace: TraceRule,
    private readonly engine: Sm2Engine,
  ) {}

  static async open({ keystore, journal }: KeeperOptions, random: Random): Promise<KeeperCore> {
    const engine = chooseSm2Engine(random);
    const store = await Keystore.open({ ...keystore, random });
    const held = new Map<string, { key: KeptKey; signer: Signer }>();
    for (const key of store.keys().filter(({ purpose }) => SIGNING.has(purpose))) {
      const pkcs8 = store.privateKey(key.keyId);
      held.set(key.keyId, { key, signer: openSigner(key.suite, pkcs8, engine) });
      pkcs8.fill(0);
    }
    store.close();
    return new KeeperCore(held, traceRule(journal), engine);
  }

  keys(): readonly KeptKey[] {
    return [...this.held.values()].map(({ key }) => key);
  }

  selfTest(): { readonly sm2Engine: string; readonly passed: boolean } {
    return { sm2Engine: this.engine.name, passed: this.engine.passed };
  }

  /** @throws KeyError KEY_NOT_FOUND, KEY_REFUSED */
  async sign(request: SignRequest): Promise<Uint8Array> {
    const { keyId, purpose, message } = request;
    const found = this.held.get(keyId);
    if (!found) throw keyNotFound(keyId);
    const { key, signer } = found;
    if (key.purpose !== purpose)
      throw keyRefused(keyId, { en: `it is not for purpose ${purpose}`, zh: `该密钥的用途不是 ${purpose}` });
    if (request.purpose === 'seal' || request.purpose === 'data') await this.requireTrace(key, message, request.proof);
    return signer.sign(message);
  }
}
