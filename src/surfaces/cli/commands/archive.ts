import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkArchive, exportArchive, listArchiveItems } from '../../../operations/index.js';
import { EXIT, text, type Command } from '../command.js';
import { UsageError } from '../usage-error.js';
import { operatorFor, withArchive } from '../with-service.js';

export const archiveCheck: Command = {
  name: 'archive check',
  usage: 'archive check',
  summary: { en: 're-verify everything that was filed, from disk', zh: '从磁盘重新核验全部归档内容' },
  options: {},
  help: [
    'Checks every object by OCFL 1.1, both digests of every file, the seal of every original, and the catalogue.',
    'Exit code 1 when anything is wrong; each problem is named.',
  ],
  run: (invocation) =>
    withArchive(invocation.settings, async (world) => {
      const check = await checkArchive(world)((done) =>
        done % 100 === 0 ? invocation.progress(`archive check: ${done} objects`) : undefined,
      );
      for (const { code, object, path, en, zh } of check.problems)
        invocation.say(
          `${code} ${object}${path === null ? '' : ` ${path}`}: ${invocation.language === 'zh' ? zh : en}`,
        );
      invocation.say(
        invocation.language === 'zh'
          ? `归档对象 ${check.objects} 个，文件 ${check.files} 个，${check.bytes} 字节，原件 ${check.originals} 件；问题 ${check.problems.length} 个`
          : `${check.objects} objects, ${check.files} files, ${check.bytes} bytes, ${check.originals} originals; ${check.problems.length} problems`,
      );
      invocation.answer(check);
      return check.problems.length === 0 ? EXIT.accepted : EXIT.refused;
    }),
};

export const archiveExport: Command = {
  name: 'archive export',
  usage: 'archive export IDENTIFIER --out DIR --purpose TEXT [--department CODE]',
  summary: { en: 'export what was filed of a licence as a BagIt bag', zh: '将某证照的归档内容导出为 BagIt 包' },
  options: { out: { type: 'string' }, purpose: { type: 'string' }, department: { type: 'string' } },
  operands: 1,
  help: ['Writes a tar file; unpack it and check it with: sha512sum -c manifest-sha512.txt'],
  async run(invocation) {
    const [licence] = invocation.positionals;
    const [out, purpose] = [text(invocation, 'out'), text(invocation, 'purpose')];
    if (licence === undefined || out === undefined || purpose === undefined)
      throw new UsageError('an identifier, --out and --purpose are needed', '须给出证照标识、--out 和 --purpose');
    return withArchive(invocation.settings, async (world) => {
      const caller = await operatorFor(world, text(invocation, 'department'));
      const items = await listArchiveItems(world)({ caller, licence });
      const bag = await exportArchive(world)({ caller, items: items.map(({ id }) => id), purpose });
      await mkdir(out, { recursive: true });
      const file = join(out, `${bag.name}.tar`);
      await writeFile(file, bag.bytes);
      invocation.say(file);
      invocation.answer({ file, items: items.length });
      return EXIT.accepted;
    });
  },
};
