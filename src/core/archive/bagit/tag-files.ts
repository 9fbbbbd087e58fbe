import { fromUtf8 } from '../../encoding/index.js';

export interface BagDeclaration {
  readonly version: string;
  readonly encoding: string;
}

const VERSIONS = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'];

/** RFC 8493 2.1.1: two lines, in order, UTF-8 without byte order mark. Undefined when it is not so. */
export function readDeclaration(bytes: Uint8Array): BagDeclaration | undefined {
  const lines = linesOf(decode(bytes, 'UTF-8') ?? '');
  const version = /^BagIt-Version: (\d+\.\d+)$/.exec(lines[0] ?? '')?.[1];
  const encoding = /^Tag-File-Character-Encoding: ([!-~]+)$/.exec(lines[1] ?? '')?.[1];
  return version !== undefined && encoding !== undefined && lines.length === 2 ? { version, encoding } : undefined;
}

export const isKnownVersion = (version: string): boolean => VERSIONS.includes(version);

/** Undefined for an unknown encoding and for bytes that are not in it. */
export function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    if (/^utf-?8$/i.test(encoding)) return fromUtf8(bytes);
    // The label alone means little-endian to TextDecoder; the mark at the start says which.
    const label = /^utf-16$/i.test(encoding) && bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : encoding;
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** LF, CR or CRLF; the last line may lack it. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** RFC 8493 2.2.2; older versions allowed blanks before the colon. Undefined when a line is neither label nor continuation. */
export function readInfo(
  text: string,
  isOld: boolean,
): readonly (readonly [label: string, value: string])[] | undefined {
  const label = isOld ? /^([^:]*?)\s*:\s*(.*)$/ : /^([^\s:][^:]*?): *(.*)$/;
  const info: [string, string][] = [];
  for (const line of linesOf(text)) {
    const last = info.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] += ` ${line.trim()}`;
    else {
      const match = label.exec(line);
      if (match) info.push([match[1]!, match[2]!]);
      else if (line !== '') return undefined;
    }
  }
  return info;
}

export interface ManifestLine {
  readonly digest: string;
  readonly path: string;
  readonly isRelative: boolean;
  readonly hasMark: boolean;
}

/** RFC 8493 2.1.3. Undefined for a line that is not a digest and a path. */
export function readManifestLine(line: string, isOld: boolean): ManifestLine | undefined {
  const match = (isOld ? /^([0-9A-Fa-f]+)[ \t]+(\*?)(.+)$/ : /^([0-9A-Fa-f]+)[ \t]+()(.+)$/).exec(line);
  if (!match) return undefined;
  const path = decodePath(match[3]!, isOld);
  return {
    digest: match[1]!.toLowerCase(),
    path: path.replace(/^(\.\/)+/, ''),
    isRelative: path.startsWith('./'),
    hasMark: match[2] === '*',
  };
}

/** `%` itself is encoded since 1.0. */
function decodePath(path: string, isOld: boolean): string {
  return path.replace(isOld ? /%0[AD]/gi : /%(0[AD]|25)/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
}

/** RFC 8493 5.1: nothing that some system would resolve to a place outside the bag. */
export function isSafePath(path: string): boolean {
  return (
    !/^(\/|~|[A-Za-z]:)/.test(path) &&
    !/[\\\0]/.test(path) &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}
