import { hash } from '#primitives';
import { canonicalJson, fromBase64, parseJson, toBase64, toHex } from '../encoding/index.js';
import type { Json } from '../errors/index.js';
import { VerificationError } from './errors.js';
import { EVIDENCE_FORMAT } from './evidence.js';
import type { Evidence, EvidenceObject } from './evidence.js';

/** Evidence as canonical JSON; bytes are base64. */
export function writeEvidence(evidence: Evidence): Uint8Array {
  const objects = [...evidence.objects].map(([id, one]) => [id, { ...one, bytes: toBase64(one.bytes) }] as const);
  return canonicalJson({ ...evidence, objects: Object.fromEntries(objects) } as unknown as Json);
}

/**
 * The reverse. Every object must hash to its name. The rest is believed to have the shape it was written in: evidence
 * is the verifier's own record, kept by him, not a stranger's file.
 *
 * @throws VerificationError EVIDENCE_MALFORMED
 */
export function readEvidence(bytes: Uint8Array): Evidence {
  try {
    const value = parseJson(bytes) as unknown as Omit<Evidence, 'objects'> & { objects: Record<string, WrittenObject> };
    if (value?.format !== EVIDENCE_FORMAT) throw malformed();
    const objects = Object.entries(value.objects).map(([id, one]) => [id, objectOf(id, one)] as const);
    return { ...value, objects: new Map(objects) };
  } catch (cause) {
    // Whatever is wrong with it, down to a member that is missing: it is not evidence.
    throw malformed(cause);
  }
}

type WrittenObject = Omit<EvidenceObject, 'bytes'> & { readonly bytes: string };

function objectOf(id: string, one: WrittenObject): EvidenceObject {
  const bytes = fromBase64(one.bytes);
  if (toHex(hash('sha256', bytes)) !== id) throw malformed();
  return { ...one, bytes };
}

function malformed(cause?: unknown): VerificationError {
  return new VerificationError(
    'EVIDENCE_MALFORMED',
    { en: 'not verification evidence of this format', zh: '不是该格式的核验证据' },
    { cause },
  );
}
