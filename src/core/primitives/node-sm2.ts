import { createHash } from 'node:crypto';
import { KeyCache } from './key-cache.js';
import { readRs, sm2PointOf } from './noble-sm2.js';

/**
 * SM2 by the OpenSSL that Node carries, reached through its exported EVP symbols: `node:crypto` itself signs and checks
 * SM2 only with an empty user identifier. Undefined where koffi or the symbols are missing, or where the standard's
 * vector does not pass; then @noble/curves answers.
 */
export interface NativeSm2 {
  verify(spki: Uint8Array, message: Uint8Array, signature: Uint8Array, id: Uint8Array): boolean;
  /** `pkcs8` holds the private key, DER. The answer signs with it, DER SEQUENCE { r, s }, as long as the process lives. */
  signer(pkcs8: Uint8Array): (message: Uint8Array, id: Uint8Array) => Uint8Array;
}

type Call = (...args: readonly unknown[]) => unknown;

/** What is used of koffi. */
export type LoadKoffi = () => Promise<{ default: { load(path: null): { func(declaration: string): unknown } } }>;

/** `loadKoffi` is an argument for the tests' sake only. */
export async function openNativeSm2(loadKoffi: LoadKoffi = () => import('koffi')): Promise<NativeSm2 | undefined> {
  if (process.env['YINXIN_SM2_ENGINE'] === 'noble') return undefined;
  try {
    const { default: koffi } = await loadKoffi();
    const library = koffi.load(null);
    const f = (declaration: string): Call => library.func(declaration) as Call;
    const evp = {
      keyContext: f('void* EVP_PKEY_CTX_new(void* key, void* engine)'),
      freeKeyContext: f('void EVP_PKEY_CTX_free(void* context)'),
      setId: f('int EVP_PKEY_CTX_set1_id(void* context, const uint8_t* id, int length)'),
      digestContext: f('void* EVP_MD_CTX_new()'),
      freeDigestContext: f('void EVP_MD_CTX_free(void* context)'),
      attach: f('void EVP_MD_CTX_set_pkey_ctx(void* context, void* keyContext)'),
      sm3: f('void* EVP_sm3()'),
      verifyInit: f('int EVP_DigestVerifyInit(void* c, void* p, void* md, void* e, void* key)'),
      verify: f('int EVP_DigestVerify(void* c, const uint8_t* s, size_t sl, const uint8_t* m, size_t ml)'),
      signInit: f('int EVP_DigestSignInit(void* c, void* p, void* md, void* e, void* key)'),
      sign: f('int EVP_DigestSign(void* c, _Out_ uint8_t* s, _Inout_ size_t* sl, const uint8_t* m, size_t ml)'),
      publicKey: f('void* d2i_PUBKEY_bio(void* bio, void* out)'),
      privateKey: f('void* d2i_PrivateKey_bio(void* bio, void* out)'),
      memory: f('void* BIO_new_mem_buf(const uint8_t* bytes, int length)'),
      freeBio: f('int BIO_free(void* bio)'),
      freeKey: f('void EVP_PKEY_free(void* key)'),
      clearErrors: f('void ERR_clear_error()'),
    };
    const sm3 = evp.sm3();

    const decode = (bytes: Uint8Array, reader: Call): unknown => {
      const bio = evp.memory(bytes, bytes.length);
      try {
        const key = reader(bio, null);
        if (!key) throw new Error('OpenSSL cannot read this SM2 key');
        return key;
      } finally {
        evp.freeBio(bio);
        evp.clearErrors();
      }
    };

    const keys = new KeyCache<unknown>(256, evp.freeKey);
    const publicKey = (spki: Uint8Array): unknown => {
      const name = createHash('sha256').update(spki).digest('hex');
      return keys.get(name, () => decode(spki, evp.publicKey));
    };

    const withContexts = <T>(key: unknown, id: Uint8Array, act: (digest: unknown) => T): T => {
      const context = evp.keyContext(key, null);
      const digest = evp.digestContext();
      try {
        evp.setId(context, id, id.length);
        evp.attach(digest, context);
        return act(digest);
      } finally {
        evp.freeDigestContext(digest);
        evp.freeKeyContext(context);
        // What a refused signature leaves in this thread's error queue, node:crypto of Node 22 takes for its own failure.
        evp.clearErrors();
      }
    };

    const engine: NativeSm2 = {
      verify(spki, message, signature, id) {
        // Strict DER and an SM2 key are asked for before OpenSSL sees the bytes, so that both engines answer alike.
        if (!sm2PointOf(spki) || !readRs(signature)) return false;
        try {
          const key = publicKey(spki);
          return withContexts(key, id, (digest) => {
            if (evp.verifyInit(digest, null, sm3, null, key) !== 1) return false;
            return evp.verify(digest, signature, signature.length, message, message.length) === 1;
          });
        } catch {
          return false; // not a point of the curve
        }
      },
      signer(pkcs8) {
        const key = decode(pkcs8, evp.privateKey);
        return (message, id) =>
          withContexts(key, id, (digest) => {
            if (evp.signInit(digest, null, sm3, null, key) !== 1) throw new Error('OpenSSL refuses to sign with SM2');
            const out = new Uint8Array(80);
            const length = [out.length];
            if (evp.sign(digest, out, length, message, message.length) !== 1)
              throw new Error('OpenSSL failed to sign with SM2');
            return out.slice(0, length[0]);
          });
      },
    };
    return passesVector(engine) ? engine : undefined;
  } catch {
    return undefined;
  }
}

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g)!.map((pair) => parseInt(pair, 16)));

/** GB/T 32918.5 annex A.2: message "message digest", id 1234567812345678, recommended curve. */
export const SM2_VECTOR = {
  message: new TextEncoder().encode('message digest'),
  id: new TextEncoder().encode('1234567812345678'),
  privateKey: bytes('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'),
  k: bytes('59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21'),
  point: bytes(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  ),
  r: bytes('f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3'),
  s: bytes('b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'),
};

function passesVector(engine: NativeSm2): boolean {
  const { message, id, point, r, s } = SM2_VECTOR;
  const head = bytes('3059301306072a8648ce3d020106082a811ccf5501822d034200');
  const spki = Uint8Array.from([...head, ...point]);
  const signature = Uint8Array.from([0x30, 70, 2, 33, 0, ...r, 2, 33, 0, ...s]);
  const wrongId = Uint8Array.from(id).fill(0x30);
  return engine.verify(spki, message, signature, id) && !engine.verify(spki, message, signature, wrongId);
}

// Last, since it runs the vector above.
export const nativeSm2: NativeSm2 | undefined = await openNativeSm2();
