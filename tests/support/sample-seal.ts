import { hash } from '#primitives';
import { concat, canonicalJson, toBase64url, toHex } from '../../src/core/encoding/index.js';
import type { Json } from '../../src/core/errors/index.js';
import { blindedLeaf, checkpointText, leafHash, treeRoot, writeTlogProof } from '../../src/core/journal/index.js';
import { attributeSetOf } from './attribute-set.js';
import { readCertificate, signedAttributes, signedData } from '../../src/core/pki/index.js';
import type { Attribute } from '../../src/core/pki/index.js';
import {
  OID_JOURNAL_PROOF,
  OID_RENDITION_BINDING,
  addJournalProof,
  encodeBinding,
  encodeJournalProof,
  prepareSdJwt,
  serialiseSdJwt,
} from '../../src/core/renditions/index.js';
import type { Binding, Intent, JournalProof, SdJwtDraft } from '../../src/core/renditions/index.js';
import { TEST_ORIGIN, signNote } from './journal-keys.js';
import type { MiniPki, Party } from './mini-pki.js';
import { REQUIRED, sampleCommitment, sampleLicence } from './sample-licence.js';

export const SEALED_AT = '2026-03-05T02:00:00.000Z';

/** The intent for `contentDigest`, as the product writes it. */
export function sampleIntent(
  signer: Party,
  binding: Binding,
  contentDigest: Uint8Array,
  changes: Partial<Intent> = {},
): Intent {
  const salt = new Uint8Array(16).fill(7);
  const saltedDigest = toHex(hash(signer.key.suite.hash, concat([salt, contentDigest])));
  const suite = signer.key.suite.id;
  return {
    id: 'intent-1',
    sealCode: signer.subject.name,
    keyId: 'key-1',
    suite,
    binding,
    salt: toBase64url(salt),
    saltedDigest,
    at: SEALED_AT,
    ...changes,
  };
}

/** The test journal had the intent as its third leaf of three. */
export function sampleProof(intent: Intent): JournalProof {
  const salt = new Uint8Array(16).fill(7);
  const leaf = leafHash(blindedLeaf(salt, hash('sha256', canonicalJson(intent as unknown as Json))));
  const others = [1, 2].map((n) => leafHash(Uint8Array.of(n)));
  const checkpoint = signNote(checkpointText(TEST_ORIGIN, { size: 3, root: treeRoot([...others, leaf]) }));
  return { intent, proof: writeTlogProof({ index: 2, hashes: [treeRoot(others)], checkpoint }) };
}

/** A CMS over `messageDigest`, with binding and journal proof, as the product makes it. `attributes` may spoil it. */
export function sampleCms(input: {
  readonly pki: MiniPki;
  readonly messageDigest: Uint8Array;
  readonly binding: Binding | null;
  readonly intent?: Partial<Intent>;
  readonly certificates?: readonly Uint8Array[];
  readonly attributes?: (own: readonly Attribute[]) => readonly Attribute[];
}): Uint8Array {
  const { pki, messageDigest, binding } = input;
  const { signer, authority, suite } = pki;
  const extra: Attribute[] = [];
  if (binding) {
    extra.push({ oid: OID_RENDITION_BINDING, values: [encodeBinding(binding)] });
    const proof = sampleProof(sampleIntent(signer, binding, messageDigest, input.intent));
    extra.push({ oid: OID_JOURNAL_PROOF, values: [encodeJournalProof(proof)] });
  }
  const signed = signedAttributes({ messageDigest, signingCertificate: readCertificate(signer.der), suite, extra });
  const set = input.attributes ? attributeSetOf(signed, input.attributes) : signed;
  const certificates = input.certificates ?? [signer.der, authority.der];
  return signedData({ suite, signedAttributes: set, signature: signer.key.sign(set), certificates });
}

export function sampleSdJwt(
  pki: MiniPki,
  changes: Partial<SdJwtDraft> = {},
  disclosed?: readonly number[],
): Uint8Array {
  const { commitment, disclosures } = sampleCommitment();
  const texts = disclosures.map(({ text }) => text);
  const draft: SdJwtDraft = {
    licence: sampleLicence,
    commitment,
    disclosures: texts,
    requiredSuites: REQUIRED,
    suite: pki.suite,
    issuedAt: new Date(SEALED_AT),
    ...changes,
  };
  const prepared = prepareSdJwt(draft);
  const { identifier, version } = draft.licence;
  const binding: Binding = {
    licence: identifier,
    version,
    kind: 'sd-jwt',
    commitment: draft.commitment,
    requiredSuites: REQUIRED,
  };
  const proof = sampleProof(sampleIntent(pki.signer, binding, prepared.contentDigest));
  const signable = addJournalProof(prepared, { proof, certificates: [pki.signer.der, pki.authority.der] });
  const shown = disclosed ? { ...prepared, disclosures: disclosed.map((i) => texts[i]!) } : prepared;
  return serialiseSdJwt({ ...signable, prepared: shown }, pki.signer.key.sign(signable.signingInput));
}
