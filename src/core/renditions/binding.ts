import { suiteById, type SuiteId } from '../crypto/index.js';
import {
  TAG,
  childrenOf,
  der,
  expectTag,
  fromHex,
  fromUtf8,
  readDer,
  readOctetString,
  toHex,
  type DerNode,
} from '../encoding/index.js';
import { recover, type Json } from '../errors/index.js';
import { RenditionError } from './errors.js';
import { asList, asRecord, asText } from './json-shape.js';
import type { Binding, DigestPair, RenditionKind } from './types.js';

const KINDS: readonly RenditionKind[] = ['pdf', 'ofd', 'sd-jwt', 'code'];
const DIGEST_BYTES = 32;
const MAX_SUITES = 16;
const MAX_TEXT = 128;

/**
 * Value of the signed attribute OID_RENDITION_BINDING, DER:
 *
 *     RenditionBinding ::= SEQUENCE {
 *       licence UTF8String, version UTF8String, kind UTF8String,
 *       sha256 OCTET STRING (SIZE 32), sm3 OCTET STRING (SIZE 32),
 *       requiredSuites SEQUENCE OF UTF8String }
 */
export function encodeBinding({ licence, version, kind, commitment, requiredSuites }: Binding): Uint8Array {
  return der.sequence(
    der.utf8String(licence),
    der.utf8String(version),
    der.utf8String(kind),
    der.octetString(fromHex(commitment.sha256)),
    der.octetString(fromHex(commitment.sm3)),
    der.sequence(...requiredSuites.map((suite) => der.utf8String(suite))),
  );
}

/** Strict: DER, exactly these members, known kind and suites, no suite twice. @throws RenditionError BINDING_MALFORMED */
export function decodeBinding(bytes: Uint8Array): Binding {
  const read = (): Binding => {
    const [licence, version, kind, sha256, sm3, suites, extra] = childrenOf(
      readDer(bytes, { maxDepth: 3, maxNodes: 32 }),
    );
    if (extra) throw malformedBinding('members');
    return {
      licence: textOf(licence),
      version: textOf(version),
      kind: kindOf(textOf(kind)),
      commitment: { sha256: digestOf(sha256), sm3: digestOf(sm3) },
      requiredSuites: suitesOf(childrenOf(suites).map(textOf)),
    };
  };
  return recover(read, (cause) => {
    throw cause.code === 'BINDING_MALFORMED' ? cause : malformedBinding('encoding', cause);
  });
}

/** The same as JSON, where an intent holds it. @throws RenditionError BINDING_MALFORMED */
export function readBinding(value: Json | undefined): Binding {
  const refuse = malformedBinding;
  const record = asRecord(value, ['licence', 'version', 'kind', 'commitment', 'requiredSuites'], refuse);
  return {
    licence: asText(record['licence'], MAX_TEXT, refuse),
    version: asText(record['version'], MAX_TEXT, refuse),
    kind: kindOf(asText(record['kind'], MAX_TEXT, refuse)),
    commitment: readDigestPair(record['commitment']),
    requiredSuites: suitesOf(
      asList(record['requiredSuites'], MAX_SUITES, refuse).map((suite) => asText(suite, MAX_TEXT, refuse)),
    ),
  };
}

function readDigestPair(value: Json | undefined): DigestPair {
  const { sha256, sm3 } = asRecord(value, ['sha256', 'sm3'], malformedBinding);
  return { sha256: hexDigest(sha256), sm3: hexDigest(sm3) };
}

function hexDigest(value: Json | undefined): string {
  const text = asText(value, 2 * DIGEST_BYTES, malformedBinding);
  if (!/^[0-9a-f]{64}$/.test(text)) throw malformedBinding('digest');
  return text;
}

function textOf(node: DerNode | undefined): string {
  const text = fromUtf8(expectTag(node, TAG.utf8String).contents);
  if (text === '' || text.length > MAX_TEXT) throw malformedBinding('text');
  return text;
}

function digestOf(node: DerNode | undefined): string {
  const bytes = readOctetString(node);
  if (bytes.length !== DIGEST_BYTES) throw malformedBinding('digest');
  return toHex(bytes);
}

function kindOf(text: string): RenditionKind {
  const kind = KINDS.find((candidate) => candidate === text);
  if (!kind) throw malformedBinding('kind');
  return kind;
}

function suitesOf(names: readonly string[]): SuiteId[] {
  if (names.length === 0 || names.length > MAX_SUITES || new Set(names).size !== names.length)
    throw malformedBinding('suites');
  try {
    return names.map((name) => suiteById(name).id);
  } catch (cause) {
    throw malformedBinding('suites', cause);
  }
}

function malformedBinding(what: string, cause?: unknown): RenditionError {
  return new RenditionError(
    'BINDING_MALFORMED',
    { en: 'the binding to a licence is malformed', zh: '与证照的绑定信息格式错误' },
    { details: { what }, cause },
  );
}
