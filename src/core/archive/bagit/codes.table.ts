/** What can be wrong with a bag: [English, Chinese]. Codes that begin with W_ warn. */
export const BAG_CODES = {
  DECLARATION_MISSING: ['bagit.txt is missing', '缺少 bagit.txt'],
  DECLARATION_MALFORMED: ['bagit.txt does not have the two lines it must have', 'bagit.txt 格式有误'],
  VERSION_UNKNOWN: ['the BagIt version is unknown', '未知的 BagIt 版本'],
  ENCODING_UNKNOWN: ['tag files are not in the encoding they declare', '标签文件编码有误'],
  PAYLOAD_MISSING: ['there is no payload folder', '缺少 data 目录'],
  MANIFEST_MISSING: ['there is no payload manifest', '缺少载荷清单'],
  MANIFEST_MALFORMED: ['a line of a manifest is not a digest and a path', '清单行格式有误'],
  ALGORITHM_UNKNOWN: ['a manifest has an algorithm that cannot be checked', '清单使用了无法校验的算法'],
  PATH_UNSAFE: ['a path leads out of the bag', '路径越出归档包'],
  PATH_MISPLACED: ['a manifest lists what it must not list', '清单列出了不应列出的文件'],
  LISTED_TWICE: ['a manifest lists a file twice', '清单重复列出同一文件'],
  FILE_MISSING: ['a listed file is missing', '清单所列文件缺失'],
  FILE_UNLISTED: ['a file of the payload is not listed', '载荷文件未列入清单'],
  DIGEST_DIFFERS: ['a file does not have the digest listed', '文件摘要不符'],
  OXUM_DIFFERS: ['Payload-Oxum is not the size of the payload', 'Payload-Oxum 与载荷不符'],
  INFO_MALFORMED: ['a line of bag-info.txt is not a label and a value', 'bag-info.txt 格式有误'],
  FETCH_MALFORMED: ['a line of fetch.txt is not URL, length and path', 'fetch.txt 格式有误'],
  LINK: ['a link stands in the bag', '归档包中有链接'],
  W_FETCH: ['the bag names files to be fetched elsewhere', '归档包引用了外部文件'],
  W_LISTED_TWICE: ['a manifest lists a file twice with one digest', '清单以相同摘要重复列出同一文件'],
  W_RELATIVE_PATH: ['a path begins with ./', '路径以 ./ 开头'],
  W_BINARY_MARK: ['a path has the asterisk of the md5sum tools', '路径带有 md5sum 工具的星号'],
  W_NAMES_ALIKE: ['two names differ only in case or Unicode form', '文件名仅大小写或 Unicode 形式不同'],
  W_SYSTEM_FILE: ['a file of an operating system is listed', '清单列出了操作系统文件'],
} as const satisfies Record<string, readonly [en: string, zh: string]>;

export type BagCode = keyof typeof BAG_CODES;
