import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  canonicalJson,
  canonicalText,
  equalBytes,
  fromBase64,
  parseJson,
  toBase64,
  utf8,
} from '../../core/encoding/index.js';
import { suiteById } from '../../core/crypto/index.js';
import type { KeptKey, KeyPurpose } from '../../ports/keeper.js';
import type { Random } from '../../ports/random.js';
import { makeDirectory, writeDurably } from './durable-file.js';
import { deriveKek, openBytes, sealBytes } from './envelope.js';
import type { Sealed } from './envelope.js';
import { KeyError, keyNotFound, keystoreMalformed } from './errors.js';

const FORMAT = 'yinxin-keystore/1';
const HEAD_FILE = 'keystore.json';
const KEY_ID = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/;

export interface KeystoreOptions {
  readonly directory: string;
  readonly passphrase: string | Uint8Array;
  readonly random: Random;
}

export interface NewKey extends KeptKey {
  /** PrivateKeyInfo (RFC 5958), DER. Wiped by nobody but the caller. */
  readonly pkcs8: Uint8Array;
}

/** `keystore.json`: the salt, and an empty text under the KEK by which a wrong passphrase is told from damage. */
type Head = { readonly format: typeof FORMAT; readonly salt: string; readonly check: Sealed };

/** `keys/<keyId>.json`. The clear fields are authenticated with both ciphertexts: a seal key cannot be relabelled. */
type KeyFile = {
  readonly version: 1;
  readonly keyId: string;
  readonly purpose: KeyPurpose;
  readonly suite: KeptKey['suite'];
  readonly spki: string;
  /** The key's own data-encryption key under the KEK. */
  readonly wrapped: Sealed;
  /** PKCS#8 under the data-encryption key. */
  readonly sealed: Sealed;
};

/**
 * A directory of private keys at rest: passphrase → scrypt → KEK → one random DEK per key → PKCS#8, all AES-256-GCM.
 * Every file is authenticated at `open`, so a changed one is found at start, not at the first signature. What is not
 * found here: a file removed, or put back to an older state of the same key.
 */
export class Keystore {
  private readonly files = new Map<string, KeyFile>();

  private constructor(
    private readonly directory: string,
    private readonly kek: Buffer,
    private readonly random: Random,
  ) {}

  /** Makes an empty keystore. STORE_CONFLICT when there is one. */
  static async create(options: KeystoreOptions): Promise<Keystore> {
    const { directory, passphrase, random } = options;
    if (passphrase.length === 0) throw locked('the passphrase is empty', '口令为空');
    if ((await readOrUndefined(join(directory, HEAD_FILE))) !== undefined)
      throw new KeyError('STORE_CONFLICT', {
        en: `there is a keystore in ${directory}`,
        zh: `${directory} 中已有密钥库`,
      });
    await makeDirectory(join(directory, 'keys'));
    const salt = random.bytes(32);
    const kek = await deriveKek(passphrase, salt);
    const head: Head = {
      format: FORMAT,
      salt: toBase64(salt),
      check: sealBytes(kek, new Uint8Array(0), utf8(FORMAT), random),
    };
    await writeDurably(join(directory, HEAD_FILE), canonicalText(head), 0o600);
    return new Keystore(directory, kek, random);
  }

  /**
   * @throws KeyError KEYSTORE_LOCKED for a wrong passphrase, KEYSTORE_MALFORMED for a missing or changed file.
   */
  static async open({ directory, passphrase, random }: KeystoreOptions): Promise<Keystore> {
    const head = await readHead(directory);
    const kek = await deriveKek(passphrase, fromBase64(head.salt));
    try {
      openBytes(kek, head.check, utf8(FORMAT));
    } catch (cause) {
      throw locked('wrong passphrase', '口令错误', cause);
    }
    const store = new Keystore(directory, kek, random);
    const names = (await readdir(join(directory, 'keys'))).filter((name) => name.endsWith('.json')).sort();
    for (const name of names) {
      const file = await readKeyFile(directory, name);
      store.files.set(file.keyId, file);
      store.privateKey(file.keyId).fill(0);
    }
    return store;
  }

  /** What is kept, without the private parts, by key id. */
  keys(): readonly KeptKey[] {
    const list = [...this.files.values()].map(({ keyId, purpose, suite, spki }) => ({
      keyId,
      purpose,
      suite,
      spki: fromBase64(spki),
    }));
    return list.sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
  }

  find(keyId: string): KeptKey | undefined {
    return this.keys().find((key) => key.keyId === keyId);
  }

  /** Durable when it resolves. STORE_CONFLICT for an id that exists: a key is never overwritten. */
  async add({ keyId, purpose, suite, spki, pkcs8 }: NewKey): Promise<KeptKey> {
    if (!KEY_ID.test(keyId)) throw new TypeError(`not a key id: ${keyId}`);
    if (this.files.has(keyId))
      throw new KeyError(
        'STORE_CONFLICT',
        { en: `key ${keyId} exists`, zh: `密钥 ${keyId} 已存在` },
        { details: { keyId } },
      );
    const clear = { version: 1, keyId, purpose, suite, spki: toBase64(spki) } as const;
    const aad = canonicalJson(clear);
    const dek = this.random.bytes(32);
    const file: KeyFile = {
      ...clear,
      wrapped: sealBytes(this.kek, dek, aad, this.random),
      sealed: sealBytes(dek, pkcs8, aad, this.random),
    };
    dek.fill(0);
    await writeDurably(join(this.directory, 'keys', `${keyId}.json`), canonicalText(file), 0o600);
    this.files.set(keyId, file);
    return { keyId, purpose, suite, spki };
  }

  /** PKCS#8, DER, in a buffer of its own that the caller fills with zeros after use. */
  privateKey(keyId: string): Uint8Array {
    const file = this.files.get(keyId);
    if (!file) throw keyNotFound(keyId);
    const aad = canonicalJson({ version: 1, keyId, purpose: file.purpose, suite: file.suite, spki: file.spki });
    try {
      const dek = openBytes(this.kek, file.wrapped, aad);
      try {
        return openBytes(dek, file.sealed, aad);
      } finally {
        dek.fill(0);
      }
    } catch (cause) {
      throw keystoreMalformed(`keys/${keyId}.json`, cause);
    }
  }

  /** Wipes the KEK; the keystore cannot be used after it. */
  close(): void {
    this.kek.fill(0);
    this.files.clear();
  }
}

export async function keystoreExists(directory: string): Promise<boolean> {
  return (await readOrUndefined(join(directory, HEAD_FILE))) !== undefined;
}

async function readHead(directory: string): Promise<Head> {
  const bytes = await readOrUndefined(join(directory, HEAD_FILE));
  if (!bytes) throw keystoreMalformed(HEAD_FILE);
  try {
    const head = parseJson(bytes) as unknown as Head;
    if (head.format !== FORMAT || fromBase64(head.salt).length !== 32 || typeof head.check.tag !== 'string')
      throw new TypeError('fields');
    return head;
  } catch (cause) {
    throw keystoreMalformed(HEAD_FILE, cause);
  }
}

async function readKeyFile(directory: string, name: string): Promise<KeyFile> {
  const bytes = await readFile(join(directory, 'keys', name));
  try {
    const file = parseJson(bytes) as unknown as KeyFile;
    suiteById(file.suite);
    // The name of the file counts: a copy under another name would be a second key.
    if (file.version !== 1 || `${file.keyId}.json` !== name || fromBase64(file.spki).length === 0)
      throw new TypeError('fields');
    // One form only, so that no member stands there that nothing authenticates.
    if (!equalBytes(bytes, canonicalJson(file)) || Object.keys(file).length !== 7) throw new TypeError('form');
    return file;
  } catch (cause) {
    throw keystoreMalformed(`keys/${name}`, cause);
  }
}

async function readOrUndefined(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

function locked(en: string, zh: string, cause?: unknown): KeyError {
  return new KeyError(
    'KEYSTORE_LOCKED',
    { en: `the keystore stays locked: ${en}`, zh: `无法打开密钥库：${zh}` },
    { cause },
  );
}
