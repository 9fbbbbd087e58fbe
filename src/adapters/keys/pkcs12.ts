import { createPrivateKey, createPublicKey } from 'node:crypto';
import forge from 'node-forge';
import { childrenOf, equalBytes, fromLatin1, latin1, readDer } from '../../core/encoding/index.js';
import { KeyError } from './errors.js';

export interface ImportedKey {
  /** PrivateKeyInfo, DER: the caller wipes it. */
  readonly key: Uint8Array;
  /** SubjectPublicKeyInfo of that key, DER. */
  readonly spki: Uint8Array;
  /** DER; those of this key first, then the others in the order of the file. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Opens a PKCS#12 file (RFC 7292) of an old tool: 3DES, RC2-40 or AES, one RSA key. node-forge reads it, because
 * WebCrypto and OpenSSL 3 by default refuse the old ciphers. The MAC is checked before anything is decrypted.
 *
 * @throws KeyError KEYSTORE_LOCKED for a wrong password, KEYSTORE_MALFORMED for anything else that is wrong with it.
 */
export function importPkcs12(bytes: Uint8Array, password: string): ImportedKey {
  const container = open(bytes, password);
  const bagsOf = (type: string) => container.getBags({ bagType: type })[type] ?? [];
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids as Record<string, string>;
  const [bag, second] = [...bagsOf(pkcs8ShroudedKeyBag!), ...bagsOf(keyBag!)];
  if (!bag || second) throw malformed('it must hold exactly one private key', '必须恰好包含一个私钥');
  // Forge understands RSA keys only: another one comes back as null.
  if (!bag.key) throw malformed('its private key is not RSA', '私钥不是 RSA 密钥');
  const key = fromForge(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)));
  const certificates = bagsOf(certBag!).map((one) =>
    fromForge(one.cert ? forge.pki.certificateToAsn1(one.cert) : one.asn1),
  );
  const spki = publicKeyOf(key);
  const own = certificates.filter((certificate) => equalBytes(spkiOf(certificate), spki));
  return { key, spki, certificates: [...own, ...certificates.filter((certificate) => !own.includes(certificate))] };
}

function open(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  let asn1: forge.asn1.Asn1;
  try {
    asn1 = forge.asn1.fromDer(fromLatin1(bytes));
  } catch (cause) {
    throw malformed('it is not PKCS#12', '不是 PKCS#12 文件', cause);
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, true, password);
  } catch (cause) {
    if (cause instanceof Error && /MAC could not be verified/.test(cause.message))
      throw new KeyError(
        'KEYSTORE_LOCKED',
        { en: 'wrong password of the PKCS#12 file', zh: 'PKCS#12 文件口令错误' },
        { cause },
      );
    throw malformed('its content cannot be read', '内容无法读取', cause);
  }
}

/** subjectPublicKeyInfo of TBSCertificate (RFC 5280 4.1): the sixth field behind [0] version. */
function spkiOf(certificate: Uint8Array): Uint8Array {
  const fields = childrenOf(childrenOf(readDer(certificate))[0]);
  return fields[fields[0]!.tagClass === 'context' ? 6 : 5]!.bytes;
}

function publicKeyOf(pkcs8: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }));
}

const fromForge = (asn1: forge.asn1.Asn1): Uint8Array => latin1(forge.asn1.toDer(asn1).getBytes());

function malformed(en: string, zh: string, cause?: unknown): KeyError {
  return new KeyError('KEYSTORE_MALFORMED', { en: `PKCS#12 file: ${en}`, zh: `PKCS#12 文件：${zh}` }, { cause });
}
