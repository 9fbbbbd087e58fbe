import { hash } from '#primitives';
import { suiteById } from '../../src/core/crypto/index.js';
import type { SuiteId } from '../../src/core/crypto/index.js';
import { canonicalJson, concat, toBase64url, toHex } from '../../src/core/encoding/index.js';
import type { Json } from '../../src/core/errors/index.js';
import { blindedLeaf, checkpointText, leafHash, treeRoot, writeTlogProof } from '../../src/core/journal/index.js';
import type { Intent, JournalProof, RenditionKind } from '../../src/core/renditions/index.js';
import { TEST_ORIGIN, signNote } from './journal-keys.js';

const SALT = Uint8Array.from({ length: 16 }, (_, i) => i + 1);

/** An intent about `contentDigest`, as the operations write it. */
export function intentAbout(input: {
  keyId: string;
  suite: SuiteId;
  kind: RenditionKind;
  contentDigest: Uint8Array;
  salt?: Uint8Array;
}): Intent {
  const { keyId, suite, kind, contentDigest, salt = SALT } = input;
  return {
    id: 'intent-1',
    sealCode: '99990000000001',
    keyId,
    suite,
    binding: {
      licence: '1.2.156.3005.2.sample',
      version: '001',
      kind,
      commitment: { sha256: '00', sm3: '00' },
      requiredSuites: [suite],
    },
    salt: toBase64url(salt),
    saltedDigest: toHex(hash(suiteById(suite).hash, concat([salt, contentDigest]))),
    at: '2026-11-24T08:00:00.000Z',
  };
}

/** The proof that the test journal (tests/support/journal-keys.ts) had this intent as its third and last leaf. */
export function proofOf(intent: Intent, sign: (text: string) => string = signNote, origin = TEST_ORIGIN): JournalProof {
  const content = hash('sha256', canonicalJson(intent as unknown as Json));
  const leaf = leafHash(blindedLeaf(saltOf(intent), content));
  const others = [1, 2].map((n) => leafHash(Uint8Array.of(n)));
  const checkpoint = sign(checkpointText(origin, { size: 3, root: treeRoot([...others, leaf]) }));
  return { intent, proof: writeTlogProof({ index: 2, hashes: [treeRoot(others)], checkpoint }) };
}

const saltOf = ({ salt }: Intent) => Uint8Array.from(Buffer.from(salt, 'base64url'));
