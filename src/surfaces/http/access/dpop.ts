import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import type { Words } from '../../../core/errors/index.js';
import type { Clock } from '../../../ports/index.js';
import { httpErrorBecause } from '../errors.js';
import { ReplayGuard } from './replay-guard.js';

/** How far `iat` of a proof may be from our clock, either way. */
export const PROOF_WINDOW_SECONDS = 60;
const REMEMBERED_PROOFS = 200_000;

export interface ProofUse {
  readonly proof: string;
  readonly method: string;
  /** Address of the resource as others know it, without query. */
  readonly address: string;
  /** The access token that comes with the proof; null at the token endpoint. */
  readonly accessToken: string | null;
  /** A proof is refused with this code; the reason stands behind it. */
  readonly code: 'DPOP_INVALID' | 'TOKEN_DPOP_INVALID';
}

/** Answers the thumbprint of the key (RFC 7638), which `cnf.jkt` of a token must equal. */
export type CheckProof = (use: ProofUse) => Promise<{ readonly thumbprint: string; readonly redeem: () => void }>;

/**
 * RFC 9449 4.3. `redeem` marks the proof as used, and is called once everything else about the request is right, so that
 * strangers cannot fill the memory for used proofs.
 */
export function proofChecker(clock: Clock): CheckProof {
  const used = new ReplayGuard(2 * PROOF_WINDOW_SECONDS * 1000, REMEMBERED_PROOFS);
  // Proofs used before the start are not remembered, so none older than the start is taken.
  const notBefore = Math.floor(clock.now().getTime() / 1000);

  return async ({ proof, method, address, accessToken, code }) => {
    const refuse = (why: Words, cause?: unknown) => httpErrorBecause(code, why, cause);
    const key = publicKeyOf(proof);
    if (!key) throw refuse(WHY.form);
    const payload = await verified(proof, key, clock).catch((cause: unknown) => {
      throw refuse(WHY.signature, cause);
    });
    const now = Math.floor(clock.now().getTime() / 1000);
    const { jti, iat, htm, htu, ath } = payload;
    if (typeof jti !== 'string' || jti.length < 8 || jti.length > 128) throw refuse(WHY.jti);
    if (htm !== method) throw refuse(WHY.htm);
    if (typeof htu !== 'string' || plainAddress(htu) !== plainAddress(address)) throw refuse(WHY.htu);
    if (typeof iat !== 'number' || Math.abs(now - iat) > PROOF_WINDOW_SECONDS || iat < notBefore) throw refuse(WHY.iat);
    if (accessToken !== null && ath !== createHash('sha256').update(accessToken).digest('base64url'))
      throw refuse(WHY.ath);
    const thumbprint = await calculateJwkThumbprint(key, 'sha256');
    return {
      thumbprint,
      redeem: () => {
        if (!used.isFirstUse(`${thumbprint}/${jti}`, clock.now())) throw refuse(WHY.jti);
      },
    };
  };
}

async function verified(proof: string, key: JWK, clock: Clock): Promise<JWTPayload> {
  const { payload } = await jwtVerify(proof, key, {
    algorithms: ['ES256'],
    typ: 'dpop+jwt',
    currentDate: clock.now(),
    clockTolerance: PROOF_WINDOW_SECONDS,
  });
  return payload;
}

/** The key in the proof's header: P-256, public, and nothing else of it is used. */
function publicKeyOf(proof: string): JWK | undefined {
  try {
    const { jwk, alg, typ } = decodeProtectedHeader(proof);
    const { kty, crv, x, y } = (jwk ?? {}) as JWK;
    if (alg !== 'ES256' || typ !== 'dpop+jwt' || kty !== 'EC' || crv !== 'P-256' || 'd' in jwk!) return undefined;
    return typeof x === 'string' && typeof y === 'string' ? { kty, crv, x, y } : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 9449 4.3 step 9: without query and fragment, normalised as RFC 3986 6.2 has it. */
function plainAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return origin + pathname;
}

const WHY = {
  form: { en: 'not an ES256 dpop+jwt with a public P-256 key', zh: '须为 ES256 签名、带 P-256 公钥的 dpop+jwt' },
  signature: { en: 'its signature is not right', zh: '签名不正确' },
  jti: { en: 'jti is missing, out of bounds or used before', zh: 'jti 缺失、长度不符或已使用过' },
  htm: { en: 'htm is not the method', zh: 'htm 与请求方法不符' },
  htu: { en: 'htu is not the public address of this resource', zh: 'htu 与资源的公开地址不符' },
  iat: {
    en: `iat is not within ${PROOF_WINDOW_SECONDS} seconds of now or is before the start of the service`,
    zh: `iat 与当前时间相差超过 ${PROOF_WINDOW_SECONDS} 秒或早于服务启动时间`,
  },
  ath: { en: 'ath is not the hash of the access token', zh: 'ath 与访问令牌不符' },
  key: { en: 'the token is bound to another key', zh: '令牌绑定的是另一密钥' },
} as const satisfies Record<string, Words>;

export const OTHER_KEY = WHY.key;
