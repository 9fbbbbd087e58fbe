import { readPassphrase } from '../../../config/index.js';
import { allSuites } from '../../../core/crypto/index.js';
import { renewSealKey } from '../../../setup.js';
import { EXIT, text, type Command } from '../command.js';
import { UsageError } from '../usage-error.js';

export const sealRenew: Command = {
  name: 'seal renew',
  usage: 'seal renew --department CODE --suite SUITE [--data]',
  summary: {
    en: 'renew the key and certificate of a seal; old licences stay valid',
    zh: '更换印章的密钥和证书（不影响已签发的证照）',
  },
  options: { department: { type: 'string' }, suite: { type: 'string' }, data: { type: 'boolean' } },
  help: [
    '--suite SUITE   for example SM2-SM3',
    '--data          the data-signing key instead of the seal key',
    'A running service uses the new key after a restart.',
  ],
  async run(invocation) {
    const department = text(invocation, 'department');
    const suite = allSuites().find(({ id }) => id === text(invocation, 'suite'))?.id;
    if (department === undefined || suite === undefined)
      throw new UsageError('--department and --suite are needed', '须给出 --department 和 --suite');
    const purpose = invocation.flags['data'] === true ? 'data' : 'seal';
    const seal = await renewSealKey(invocation.settings, readPassphrase(invocation.settings), {
      departmentCode: department,
      suite,
      purpose,
    });
    const keys = purpose === 'seal' ? seal.keys : seal.dataKeys;
    invocation.say(`${seal.code}: ${keys.at(-1)!.keyId}`);
    invocation.answer({ seal: seal.code, key: keys.at(-1)!.keyId });
    return EXIT.accepted;
  },
};
