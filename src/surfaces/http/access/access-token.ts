import { createPublicKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { TAG, childrenOf, concat, expectTag, readDer, toBase64url, utf8 } from '../../../core/encoding/index.js';
import type { Clock, Random } from '../../../ports/index.js';
import { httpError } from '../errors.js';
import type { HttpWorld } from '../world.js';

export const TOKEN_LIFE_SECONDS = 600;

export interface AccessToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Thumbprint of the key that the token is bound to. */
  readonly keyThumbprint: string;
}

interface Service {
  readonly token: HttpWorld['token'];
  readonly clock: Clock;
  readonly random: Random;
  readonly issuer: string;
}

/** RFC 9068 JWT, ES256, bound to a DPoP key by `cnf.jkt` (RFC 9449 6.1). The keeper signs. */
export async function issueToken({ token, clock, random, issuer }: Service, content: AccessToken): Promise<string> {
  const now = Math.floor(clock.now().getTime() / 1000);
  const segment = (value: object) => toBase64url(utf8(JSON.stringify(value)));
  const signingInput = [
    segment({ typ: 'at+jwt', alg: 'ES256' }),
    segment({
      iss: issuer,
      aud: issuer,
      sub: content.clientId,
      client_id: content.clientId,
      scope: content.scopes.join(' '),
      iat: now,
      exp: now + TOKEN_LIFE_SECONDS,
      jti: toBase64url(random.bytes(16)),
      cnf: { jkt: content.keyThumbprint },
    }),
  ].join('.');
  return `${signingInput}.${toBase64url(joseSignature(await token.sign(utf8(signingInput))))}`;
}

/** Whatever is wrong with it, the answer is TOKEN_INVALID. */
export function tokenReader({ token, clock, issuer }: Omit<Service, 'random'>): (text: string) => Promise<AccessToken> {
  const key = createPublicKey({ key: Buffer.from(token.spki), format: 'der', type: 'spki' });
  return async (text) => {
    try {
      const { payload } = await jwtVerify(text, key, {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer,
        audience: issuer,
        requiredClaims: ['exp', 'iat', 'sub', 'jti'],
        currentDate: clock.now(),
      });
      const { sub, scope, cnf } = payload as { sub: string; scope: string; cnf: { jkt: string } };
      return { clientId: sub, scopes: scope.split(' '), keyThumbprint: cnf.jkt };
    } catch (cause) {
      throw httpError('TOKEN_INVALID', cause);
    }
  };
}

/** RFC 7518 3.4: r and s, 32 bytes each, from DER SEQUENCE { r, s } of our own keeper. */
function joseSignature(der: Uint8Array): Uint8Array {
  const halves = childrenOf(readDer(der)).map((node) => {
    const { contents } = expectTag(node, TAG.integer);
    const digits = contents[0] === 0 ? contents.subarray(1) : contents;
    return concat([new Uint8Array(32 - digits.length), digits]);
  });
  return concat(halves);
}
