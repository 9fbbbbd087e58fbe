import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { checkArchive } from '../../operations/index.js';
import type { RequestedRendition } from '../../operations/index.js';
import { loadSettings, readPassphrase } from '../../config/index.js';
import type { Settings } from '../../config/index.js';
import { parseJson } from '../../core/encoding/index.js';
import { isTrustError, type Json } from '../../core/errors/index.js';
import type { VerificationReport } from '../../core/verification/index.js';
import type { LicenceRecord } from '../../ports/index.js';
import { setUp } from '../../setup.js';
import { openService, type Service } from '../../wiring.js';
import { SAMPLE_DEPARTMENT } from './commands/init.js';
import { writeRenditions } from './commands/issue.js';
import { SHIPPED } from './shipped.js';
import { operatorFor } from './with-service.js';

const OUT = resolve('out');

/** Each licence in both worlds of cryptography: SM2, and one of the international suites. */
const PLAN: readonly { readonly type: string; readonly other: RequestedRendition['suite'] }[] = [
  { type: 'business-licence', other: 'ECDSA-P256-SHA256' },
  { type: 'food-business-licence', other: 'RSA-PKCS1-SHA256' },
  { type: 'residence-certificate', other: 'RSA-PSS-SHA256' },
];

interface Row {
  readonly file: string;
  readonly what: string;
  readonly report: VerificationReport;
  readonly expected: VerificationReport['verdict'];
}

const say = (line = '') => process.stdout.write(line + '\n');

/** The main job, whole: set up, issue, verify, tamper, suspend, file, check. Answers 0 when every verdict is the expected one. */
async function demo(settings: Settings): Promise<number> {
  say('印信 Yinxin: 样本演示 / demonstration with sample data\n');
  const done = await setUp(settings, SAMPLE_DEPARTMENT, () => undefined);
  say(
    done.existed
      ? `使用已有的开发证书体系 / development authority found in ${near(settings.dataDirectory)}`
      : `已建立开发证书体系 / development authority made in ${near(settings.dataDirectory)}`,
  );
  if (done.passphraseFile !== null) say(`密钥库口令 / passphrase of the key store: ${near(done.passphraseFile)}`);
  const service = await openService(settings, readPassphrase(settings));
  try {
    const { sm2Engine } = await service.world.keeper.selfTest();
    say(`SM2: ${sm2Engine}\n`);
    await mkdir(OUT, { recursive: true });
    const rows: Row[] = [];
    const issued: LicenceRecord[] = [];
    for (const { type, other } of PLAN) issued.push(await issueSample(service, settings, type, other, rows));
    await tamper(service, rows);
    await suspend(service, issued.at(-1)!, rows);
    await service.workPending();
    const archive = await checkArchive(service.world)();
    report(rows);
    say(
      `归档 / archive: ${archive.objects} 件 items, ${archive.files} 个文件 files, ${archive.originals} 份原件 originals, ${archive.problems.length} 个问题 problems`,
    );
    const good = rows.every((row) => row.report.verdict === row.expected) && archive.problems.length === 0;
    next(rows, good);
    return good ? 0 : 1;
  } finally {
    await service.close();
  }
}

async function issueSample(
  service: Service,
  settings: Settings,
  type: string,
  other: RequestedRendition['suite'],
  rows: Row[],
): Promise<LicenceRecord> {
  const sample = parseJson(await readFile(join(settings.templatesDirectory, type, 'sample.json'))) as {
    type: string;
    items: Record<string, Json>;
  };
  const record = await service.issueLicence({
    caller: await operatorFor(service.world, SAMPLE_DEPARTMENT.code),
    idempotencyKey: `demo-${type}-${service.world.clock.now().toISOString()}`,
    type: sample.type,
    items: sample.items,
    sample: true,
    renditions: [
      { kind: 'pdf', suite: 'SM2-SM3' },
      { kind: 'pdf', suite: other },
      { kind: 'sd-jwt', suite: 'SM2-SM3' },
    ],
  });
  const name = service.world.templates.type(sample.type)!.name;
  for (const path of [...(await writeRenditions(service, record, OUT, type))].sort())
    rows.push({ file: path, what: `${name.zh} ${name.en}`, report: await judge(service, path), expected: 'accepted' });
  return record;
}

async function tamper(service: Service, rows: Row[]): Promise<void> {
  const original = rows.find(({ file }) => file.endsWith('.sm2-sm3.pdf'))!;
  const bytes = Uint8Array.from(await readFile(original.file));
  bytes[Math.floor(bytes.length / 3)]! ^= 1;
  const file = join(OUT, 'tampered.pdf');
  await writeFile(file, bytes);
  rows.push({ file, what: '改动一个字节 one byte changed', report: await judge(service, file), expected: 'refused' });
}

async function suspend(service: Service, record: LicenceRecord, rows: Row[]): Promise<void> {
  await service.changeLicenceState({
    caller: await operatorFor(service.world, SAMPLE_DEPARTMENT.code),
    identifier: record.id,
    operation: 'suspend',
    idempotencyKey: `demo-suspend-${record.id}`,
    expectedVersion: record.events.length,
    reason: '演示：暂扣',
    legalBasis: '演示用，无法律效力',
  });
  const original = rows.find(
    ({ report, file }) => report.licence?.identifier === record.id && file.endsWith('.sm2-sm3.pdf'),
  )!;
  rows.push({
    file: original.file,
    what: '暂扣之后 after suspension',
    report: await judge(service, original.file),
    expected: 'refused',
  });
}

async function judge(service: Service, file: string): Promise<VerificationReport> {
  return service.verifyDocument({ bytes: new Uint8Array(await readFile(file)), policy: 'strict', askRegistry: true });
}

const VERDICTS = {
  accepted: '✔ 通过 accepted',
  refused: '✘ 不通过 refused',
  undetermined: '? 未能确定 undetermined',
} as const;

function report(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ file }) => near(file).length));
  for (const { file, what, report: found } of rows) {
    const [signature] = found.signatures;
    say(
      `${near(file).padEnd(width)}  ${VERDICTS[found.verdict]}  ${signature?.indication ?? ''}${signature?.revocationChecked ? ', 吊销已查 revocation checked' : ''}`,
    );
    say(`${''.padEnd(width)}  ${what}`);
    if (found.verdict !== 'accepted') say(`${''.padEnd(width)}  ${found.summary.zh} / ${found.summary.en}`);
  }
  say();
}

function next(rows: readonly Row[], good: boolean): void {
  if (!good) {
    const wrong = rows.filter((row) => row.report.verdict !== row.expected).map(({ file }) => near(file));
    say(`\n与预期不符 / not as expected: ${wrong.join(' ') || '归档 archive'}`);
    return;
  }
  say(`
接下来 / what next
  打开 / open            ${near(rows[0]!.file)}
  自行验证 / verify      npm run -s yinxin -- verify ${near(rows[0]!.file)}
  启动服务 / the service npm start            http://127.0.0.1:8080`);
}

function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

try {
  process.exitCode = await demo(loadSettings({ YINXIN_LOG: 'error', ...process.env }, SHIPPED));
} catch (error) {
  process.stderr.write(
    isTrustError(error)
      ? `demo: ${error.words.zh} / ${error.words.en} [${error.code}]\n`
      : `demo: ${String((error as Error).stack)}\n`,
  );
  process.exitCode = 70;
}
