import { suiteById } from '../crypto/index.js';
import {
  TAG,
  canonicalJson,
  childrenOf,
  der,
  equalBytes,
  expectTag,
  fromBase64url,
  fromUtf8,
  parseJson,
  readDer,
  readOctetString,
} from '../encoding/index.js';
import { recover, type Json } from '../errors/index.js';
import { readBinding } from './binding.js';
import { RenditionError } from './errors.js';
import { asRecord, asText } from './json-shape.js';
import type { Intent, JournalProof } from './types.js';

const INTENT_MEMBERS = ['id', 'sealCode', 'keyId', 'suite', 'binding', 'salt', 'saltedDigest', 'at'];
const SALT_BYTES = 16;
const MAX_TEXT = 256;
/** A proof of 40 levels with a dozen signature lines is far below this. */
const MAX_PROOF = 16_384;
/** RFC 3339 UTC with milliseconds. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Value of the signed attribute OID_JOURNAL_PROOF, DER:
 *
 *     JournalProof ::= SEQUENCE { intent OCTET STRING -- canonical JSON (RFC 8785) --, proof UTF8String }
 */
export function encodeJournalProof({ intent, proof }: JournalProof): Uint8Array {
  return der.sequence(der.octetString(canonicalJson(intent as unknown as Json)), der.utf8String(proof));
}

/** Strict: DER, exactly the two members. The proof's text is not read here. @throws RenditionError JOURNAL_PROOF_MALFORMED */
export function decodeJournalProof(bytes: Uint8Array): JournalProof {
  return guarded(() => {
    const [intent, proof, extra] = childrenOf(readDer(bytes, { maxDepth: 2, maxNodes: 4 }));
    if (extra) throw malformedProof('members');
    return {
      intent: readIntent(readOctetString(intent)),
      proof: proofText(fromUtf8(expectTag(proof, TAG.utf8String).contents)),
    };
  });
}

/** The same as the JSON of a JWS header parameter. @throws RenditionError JOURNAL_PROOF_MALFORMED */
export function readJournalProof(value: Json | undefined): JournalProof {
  return guarded(() => {
    const { intent, proof } = asRecord(value, ['intent', 'proof'], malformedProof);
    return { intent: intentOf(intent), proof: proofText(proof) };
  });
}

/** An intent from its canonical JSON; any other spelling of the same value is refused. @throws RenditionError JOURNAL_PROOF_MALFORMED */
export function readIntent(bytes: Uint8Array): Intent {
  return guarded(() => {
    const value = parseJson(bytes, 8);
    if (!equalBytes(canonicalJson(value), bytes)) throw malformedProof('canonical form');
    return intentOf(value);
  });
}

function intentOf(value: Json | undefined): Intent {
  const record = asRecord(value, INTENT_MEMBERS, malformedProof);
  const text = (name: string) => asText(record[name], MAX_TEXT, malformedProof);
  const [suite, salt, saltedDigest, at] = [suiteById(text('suite')), text('salt'), text('saltedDigest'), text('at')];
  if (fromBase64url(salt).length !== SALT_BYTES) throw malformedProof('salt');
  // Hashes of the suites here are of 32, 48 or 64 bytes.
  if (!/^([0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/.test(saltedDigest)) throw malformedProof('saltedDigest');
  if (!isInstant(at)) throw malformedProof('at');
  return {
    id: text('id'),
    sealCode: text('sealCode'),
    keyId: text('keyId'),
    suite: suite.id,
    binding: readBinding(record['binding']),
    salt,
    saltedDigest,
    at,
  };
}

/** The round trip catches 31 February. */
function isInstant(text: string): boolean {
  const time = INSTANT.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

const proofText = (value: Json | undefined): string => asText(value, MAX_PROOF, malformedProof);

/** Whatever is wrong inside has one code: the caller only needs to know that there is no usable proof. */
function guarded<T>(read: () => T): T {
  return recover(read, (cause) => {
    throw cause.code === 'JOURNAL_PROOF_MALFORMED' ? cause : malformedProof('contents', cause);
  });
}

function malformedProof(what: string, cause?: unknown): RenditionError {
  return new RenditionError(
    'JOURNAL_PROOF_MALFORMED',
    { en: 'the journal proof is malformed', zh: '日志证明格式错误' },
    { details: { what }, cause },
  );
}
