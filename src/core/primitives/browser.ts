import { p256, p384 } from '@noble/curves/nist.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { Unzlib, zlibSync } from 'fflate';
import { TrustError } from '../errors/index.js';
import type { HashName, IncrementalHash, Primitives, SignatureCheck, SignatureScheme } from './contract.js';
import { verifySm2 } from './noble-sm2.js';
import { Sm3 } from './sm3.js';
export type * from './contract.js';

const HASHES = { sha1, sha256, sha384, sha512 } as const;

export function createHash(name: HashName): IncrementalHash {
  return name === 'sm3' ? new Sm3() : HASHES[name].create();
}

export function hash(name: HashName, data: Uint8Array): Uint8Array {
  return createHash(name).update(data).digest();
}

export const sm2Engine = (): string => '@noble/curves';

export async function checkSignature(check: SignatureCheck): Promise<boolean> {
  const { scheme, spki, message, signature, context } = check;
  try {
    switch (scheme.kind) {
      case 'sm2':
        return verifySm2(spki, message, signature, context);
      case 'ecdsa': {
        const curve = scheme.curve === 'P-256' ? p256 : p384;
        const point = pointOf(spki, scheme.curve);
        // lowS would refuse honest signatures: X9.62 allows both halves.
        return (
          point !== undefined &&
          curve.verify(signature, hash(scheme.hash, message), point, { prehash: false, lowS: false, format: 'der' })
        );
      }
      case 'ed25519':
        return spki.length === 44 && ed25519.verify(signature, message, spki.subarray(12));
      case 'rsa-pkcs1':
      case 'rsa-pss':
        return await checkRsa(scheme, check);
    }
  } catch {
    return false;
  }
}

type RsaScheme = Extract<SignatureScheme, { kind: 'rsa-pkcs1' | 'rsa-pss' }>;

const WEB_HASHES: Partial<Record<HashName, string>> = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' };

/** WebCrypto exists on https pages and on localhost only; elsewhere this throws and the caller reports it. */
async function checkRsa(scheme: RsaScheme, { spki, message, signature }: SignatureCheck): Promise<boolean> {
  const hashName = WEB_HASHES[scheme.hash];
  if (hashName === undefined || (scheme.kind === 'rsa-pss' && scheme.mgfHash !== scheme.hash)) return false;
  const name = scheme.kind === 'rsa-pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  const subtle = globalThis.crypto.subtle;
  const key = await subtle.importKey('spki', copy(spki), { name, hash: hashName }, false, ['verify']);
  const algorithm = scheme.kind === 'rsa-pss' ? { name, saltLength: scheme.saltLength } : { name };
  return subtle.verify(algorithm, key, copy(signature), copy(message));
}

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

/** Fixed SubjectPublicKeyInfo heads (RFC 5480) up to the BIT STRING's unused-bits octet. */
const HEADS = {
  'P-256': Uint8Array.of(
    0x30,
    0x59,
    0x30,
    0x13,
    6,
    7,
    0x2a,
    0x86,
    0x48,
    0xce,
    0x3d,
    2,
    1,
    6,
    8,
    0x2a,
    0x86,
    0x48,
    0xce,
    0x3d,
    3,
    1,
    7,
    3,
    0x42,
    0,
  ),
  'P-384': Uint8Array.of(
    0x30,
    0x76,
    0x30,
    0x10,
    6,
    7,
    0x2a,
    0x86,
    0x48,
    0xce,
    0x3d,
    2,
    1,
    6,
    5,
    0x2b,
    0x81,
    4,
    0,
    0x22,
    3,
    0x62,
    0,
  ),
} as const;

function pointOf(spki: Uint8Array, curve: 'P-256' | 'P-384'): Uint8Array | undefined {
  const head = HEADS[curve];
  return head.every((byte, i) => spki[i] === byte) ? spki.subarray(head.length) : undefined;
}

export function inflate(data: Uint8Array, maxBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const stream = new Unzlib((chunk, final) => {
    total += chunk.length;
    if (total > maxBytes)
      throw new TrustError('INFLATE_TOO_LARGE', { en: 'inflates beyond the limit', zh: '解压后超出上限' });
    parts.push(chunk);
    ended = final;
  });
  try {
    // Pushed in pieces, so that a bomb is stopped before it is all in memory.
    for (let at = 0; at < data.length; at += 16384)
      stream.push(data.subarray(at, at + 16384), at + 16384 >= data.length);
  } catch (cause) {
    if (cause instanceof TrustError) throw cause;
    throw new TrustError('INFLATE_FAILED', { en: 'broken compressed data', zh: '压缩数据损坏' }, { cause });
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  // fflate does not compare the checksum. It ends no stream that is shorter than one.
  if (!ended || adler32(out) !== lastWord(data))
    throw new TrustError('INFLATE_FAILED', { en: 'broken compressed data', zh: '压缩数据损坏' });
  return out;
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length;) {
    const end = Math.min(i + 3800, bytes.length);
    for (; i < end; i++) b += a += bytes[i]!;
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function lastWord(bytes: Uint8Array): number {
  const n = bytes.length;
  return ((bytes[n - 4]! << 24) | (bytes[n - 3]! << 16) | (bytes[n - 2]! << 8) | bytes[n - 1]!) >>> 0;
}

export function deflate(data: Uint8Array, level: number): Uint8Array {
  return zlibSync(data, { level: level as 0 });
}

({ createHash, hash, sm2Engine, checkSignature, inflate, deflate }) satisfies Primitives;
