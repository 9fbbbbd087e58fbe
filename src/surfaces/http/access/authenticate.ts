import type { Caller } from '../../../operations/index.js';
import { httpError, httpErrorBecause } from '../errors.js';
import type { HttpWorld } from '../world.js';
import { tokenReader } from './access-token.js';
import { OTHER_KEY } from './dpop.js';
import type { CheckProof } from './dpop.js';

export interface Credentials {
  readonly authorization: string | undefined;
  readonly proof: string | undefined;
  readonly method: string;
  readonly address: string;
}

/**
 * Who asks (RFC 9449 7): token, proof by the token's own key, and a client that is still active. Scopes are those that
 * both token and client have now, so taking one away from a client works at once.
 *
 * @throws HttpError TOKEN_MISSING, TOKEN_INVALID, DPOP_INVALID
 */
export function authenticator(world: HttpWorld, checkProof: CheckProof): (credentials: Credentials) => Promise<Caller> {
  const readToken = tokenReader({ token: world.token, clock: world.clock, issuer: world.settings.publicUrl });
  return async ({ authorization, proof, method, address }) => {
    const accessToken = /^DPoP ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
    if (accessToken === undefined) throw httpError('TOKEN_MISSING');
    const token = await readToken(accessToken);
    const checked = await checkProof({ proof: proof ?? '', method, address, accessToken, code: 'DPOP_INVALID' });
    if (checked.thumbprint !== token.keyThumbprint) throw httpErrorBecause('DPOP_INVALID', OTHER_KEY);
    const client = await world.client(token.clientId);
    if (client?.state !== 'active') throw httpError('TOKEN_INVALID');
    checked.redeem();
    const scopes = new Set(token.scopes.filter((scope) => client.scopes.includes(scope)));
    return { clientId: client.id, departmentCode: client.departmentCode, scopes };
  };
}
