import { openClients } from '../../../wiring.js';
import { EXIT, text, type Command, type Invocation } from '../command.js';
import { readJsonInput } from '../input.js';
import { UsageError } from '../usage-error.js';

export const clientRegister: Command = {
  name: 'client register',
  usage: 'client register ID --key FILE --department CODE [--name NAME] [--scopes "licences:issue …"]',
  summary: { en: 'register a system that may call the API', zh: '登记可调用接口的系统' },
  options: {
    key: { type: 'string' },
    department: { type: 'string' },
    name: { type: 'string' },
    scopes: { type: 'string' },
  },
  operands: 1,
  help: [
    '--key FILE   its public key, a P-256 JWK with kid; the private key never comes here',
    '--scopes     separated by blanks; default licences:issue licences:read',
  ],
  async run(invocation) {
    const [id] = invocation.positionals;
    const department = text(invocation, 'department');
    if (id === undefined || department === undefined)
      throw new UsageError('an id and --department are needed', '须给出客户端标识和 --department');
    const key = await readKey(invocation);
    const record = await openClients(invocation.settings, (clients) =>
      clients.registerClient({
        id,
        name: text(invocation, 'name') ?? id,
        departmentCode: department,
        scopes: (text(invocation, 'scopes') ?? 'licences:issue licences:read').split(/\s+/).filter(Boolean),
        key,
      }),
    );
    invocation.say(invocation.language === 'zh' ? `已登记客户端 ${id}` : `client ${id} is registered`);
    invocation.answer(record);
    return EXIT.accepted;
  },
};

export const clientRotate: Command = {
  name: 'client rotate',
  usage: 'client rotate ID --key FILE',
  summary: { en: 'give a client a new key; the last one lives on beside it', zh: '为客户端更换密钥（旧密钥暂留并存）' },
  options: { key: { type: 'string' } },
  operands: 1,
  help: ['--key FILE   the new public key, a P-256 JWK with kid'],
  async run(invocation) {
    const [id] = invocation.positionals;
    if (id === undefined) throw new UsageError('name the client', '请指明客户端');
    const key = await readKey(invocation);
    const record = await openClients(invocation.settings, (clients) => clients.rotateClientKey({ id, key }));
    invocation.say(
      invocation.language === 'zh'
        ? `客户端 ${id} 现有 ${record.keys.length} 个密钥`
        : `client ${id} has ${record.keys.length} keys now`,
    );
    invocation.answer(record);
    return EXIT.accepted;
  },
};

async function readKey(invocation: Invocation): Promise<Record<string, string>> {
  const file = text(invocation, 'key');
  if (file === undefined) throw new UsageError('--key is needed', '须给出 --key');
  return (await readJsonInput(file)) as Record<string, string>;
}
