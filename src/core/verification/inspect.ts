import { hash } from '#primitives';
import { toHex } from '../encoding/index.js';
import { recover } from '../errors/index.js';
import type { Words } from '../errors/index.js';
import { detectFile, inspectPdf, inspectSdJwt } from '../renditions/index.js';
import type { PdfInspection, SdJwtInspection } from '../renditions/index.js';

export interface FileFacts {
  readonly kind: 'pdf' | 'sd-jwt' | 'unknown';
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Why a file, or a part of it, cannot be read. */
export interface Unreadable {
  readonly code: string;
  readonly words: Words;
}

/** Bytes turned into structure; first step of verification (decision 13). Everything in it is a stranger's word. */
export type Inspection = { readonly file: FileFacts } & (
  | { readonly kind: 'pdf'; readonly pdf: PdfInspection }
  | { readonly kind: 'sd-jwt'; readonly bytes: Uint8Array; readonly sdJwt: SdJwtInspection }
  | { readonly kind: 'unreadable'; readonly why: Unreadable }
);

/** Never throws for what a file holds: one that cannot be read is `unreadable`, and later a report. */
export function inspect(bytes: Uint8Array): Inspection {
  const kind = detectFile(bytes);
  const file: FileFacts = { kind, bytes: bytes.length, sha256: toHex(hash('sha256', bytes)) };
  const read = attempt((): Inspection => {
    if (kind === 'pdf') return { file, kind, pdf: inspectPdf(bytes) };
    // A copy: the caller may use his array again while the inspection lives.
    if (kind === 'sd-jwt') return { file, kind, bytes: bytes.slice(), sdJwt: inspectSdJwt(bytes) };
    return { file, kind: 'unreadable', why: UNKNOWN_KIND };
  });
  return read.ok ? read.value : { file, kind: 'unreadable', why: read.why };
}

const UNKNOWN_KIND: Unreadable = {
  code: 'FILE_KIND_UNKNOWN',
  words: { en: 'this is neither a PDF nor a structured licence', zh: '既不是 PDF 文件，也不是结构化证照数据' },
};

/** Runs a reader of hostile bytes; its coded refusal becomes a value. Anything else is a defect of ours and goes on up. */
export function attempt<T>(
  read: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Unreadable } {
  return recover(
    () => ({ ok: true, value: read() }),
    ({ code, words }) => ({ ok: false, why: { code, words } }),
  );
}
