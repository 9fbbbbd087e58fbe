import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { RequestedRendition } from '../../../operations/index.js';
import { parseJson } from '../../../core/encoding/index.js';
import type { Json } from '../../../core/errors/index.js';
import type { LicenceRecord } from '../../../ports/index.js';
import type { Service } from '../../../wiring.js';
import { EXIT, text, type Command } from '../command.js';
import { UsageError } from '../usage-error.js';
import { operatorFor, withService } from '../with-service.js';

const EXTENSION = { pdf: 'pdf', 'sd-jwt': 'sd-jwt', ofd: 'ofd', code: 'txt' } as const;

export const issue: Command = {
  name: 'issue',
  usage: 'issue FILE [--out DIR] [--rendition KIND:SUITE,…] [--key IDEMPOTENCY-KEY] [--department CODE]',
  summary: { en: 'issue one licence from a JSON request', zh: '依据 JSON 请求签发一份证照' },
  options: {
    out: { type: 'string' },
    rendition: { type: 'string' },
    key: { type: 'string' },
    department: { type: 'string' },
  },
  operands: 1,
  help: [
    'FILE               {"type": CODE, "items": {…}, "number"?: …, "sample"?: true}; see templates/*/sample.json',
    '--out DIR          write the sealed files there',
    '--rendition LIST   for example pdf:SM2-SM3,pdf:ECDSA-P256-SHA256,sd-jwt:SM2-SM3',
    '--key KEY          the same key and request give the same licence again',
  ],
  async run(invocation) {
    const [file] = invocation.positionals;
    if (file === undefined) throw new UsageError('name the request file', '请指明请求文件');
    const request = parseJson(await readFile(file)) as {
      type?: string;
      items?: Record<string, Json>;
      number?: string;
      sample?: boolean;
    };
    if (typeof request.type !== 'string' || typeof request.items !== 'object')
      throw new UsageError('the request lacks type or items', '请求缺少 type 或 items');
    return withService(invocation.settings, async (service) => {
      const record = await service.issueLicence({
        caller: await operatorFor(service.world, text(invocation, 'department')),
        idempotencyKey: text(invocation, 'key') ?? randomUUID(),
        type: request.type!,
        items: request.items!,
        number: request.number,
        sample: request.sample,
        renditions: renditionsOf(text(invocation, 'rendition')),
      });
      await service.workPending();
      const out = text(invocation, 'out');
      const written = out === undefined ? [] : await writeRenditions(service, record, out);
      invocation.say(record.id);
      for (const path of written) invocation.say(`  ${path}`);
      invocation.answer({
        identifier: record.id,
        number: record.licence.number,
        commitment: record.commitment,
        files: written,
      });
      return EXIT.accepted;
    });
  },
};

function renditionsOf(list: string | undefined): readonly RequestedRendition[] | undefined {
  return list?.split(',').map((one) => {
    const [kind, suite] = one.split(':');
    if ((kind !== 'pdf' && kind !== 'sd-jwt') || suite === undefined)
      throw new UsageError(`not a rendition: ${one}`, `无法识别的文件形式：${one}`);
    return { kind, suite: suite as RequestedRendition['suite'] };
  });
}

/** Writes the sealed files under the licence's identifier; answers their paths. */
export async function writeRenditions(
  service: Service,
  record: LicenceRecord,
  directory: string,
  name = record.id,
): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true });
  return Promise.all(
    record.renditions.map(async ({ kind, suite, file }) => {
      const path = join(directory, `${name}.${suite.toLowerCase()}.${EXTENSION[kind]}`);
      await writeFile(path, (await service.world.files.get(file))!);
      return path;
    }),
  );
}
