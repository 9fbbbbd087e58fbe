import { hash } from '#primitives';
import { suiteById } from '../../crypto/index.js';
import type { Suite, SuiteId } from '../../crypto/index.js';
import { fromBase64url, fromHex, latin1, toBase64url, toHex } from '../../encoding/index.js';
import { fromJoseSignature, toJoseSignature } from '../sd-jwt/index.js';
import { CodeTokenError, malformedToken } from './errors.js';

/**
 * The signed text in the QR code of a licence. Fixed for ever, since it is printed on paper:
 *
 *     YX1~<suite>~<issuer>~<identifier>~<commitment>~<time>~<key>~<signature>
 *
 * - suite: `S` for SM2-SM3, `E` for ECDSA-P256-SHA256
 * - issuer: credit code of the issuing body, 1 to 18 of 0-9A-Z
 * - identifier: GB/T 36904 identifier of the licence, 1 to 128 of 0-9A-Z and `.`
 * - commitment: SHA-256 commitment of the licence, base64url, 43 characters
 * - time: when it was issued, seconds since 1970-01-01T00:00:00Z, decimal without leading zero, at most 11 digits
 * - key: base64url of the first 12 bytes of SHA-256 over the signer's SubjectPublicKeyInfo, 16 characters
 * - signature: base64url of r then s (64 bytes, 86 characters) over the ASCII text in front of the last `~`
 *
 * All characters are unreserved in URLs (RFC 3986 2.3), so it may stand behind a `#`. At most 312 characters, about 280
 * for real identifiers. No personal data: the commitment is over salted digests.
 */
export interface CodeToken {
  readonly suite: SuiteId;
  readonly issuer: string;
  readonly identifier: string;
  /** Hex. */
  readonly commitment: string;
  /** RFC 3339 UTC, whole seconds. */
  readonly issuedAt: string;
  readonly keyId: string;
}

/** A token whose form is right. Its signature has NOT been checked. */
export interface ReadCodeToken extends CodeToken {
  readonly text: string;
  /** What was signed. */
  readonly message: Uint8Array;
  /** DER SEQUENCE { r, s }. */
  readonly signature: Uint8Array;
}

export interface PreparedCodeToken {
  readonly suite: Suite;
  /** What the key signs; its hash by the suite is `contentDigest`, which the intent's salted digest is made of. */
  readonly message: Uint8Array;
  readonly contentDigest: Uint8Array;
}

const LETTERS: Readonly<Record<string, SuiteId>> = { S: 'SM2-SM3', E: 'ECDSA-P256-SHA256' };

const FORM =
  /^YX1~([SE])~([0-9A-Z]{1,18})~([0-9A-Z.]{1,128})~([A-Za-z0-9_-]{43})~([1-9][0-9]{0,10})~([A-Za-z0-9_-]{16})~([A-Za-z0-9_-]{86})$/;

export function codeTokenKeyId(spki: Uint8Array): string {
  return toBase64url(hash('sha256', spki).subarray(0, 12));
}

/** Throws CODE_TOKEN_SUITE for a suite without a letter, CODE_TOKEN_FIELD for a value that the form has no room for. */
export function prepareCodeToken(input: {
  readonly suite: Suite;
  readonly spki: Uint8Array;
  readonly issuer: string;
  readonly identifier: string;
  /** SHA-256 commitment, hex. */
  readonly commitment: string;
  readonly issuedAt: Date;
}): PreparedCodeToken {
  const { suite } = input;
  const letter = Object.keys(LETTERS).find((one) => LETTERS[one] === suite.id);
  if (letter === undefined)
    throw new CodeTokenError('CODE_TOKEN_SUITE', {
      en: `a licence code cannot be signed with ${suite.id}`,
      zh: `证照码不能使用 ${suite.id} 签名`,
    });
  const time = String(Math.floor(input.issuedAt.getTime() / 1000));
  const fields = [
    letter,
    input.issuer,
    input.identifier,
    toBase64url(fromHex(input.commitment)),
    time,
    codeTokenKeyId(input.spki),
  ];
  const text = ['YX1', ...fields].join('~');
  if (!FORM.test(`${text}~${'A'.repeat(86)}`))
    throw new CodeTokenError('CODE_TOKEN_FIELD', {
      en: 'a value does not fit the licence code',
      zh: '有数据项不符合证照码的格式',
    });
  const message = latin1(text);
  return { suite, message, contentDigest: hash(suite.hash, message) };
}

/** `signature` is in the key's form, DER SEQUENCE { r, s }. */
export function sealCodeToken(prepared: PreparedCodeToken, signature: Uint8Array): string {
  return `${String.fromCharCode(...prepared.message)}~${toBase64url(toJoseSignature(prepared.suite, signature))}`;
}

/** Throws CODE_TOKEN_MALFORMED for anything but the one form. */
export function readCodeToken(text: string): ReadCodeToken {
  const match = FORM.exec(text);
  if (!match) throw malformedToken();
  const [, letter, issuer, identifier, commitment, time, keyId, signature] = match as unknown as readonly string[];
  const suite = suiteById(LETTERS[letter!]!);
  try {
    return {
      suite: suite.id,
      issuer: issuer!,
      identifier: identifier!,
      commitment: toHex(fromBase64url(commitment!)),
      issuedAt: new Date(Number(time) * 1000).toISOString(),
      keyId: keyId!,
      text,
      message: latin1(text.slice(0, text.lastIndexOf('~'))),
      signature: fromJoseSignature(suite, fromBase64url(signature!)),
    };
  } catch (cause) {
    // A last character with unused bits set: base64url that is not canonical.
    throw malformedToken(cause);
  }
}
