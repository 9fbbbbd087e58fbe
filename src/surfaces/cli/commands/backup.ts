import { checkData, backupData, restoreData } from '../../../upkeep.js';
import { EXIT, text, type Command, type Invocation } from '../command.js';
import { UsageError } from '../usage-error.js';

export const backup: Command = {
  name: 'backup',
  usage: 'backup DIR',
  summary: {
    en: 'copy everything but the passphrase, while the service runs',
    zh: '在服务运行时备份除口令外的全部数据',
  },
  options: {},
  operands: 1,
  help: [
    'DIR is empty or missing. Check it later with: sha256sum -c SHA256SUMS',
    'The passphrase of the key store is not in it: keep that elsewhere.',
  ],
  async run(invocation) {
    const target = directoryOf(invocation);
    const done = await backupData(invocation.settings.dataDirectory, target, (files) =>
      files % 1000 === 0 ? invocation.progress(`backup: ${files} files`) : undefined,
    );
    for (const file of done.damaged) invocation.say(`damaged, not copied: ${file}`);
    invocation.say(
      invocation.language === 'zh'
        ? `已备份 ${done.fileCount} 个文件（${done.byteCount} 字节），日志长度 ${done.checkpoint?.size ?? 0}`
        : `${done.fileCount} files (${done.byteCount} bytes), journal size ${done.checkpoint?.size ?? 0}`,
    );
    invocation.answer(done);
    return done.damaged.length === 0 ? EXIT.accepted : EXIT.refused;
  },
};

export const restore: Command = {
  name: 'restore',
  usage: 'restore DIR [--seen-size N]',
  summary: { en: 'put a backup back into an empty data directory, and check it', zh: '将备份恢复到空的数据目录并检查' },
  options: { 'seen-size': { type: 'string' } },
  operands: 1,
  worksBeforeInit: true,
  help: ['--seen-size N   size of the newest checkpoint that was seen elsewhere: an older backup is named as such'],
  async run(invocation) {
    const from = directoryOf(invocation);
    const seen = text(invocation, 'seen-size') ?? '0';
    if (!/^[0-9]{1,15}$/.test(seen)) throw new UsageError('--seen-size is a whole number', '--seen-size 须为整数');
    const description = await restoreData(from, invocation.settings.dataDirectory);
    const check = await checkData(invocation.settings.dataDirectory, Number(seen));
    for (const { code, subject } of check.findings) invocation.say(`${code} ${subject}`);
    invocation.say(
      invocation.language === 'zh'
        ? `已恢复 ${description.at} 的备份；文件 ${check.files} 个，日志长度 ${check.checkpoint?.size ?? 0}，${check.sound ? '检查通过' : '检查未通过'}`
        : `restored the backup of ${description.at}; ${check.files} files, journal size ${check.checkpoint?.size ?? 0}, ${check.sound ? 'sound' : 'NOT sound'}`,
    );
    invocation.answer({ description, check });
    return check.sound ? EXIT.accepted : EXIT.refused;
  },
};

function directoryOf({ positionals, settings }: Invocation): string {
  // A copy without the registry would pass for a whole one.
  if (settings.store !== null)
    throw new UsageError(
      'only the SQLite store: see "Store on MongoDB" in docs/operations.md',
      '仅支持 SQLite 存储，见 docs/operations.md',
    );
  const [directory] = positionals;
  if (directory === undefined) throw new UsageError('name the directory', '请指明目录');
  return directory;
}
