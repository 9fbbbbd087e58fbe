import { setUp } from '../../../setup.js';
import { EXIT, text, type Command } from '../command.js';

export const SAMPLE_DEPARTMENT = { code: '11999900MB0000001K', name: '示例市市场监督管理局' };

export const init: Command = {
  name: 'init',
  usage: 'init [--department CODE --name NAME]',
  summary: {
    en: 'set up keys, a development authority and a department with its seal',
    zh: '初始化密钥、开发用证书机构以及一个单位及其印章',
  },
  options: { department: { type: 'string' }, name: { type: 'string' } },
  worksBeforeInit: true,
  help: [
    '--department CODE  unified social credit code of the department (default: an invented one)',
    '--name NAME        its full name, as the seal shows it',
    'Everything goes to YINXIN_DATA (default ./data). Run again, it adds what is missing and changes nothing else.',
  ],
  async run(invocation) {
    const department = {
      code: text(invocation, 'department') ?? SAMPLE_DEPARTMENT.code,
      name: text(invocation, 'name') ?? SAMPLE_DEPARTMENT.name,
    };
    const { settings, say, language } = invocation;
    const done = await setUp(settings, department, (line) => invocation.progress(`init: ${line}`));
    if (done.passphraseFile !== null)
      say(
        language === 'zh'
          ? `口令已生成，存于 ${done.passphraseFile}，请另行保管`
          : `a passphrase was made; it is in ${done.passphraseFile}: keep it elsewhere`,
      );
    say(
      language === 'zh'
        ? `印章 ${done.seal.code} ${done.seal.name} 已就绪`
        : `seal ${done.seal.code} ${done.seal.name} is ready`,
    );
    invocation.answer({
      data: settings.dataDirectory,
      existed: done.existed,
      seal: done.seal.code,
      owner: done.seal.owner,
      passphraseFile: done.passphraseFile,
    });
    return EXIT.accepted;
  },
};
