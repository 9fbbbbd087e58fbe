import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import type { ClientRecord, Clock } from '../../../ports/index.js';
import { httpError } from '../errors.js';
import { ReplayGuard } from './replay-guard.js';

const MAX_LIFE_SECONDS = 300;
/** For a client whose clock is a little ahead. */
const TOLERANCE_SECONDS = 30;
const REMEMBERED_ASSERTIONS = 50_000;

interface World {
  readonly clock: Clock;
  client(id: string): Promise<ClientRecord | undefined>;
}

export type CheckAssertion = (
  assertion: string,
) => Promise<{ readonly client: ClientRecord; readonly redeem: () => void }>;

/**
 * `private_key_jwt` (RFC 7523 3, OpenID Connect Core 9), ES256.
 *
 * Every refusal is CLIENT_REFUSED: unknown client, disabled client, wrong key, used or old assertion look alike, and for
 * an unknown client a signature is checked too, so that time does not tell either.
 */
export function assertionChecker(world: World, audiences: readonly string[]): CheckAssertion {
  const { clock } = world;
  const used = new ReplayGuard((MAX_LIFE_SECONDS + TOLERANCE_SECONDS) * 1000, REMEMBERED_ASSERTIONS);
  // Assertions used before the start are not remembered, so none older than the start is taken.
  const notBefore = Math.floor(clock.now().getTime() / 1000);
  const nobodysKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;

  return async (assertion) => {
    const claimed = readClaimed(assertion);
    if (!claimed) throw refused();
    const client = await world.client(claimed.clientId);
    const keys = (client?.keys ?? []).filter(({ kid }) => claimed.kid === undefined || kid === claimed.kid);
    const payload = await verifyWithAny(assertion, keys.length > 0 ? keys : [nobodysKey], clock);
    if (!payload || !client || keys.length === 0 || client.state !== 'active') throw refused();
    const now = clock.now().getTime() / 1000;
    const { iss, sub, aud, iat, exp, jti } = payload;
    const good =
      iss === client.id &&
      sub === client.id &&
      // One audience only: an assertion that was made for another server too could be passed on by it.
      audiences.includes(onlyOne(aud)) &&
      typeof iat === 'number' &&
      iat >= notBefore &&
      iat <= now + TOLERANCE_SECONDS &&
      typeof exp === 'number' &&
      exp <= now + MAX_LIFE_SECONDS + TOLERANCE_SECONDS &&
      typeof jti === 'string' &&
      jti.length >= 8 &&
      jti.length <= 128;
    if (!good) throw refused();
    return {
      client,
      redeem: () => {
        if (!used.isFirstUse(`${client.id}/${jti}`, clock.now())) throw refused();
      },
    };
  };
}

/** Not believed yet: says only whose keys to try. */
function readClaimed(assertion: string): { readonly clientId: string; readonly kid: string | undefined } | undefined {
  try {
    const { alg, kid } = decodeProtectedHeader(assertion);
    const { sub } = decodeJwt(assertion);
    return alg === 'ES256' && typeof sub === 'string' && sub.length <= 64 ? { clientId: sub, kid } : undefined;
  } catch {
    return undefined;
  }
}

async function verifyWithAny(
  assertion: string,
  keys: readonly (JWK | KeyObject)[],
  clock: Clock,
): Promise<JWTPayload | undefined> {
  for (const key of keys) {
    try {
      const options = { algorithms: ['ES256'], currentDate: clock.now(), clockTolerance: TOLERANCE_SECONDS };
      return (await jwtVerify(assertion, key, options)).payload;
    } catch {
      // The next key may be the one: two live at once while a client changes its key.
    }
  }
  return undefined;
}

const onlyOne = (aud: string | readonly string[] | undefined): string =>
  typeof aud === 'string' ? aud : aud?.length === 1 ? aud[0]! : '';

const refused = () => httpError('CLIENT_REFUSED');
