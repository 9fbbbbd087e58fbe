import { isTrustError } from '../../core/errors/index.js';
import { checkCreditCode } from '../../core/licence/index.js';
import type { ClientRecord, Clock, Documents } from '../../ports/index.js';
import { OperationError } from '../errors.js';

export const SCOPES = [
  'licences:issue',
  'licences:read',
  'licences:read-personal',
  'licences:change',
  'archive:read',
  'archive:export',
] as const;

export interface RegisterClient {
  readonly id: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly scopes: readonly string[];
  /** Public key as a JWK with `kid`. */
  readonly key: Readonly<Record<string, string>>;
}

interface World {
  readonly clock: Clock;
  readonly documents: Documents;
}

/** Keys that may be in use at once while one replaces the other. */
const KEYS_AT_ONCE = 2;

/** Registers a system that may call the API for one department. Only its public key comes here. */
export const registerClient =
  (world: World) =>
  async (command: RegisterClient): Promise<ClientRecord> => {
    const key = publicKey(command.key);
    checkFields(command);
    const record: ClientRecord = {
      id: command.id,
      name: command.name,
      departmentCode: command.departmentCode,
      scopes: command.scopes,
      keys: [key],
      state: 'active',
      createdAt: world.clock.now().toISOString(),
    };
    try {
      await world.documents.insert('clients', record);
    } catch (error) {
      if (!isTrustError(error) || error.code !== 'STORE_CONFLICT') throw error;
      throw new OperationError('CLIENT_EXISTS', {
        en: `a client ${command.id} exists`,
        zh: `客户端 ${command.id} 已存在`,
      });
    }
    return record;
  };

/** Adds a new key; of the old ones only the newest stays, so that calls under way are not broken. */
export const rotateClientKey =
  (world: World) =>
  async ({ id, ...command }: { readonly id: string; readonly key: RegisterClient['key'] }): Promise<ClientRecord> => {
    const key = publicKey(command.key);
    const found = await world.documents.get('clients', id);
    if (!found) throw new OperationError('CLIENT_UNKNOWN', { en: `no client ${id}`, zh: `没有客户端 ${id}` });
    const others = found.doc.keys.filter(({ kid }) => kid !== key['kid']);
    const record: ClientRecord = { ...found.doc, keys: [...others.slice(1 - KEYS_AT_ONCE), key] };
    await world.documents.replace('clients', record, found.version);
    return record;
  };

function checkFields({ id, departmentCode, scopes }: RegisterClient): void {
  const problem =
    (!/^[a-z0-9][a-z0-9.-]{1,62}$/.test(id) && {
      en: 'a client id is 2 to 63 of a-z 0-9 . -',
      zh: '客户端标识须为 2 至 63 位小写字母、数字、点或连字符',
    }) ||
    (!checkCreditCode(departmentCode).ok && {
      en: 'the department code is not a credit code',
      zh: '单位代码不是有效的统一社会信用代码',
    }) ||
    (!scopes.every((scope) => (SCOPES as readonly string[]).includes(scope)) && {
      en: `scopes are ${SCOPES.join(' ')}`,
      zh: `可用的权限：${SCOPES.join(' ')}`,
    });
  if (problem) throw new OperationError('CLIENT_INVALID', problem);
}

/**
 * EC P-256 public keys: what `private_key_jwt` with ES256 needs, and of the JWK no more than that. A private part is
 * refused, so that none is ever stored here. The key comes from a file: nothing of its form is certain.
 */
function publicKey(key: unknown): RegisterClient['key'] {
  const jwk = typeof key === 'object' && key !== null ? (key as Readonly<Record<string, unknown>>) : {};
  const { kty, crv, x, y, kid } = jwk;
  const isCoordinate = (value: unknown): value is string =>
    typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value);
  if (
    kty === 'EC' &&
    crv === 'P-256' &&
    isCoordinate(x) &&
    isCoordinate(y) &&
    typeof kid === 'string' &&
    kid !== '' &&
    !('d' in jwk)
  )
    return { kty, crv, x, y, kid };
  throw new OperationError('CLIENT_INVALID', {
    en: 'the key is not a public P-256 JWK with kid',
    zh: '密钥须为带 kid 的 P-256 公钥（JWK）',
  });
}
