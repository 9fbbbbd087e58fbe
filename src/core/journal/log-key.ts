import { hash } from '#primitives';
import { childrenOf, concat, readBitString, readDer, toBase64, toHex, utf8 } from '../encoding/index.js';
import { JournalError } from './errors.js';
import type { LogKey } from './types.js';

interface NoteKeyRule {
  /** C2SP signed-note, signature types. Type 0xff is followed by an identifier of our own. */
  readonly type: Uint8Array;
  readonly keyBytes: number;
}

/**
 * SM2 has no type of its own in signed-note, so it is 0xff and these ASCII bytes: suite, OID of SM2 with SM3
 * (GM/T 0006) and the user identifier under which Z is computed. The public key is the uncompressed point, 65 bytes.
 */
const SM2_TYPE = 'SM2-SM3/1.2.156.10197.1.501/1234567812345678';

const RULES: Readonly<Record<LogKey['suite'], NoteKeyRule>> = {
  ED25519: { type: new Uint8Array([0x01]), keyBytes: 32 },
  'SM2-SM3': { type: concat([new Uint8Array([0xff]), utf8(SM2_TYPE)]), keyBytes: 65 },
};

/** Signature type then public key, as a verifier key holds them. */
function typedKey(key: LogKey): Uint8Array {
  const rule = RULES[key.suite];
  const raw = rawKey(key.spki);
  if (raw?.length !== rule.keyBytes)
    throw new JournalError('LOG_KEY_UNSUPPORTED', {
      en: `not a public key for ${key.suite} checkpoints`,
      zh: `不是可用于 ${key.suite} 检查点的公钥`,
    });
  return concat([rule.type, raw]);
}

function rawKey(spki: Uint8Array): Uint8Array | undefined {
  try {
    return readBitString(childrenOf(readDer(spki))[1]);
  } catch {
    return undefined;
  }
}

/** C2SP signed-note: SHA-256(key name || 0x0A || signature type || public key)[:4]. LOG_KEY_UNSUPPORTED for a key of another kind. */
export function noteKeyId(key: LogKey): Uint8Array {
  return hash('sha256', concat([utf8(key.name + '\n'), typedKey(key)])).slice(0, 4);
}

/** C2SP signed-note verifier key: `<name>+<hex key id>+<base64 of type and key>`. */
export function verifierKey(key: LogKey): string {
  return `${key.name}+${toHex(noteKeyId(key))}+${toBase64(typedKey(key))}`;
}
