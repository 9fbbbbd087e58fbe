import type { JournalProof } from '../core/renditions/index.js';
import type { SuiteId } from '../core/crypto/index.js';

/** The keeper signs for the first four; keys of an authority and decryption keys only rest in the keystore. */
export type KeyPurpose = 'seal' | 'data' | 'journal' | 'token' | 'authority' | 'encryption';

export interface KeptKey {
  readonly keyId: string;
  readonly purpose: KeyPurpose;
  readonly suite: SuiteId;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
}

/**
 * The keeper holds private keys in a thread (later: a process or a device) of its own; they never leave it.
 *
 * For purpose `seal` and `data` it signs only with a journal proof: the intent must name this key, be included under a
 * checkpoint of the journal it knows, and its salted digest must be that of the content in `message`. So not even the
 * main thread can get a seal without a trace.
 */
export interface Keeper {
  keys(): Promise<readonly KeptKey[]>;
  sign(request: SignRequest): Promise<Uint8Array>;
  /** Which engine signs SM2 and that the standard's vector passed at start. */
  selfTest(): Promise<{ readonly sm2Engine: string; readonly passed: boolean }>;
  close(): Promise<void>;
}

export type SignRequest =
  | {
      readonly purpose: 'seal' | 'data';
      readonly keyId: string;
      /** seal: DER SET of signed attributes. data: JWS signing input, or the bytes of a licence code token. */
      readonly message: Uint8Array;
      readonly proof: JournalProof;
    }
  | { readonly purpose: 'journal' | 'token'; readonly keyId: string; readonly message: Uint8Array };
