import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { fromBase64, toBase64, utf8 } from '../../core/encoding/index.js';
import type { Random } from '../../ports/random.js';

/** AES-256-GCM (NIST SP 800-38D), 96-bit random iv, 128-bit tag; base64. */
export type Sealed = { readonly iv: string; readonly data: string; readonly tag: string };

export function sealBytes(key: Uint8Array, plain: Uint8Array, aad: Uint8Array, random: Random): Sealed {
  const iv = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv: toBase64(iv), data: toBase64(data), tag: toBase64(cipher.getAuthTag()) };
}

/** Throws when key, aad or any bit of the value is another. The caller wipes the answer. */
export function openBytes(key: Uint8Array, sealed: Sealed, aad: Uint8Array): Buffer {
  const [iv, data, tag] = [fromBase64(sealed.iv), fromBase64(sealed.data), fromBase64(sealed.tag)];
  // GCM accepts short tags; those a forger would choose.
  if (iv.length !== 12 || tag.length !== 16) throw new RangeError('iv or tag has another length');
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(aad).setAuthTag(tag);
  const plain = decipher.update(data);
  decipher.final();
  return plain;
}

const N = 2 ** 17;
const r = 8;

/** Key-encryption key by scrypt (RFC 7914), N = 2^17, r = 8, p = 1: 128 MiB and about 0.4 s, once at start. */
export function deriveKek(passphrase: string | Uint8Array, salt: Uint8Array): Promise<Buffer> {
  const secret = typeof passphrase === 'string' ? utf8(passphrase.normalize('NFC')) : passphrase;
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, { N, r, p: 1, maxmem: 129 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
