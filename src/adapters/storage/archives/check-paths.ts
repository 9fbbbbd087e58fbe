import type { ArchiveFile } from '../../../ports/archives.js';

/** Segments are made by `core/archive`; anything else here is a mistake of ours that must not reach the disk. */
const isRelative = (path: string): boolean =>
  !path.includes('\0') &&
  !path.includes('\\') &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

export function checkObjectPath(path: string): void {
  // An OCFL layout maps to folders of its own; a leading dot is where objects are staged.
  if (!isRelative(path) || path.startsWith('.')) throw new TypeError(`not an object path: ${path}`);
}

export function checkArchiveFiles(files: readonly ArchiveFile[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (!isRelative(path) || seen.has(path))
      throw new TypeError(`not a file path of an object, or named twice: ${path}`);
    seen.add(path);
  }
  if (files.length === 0) throw new TypeError('an archive object needs files');
}
