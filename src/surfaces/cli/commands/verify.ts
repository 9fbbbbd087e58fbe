import { existsSync } from 'node:fs';
import { verifyDocument } from '../../../operations/index.js';
import { policyNames, reportText } from '../../../core/verification/index.js';
import { openDocuments, places } from '../../../setup.js';
import { openVerifier } from '../../../wiring.js';
import { EXIT, text, type Command } from '../command.js';
import { instantOf, readInput } from '../input.js';
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
    '--at TIME     judge for this instant (RFC 3339 with its zone); now when absent',
    '--policy NAME strict (our own seals, default) or open (files made by others)',
    '--offline     do not ask the registry for the state of the licence',
    'Exit code: 0 accepted, 1 refused, 2 undetermined, 64 usage, 70 system.',
  ],
  async run(invocation) {
    const [file] = invocation.positionals;
    if (file === undefined) throw new UsageError('name the file', '请指明文件');
    const [policy, crl, time] = [
      text(invocation, 'policy') ?? 'strict',
      text(invocation, 'crl'),
      text(invocation, 'at'),
    ];
    if (!policyNames().includes(policy))
      throw new UsageError(`policies are ${policyNames().join(' ')}`, `可用的核验策略：${policyNames().join(' ')}`);
    if (crl !== undefined && !existsSync(crl)) throw new UsageError(`no folder ${crl}`, `没有目录 ${crl}`);
    const judgedAt = time === undefined ? undefined : instantOf(time);
    const bytes = await readInput(file);
    const { settings } = invocation;
    const at = places(settings.dataDirectory);
    const hasStore = settings.store !== null || existsSync(at.store);
    const store = invocation.flags['offline'] !== true && hasStore ? await openDocuments(settings) : null;
    try {
      const world = openVerifier({
        trustDirectory: text(invocation, 'trust') ?? at.trust,
        crlDirectory: crl,
        templatesDirectory: settings.templatesDirectory,
        registry: store,
      });
      const report = await verifyDocument(world)({
        bytes,
        policy,
        at: judgedAt,
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
