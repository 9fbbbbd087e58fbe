import { hash } from '#primitives';
import { concat, toBase64, toBase64url, toHex } from '../../core/encoding/index.js';
import { suiteById } from '../../core/crypto/index.js';
import type { Binding, Intent, JournalProof } from '../../core/renditions/index.js';
import type { SealKey } from '../../core/seal/index.js';
import type { Clock, Documents, IntentRecord, Keeper, Random } from '../../ports/index.js';
import { intentEntry, type Sequencer } from '../journal/index.js';

export interface SignWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly documents: Documents;
  readonly keeper: Keeper;
  readonly sequencer: Sequencer;
}

/** Something that a key is to sign, before the journal has heard of it. */
export interface ToSign {
  readonly purpose: 'seal' | 'data';
  readonly key: SealKey;
  readonly sealCode: string;
  readonly binding: Binding;
  /** Hash (of the suite) of what is to be signed; known before the proof exists, since the proof goes into what is signed. */
  readonly contentDigest: Uint8Array;
  /** The bytes for the key, once the proof is known. */
  readonly message: (proof: JournalProof) => Uint8Array;
}

export interface Signed {
  readonly intentId: string;
  readonly proof: JournalProof;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Intent -> sequence -> sign, for several at once (decision 2: no seal without a trace).
 *
 * Order is the argument: the intents are durable before the journal has them, the journal has them before the keeper is
 * asked, and the keeper checks that itself. A signature is kept before anyone uses it. After a crash an intent that is
 * still open had an unknown outcome and is closed as such; a repeated request makes new intents.
 */
export async function signWithIntent(world: SignWorld, items: readonly ToSign[]): Promise<readonly Signed[]> {
  const at = world.clock.now().toISOString();
  const intents = items.map((item) => intentFor(item, world.random, at));
  const open = intents.map((intent): IntentRecord => ({
    id: intent.id,
    intent,
    licence: intent.binding.licence,
    outcome: 'open',
    isOpen: 1,
    leafIndex: null,
    signature: null,
  }));
  await Promise.all(open.map((record) => world.documents.insert('intents', record)));
  const leaves = await world.sequencer.append(intents.map(intentEntry));
  return Promise.all(
    items.map(async ({ purpose, key, message: build }, i) => {
      const intent = intents[i]!;
      const leaf = leaves[i]!;
      const proof: JournalProof = { intent, proof: leaf.proof };
      const message = build(proof);
      const signature = await world.keeper.sign({ purpose, keyId: key.keyId, message, proof });
      const kept: IntentRecord = {
        ...open[i]!,
        outcome: 'signed',
        isOpen: 0,
        leafIndex: leaf.index,
        signature: toBase64(signature),
      };
      await world.documents.replace('intents', kept, 1);
      return { intentId: intent.id, proof, message, signature };
    }),
  );
}

function intentFor({ key, sealCode, binding, contentDigest }: ToSign, random: Random, at: string): Intent {
  const salt = random.bytes(16);
  const suite = suiteById(key.suite);
  return {
    id: toHex(random.bytes(16)),
    sealCode,
    keyId: key.keyId,
    suite: key.suite,
    binding,
    salt: toBase64url(salt),
    saltedDigest: toHex(hash(suite.hash, concat([salt, contentDigest]))),
    at,
  };
}
