import { TrustError } from '../../core/errors/index.js';
import type { PortErrorCode } from '../../ports/index.js';

export class TemplateError extends TrustError<Extract<PortErrorCode, 'TEMPLATE_MALFORMED'>> {}

/** `file` is relative to the directory of templates; `field` is a JSON Pointer into it, empty for the whole file. */
export function malformed(file: string, field: string, why: { readonly en: string; readonly zh: string }, cause?: unknown): TemplateError {
  const where = field === '' ? file : `${file}#${field}`;
  return new TemplateError(
    'TEMPLATE_MALFORMED',
    { en: `template ${where}: ${why.en}`, zh: `模板 ${where}：${why.zh}` },
    { cause, details: { file, field } },
  );
}
