import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { IssueLicence, RequestedRendition } from '../../../operations/index.js';
import { allSuites } from '../../../core/crypto/index.js';
import type { Json } from '../../../core/errors/index.js';
import type { LicenceRecord } from '../../../ports/index.js';
import type { Service } from '../../../wiring.js';
import { EXIT, text, type Command } from '../command.js';
import { readJsonInput } from '../input.js';
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
    const request = requestOf(await readJsonInput(file));
    const renditions = renditionsOf(text(invocation, 'rendition'));
    return withService(invocation.settings, async (service) => {
      const record = await service.issueLicence({
        caller: await operatorFor(service.world, text(invocation, 'department')),
        idempotencyKey: text(invocation, 'key') ?? randomUUID(),
        ...request,
        renditions,
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

type IssueRequest = Pick<IssueLicence, 'type' | 'items' | 'number' | 'sample'>;

/** The form only: whether type and items are right is judged when the licence is issued. */
function requestOf(json: Json): IssueRequest {
  const isRecord = (value: Json | undefined) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const request = (isRecord(json) ? json : {}) as { readonly [key: string]: Json | undefined };
  const { type, items, number, sample } = request;
  const isRight =
    typeof type === 'string' &&
    isRecord(items) &&
    (number === undefined || typeof number === 'string') &&
    (sample === undefined || typeof sample === 'boolean');
  if (!isRight)
    throw new UsageError(
      'a request is {"type": text, "items": {…}, "number"?: text, "sample"?: true or false}',
      '请求的格式应为 {"type": 文本, "items": {…}, "number"?: 文本, "sample"?: true 或 false}',
    );
  return { type, items, number, sample } as IssueRequest;
}

function renditionsOf(list: string | undefined): readonly RequestedRendition[] | undefined {
  return list?.split(',').map((one) => {
    const [kind, name] = one.split(':');
    const suite = allSuites().find(({ id }) => id === name)?.id;
    if ((kind !== 'pdf' && kind !== 'sd-jwt') || suite === undefined)
      throw new UsageError(`not a rendition: ${one}`, `无法识别的文件形式：${one}`);
    return { kind, suite };
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
