import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { verifyDocument } from '../../../operations/index.js';
import { instantMs } from '../../../core/encoding/index.js';
import { reportText } from '../../../core/verification/index.js';
import { openDocuments, places } from '../../../setup.js';
import { openVerifier } from '../../../wiring.js';
import { EXIT, text, type Command } from '../command.js';
import { UsageError } from '../usage-error.js';

export const verify: Command = {
  name: 'verify',
  usage: 'verify FILE [--trust DIR] [--crl DIR] [--at TIME] [--policy NAME] [--offline] [--json]',
  summary: { en: 'judge a file, without a service', zh: '验证文件（无需服务运行）' },
  options: {
    trust: { type: 'string' },
    crl: { type: 'string' },
    at: { type: 'string' },
    policy: { type: 'string' },
    offline: { type: 'boolean' },
  },
  operands: 1,
  worksBeforeInit: true,
  help: [
    '--trust DIR   what to believe: anchors/, intermediates/, crls/, journals.json (default: what init made)',
    '--crl DIR     revocation lists from another folder',
    '--at TIME     judge for this instant (RFC 3339); now when absent',
    '--policy NAME strict (our own seals, default) or open (files made by others)',
    '--offline     do not ask the registry for the state of the licence',
    'Exit code: 0 accepted, 1 refused, 2 undetermined, 64 usage, 70 system.',
  ],
  async run(invocation) {
    const [file] = invocation.positionals;
    if (file === undefined) throw new UsageError('name the file', '请指明文件');
    const { settings } = invocation;
    const at = places(settings.dataDirectory);
    const hasStore = settings.store !== null || existsSync(at.store);
    const store = invocation.flags['offline'] !== true && hasStore ? await openDocuments(settings) : null;
    try {
      const world = openVerifier({
        trustDirectory: text(invocation, 'trust') ?? at.trust,
        crlDirectory: text(invocation, 'crl'),
        templatesDirectory: settings.templatesDirectory,
        registry: store,
      });
      const report = await verifyDocument(world)({
        bytes: await readUpload(file),
        policy: text(invocation, 'policy') ?? 'strict',
        at: instantOf(text(invocation, 'at')),
        askRegistry: store !== null,
      });
      invocation.say(reportText(report, invocation.language === 'zh' ? 'zh-CN' : 'en'));
      invocation.answer(report);
      return EXIT[report.verdict];
    } finally {
      await store?.close();
    }
  },
};

async function readUpload(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    throw new UsageError(
      `cannot read ${file}: ${(cause as NodeJS.ErrnoException).code ?? 'error'}`,
      `无法读取文件 ${file}`,
    );
  }
}

function instantOf(time: string | undefined): Date | undefined {
  if (time === undefined) return undefined;
  const ms = instantMs(time) ?? Date.parse(time);
  if (Number.isNaN(ms)) throw new UsageError('--at is an RFC 3339 time', '--at 须为 RFC 3339 时间');
  return new Date(ms);
}
