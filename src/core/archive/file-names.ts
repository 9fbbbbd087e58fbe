import { ArchiveError } from './errors.js';

/**
 * Names are kept as the caller wrote them, so those that another file system would change or merge are refused:
 * not NFC, control characters, backslashes, and two names that differ only in case.
 */
export function checkFileNames(paths: readonly string[]): void {
  const seen = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    if (!isCleanPath(path)) throw badName(path, { en: 'not a portable file name', zh: '文件名不可移植' });
    const folded = path.toLowerCase();
    if (seen.has(folded)) throw badName(path, { en: 'file named twice', zh: '文件名重复' });
    seen.add(folded);
    const parts = folded.split('/');
    for (let i = 1; i < parts.length; i++) folders.add(parts.slice(0, i).join('/'));
  }
  for (const path of paths)
    if (folders.has(path.toLowerCase()))
      throw badName(path, { en: 'a name is both file and folder', zh: '名称既是文件又是文件夹' });
}

function isCleanPath(path: string): boolean {
  return (
    path.isWellFormed() &&
    path === path.normalize('NFC') &&
    !/[\u0000-\u001f\u007f-\u009f\\]/.test(path) &&
    hasPlainParts(path)
  );
}

/** Relative, `/` between parts, no part empty, `.` or `..`. */
export function hasPlainParts(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function badName(path: string, words: { en: string; zh: string }): ArchiveError {
  return new ArchiveError('ARCHIVE_ITEM_MALFORMED', words, { details: { path } });
}
