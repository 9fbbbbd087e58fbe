import { createHash as nodeHash, createPublicKey, hash as oneHash, verify, constants } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { TrustError } from '../errors/index.js';
import type { HashName, IncrementalHash, Primitives, SignatureCheck, SignatureScheme } from './contract.js';
import { KeyCache } from './key-cache.js';
import { nativeSm2 } from './node-sm2.js';
import { verifySm2 } from './noble-sm2.js';
export type * from './contract.js';

export function createHash(name: HashName): IncrementalHash {
  const inner = nodeHash(name);
  const outer: IncrementalHash = {
    update(data) {
      inner.update(data);
      return outer;
    },
    digest: () => plain(inner.digest()),
  };
  return outer;
}

export function hash(name: HashName, data: Uint8Array): Uint8Array {
  return plain(oneHash(name, data, 'buffer'));
}

export const sm2Engine = (): string => (nativeSm2 ? 'OpenSSL inside Node' : '@noble/curves');

// eslint-disable-next-line @typescript-eslint/require-await -- one contract with the browser, where RSA is asynchronous
export async function checkSignature({ scheme, spki, message, signature, context }: SignatureCheck): Promise<boolean> {
  if (scheme.kind === 'sm2')
    return nativeSm2
      ? nativeSm2.verify(spki, message, signature, context)
      : verifySm2(spki, message, signature, context);
  try {
    const key = publicKey(spki);
    if (!fits(scheme, key)) return false;
    return verify(scheme.kind === 'ed25519' ? null : scheme.hash, message, { key, ...options(scheme) }, signature);
  } catch {
    // OpenSSL throws for keys and values that cannot be decoded; both mean "not a signature by this key".
    return false;
  }
}

type KeyObject = ReturnType<typeof createPublicKey>;

type NodeScheme = Exclude<SignatureScheme, { kind: 'sm2' }>;

const keys = new KeyCache<KeyObject>(512);

function publicKey(spki: Uint8Array): KeyObject {
  const name = nodeHash('sha256').update(spki).digest('hex');
  return keys.get(name, () => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }));
}

function fits(scheme: NodeScheme, key: KeyObject): boolean {
  switch (scheme.kind) {
    case 'ecdsa':
      return key.asymmetricKeyDetails?.namedCurve === { 'P-256': 'prime256v1', 'P-384': 'secp384r1' }[scheme.curve];
    case 'rsa-pkcs1':
      return key.asymmetricKeyType === 'rsa';
    case 'rsa-pss':
      return key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss';
    case 'ed25519':
      return key.asymmetricKeyType === 'ed25519';
  }
}

function options(scheme: NodeScheme): { padding?: number; saltLength?: number } {
  if (scheme.kind === 'rsa-pkcs1') return { padding: constants.RSA_PKCS1_PADDING };
  if (scheme.kind === 'rsa-pss') {
    if (scheme.mgfHash !== scheme.hash) throw new RangeError('node:crypto has one hash for both');
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength };
  }
  return {};
}

export function inflate(data: Uint8Array, maxBytes: number): Uint8Array {
  try {
    // zlib has no limit of zero; nothing that inflates to nothing is over a limit.
    const answer = inflateSync(data, { maxOutputLength: Math.max(maxBytes, 1), info: true }) as unknown as Inflated;
    if (answer.engine.bytesWritten === data.length && answer.buffer.length <= maxBytes) return plain(answer.buffer);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new TrustError('INFLATE_TOO_LARGE', { en: 'inflates beyond the limit', zh: '解压后超出上限' });
    throw brokenDeflate(cause);
  }
  throw brokenDeflate('bytes after the end of the stream');
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function brokenDeflate(cause: unknown): TrustError {
  return new TrustError('INFLATE_FAILED', { en: 'broken compressed data', zh: '压缩数据损坏' }, { cause });
}

export function deflate(data: Uint8Array, level: number): Uint8Array {
  return plain(deflateSync(data, { level }));
}

/** A view of the same bytes that is not a Buffer: `slice` of a Buffer shares memory, `slice` of a Uint8Array copies. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

({ createHash, hash, sm2Engine, checkSignature, inflate, deflate }) satisfies Primitives;
