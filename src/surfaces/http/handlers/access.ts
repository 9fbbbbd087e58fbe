import { issueToken, TOKEN_LIFE_SECONDS } from '../access/access-token.js';
import { assertionChecker } from '../access/client-assertion.js';
import type { CheckProof } from '../access/dpop.js';
import { SCOPES } from '../../../operations/index.js';
import { httpError } from '../errors.js';
import type { HttpWorld } from '../world.js';
import { json } from './typed.js';
import type { HandlersOf } from './typed.js';

const TOKEN_PATH = '/oauth/token';

export function accessHandlers(
  world: HttpWorld,
  checkProof: CheckProof,
): HandlersOf<'createToken' | 'getAuthorizationServer'> {
  const issuer = world.settings.publicUrl;
  const endpoint = issuer + TOKEN_PATH;
  const checkAssertion = assertionChecker(world, [issuer, endpoint]);
  const { token, clock, random } = world;

  return {
    /** RFC 6749 4.4 with RFC 7523 and RFC 9449 5. */
    createToken: async ({ body, header }) => {
      const proof = await checkProof({
        proof: header.DPoP,
        method: 'POST',
        address: endpoint,
        accessToken: null,
        code: 'TOKEN_DPOP_INVALID',
      });
      const { client, redeem } = await checkAssertion(body.client_assertion);
      // Used up only now: whoever is not a client fills no memory.
      redeem();
      proof.redeem();
      const scopes = body.scope === undefined ? client.scopes : body.scope.split(' ').filter((scope) => scope !== '');
      if (!scopes.every((scope) => client.scopes.includes(scope))) throw httpError('TOKEN_SCOPE_INVALID');
      const content = { clientId: client.id, scopes, keyThumbprint: proof.thumbprint };
      return json<'createToken'>({
        access_token: await issueToken({ token, clock, random, issuer }, content),
        token_type: 'DPoP',
        expires_in: TOKEN_LIFE_SECONDS,
        scope: scopes.join(' '),
      });
    },

    /** RFC 8414 2. */
    getAuthorizationServer: () =>
      json<'getAuthorizationServer'>({
        issuer,
        token_endpoint: endpoint,
        grant_types_supported: ['client_credentials'],
        response_types_supported: [],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: ['ES256'],
        dpop_signing_alg_values_supported: ['ES256'],
        scopes_supported: [...SCOPES],
        service_documentation: `${issuer}/docs`,
      }),
  };
}
