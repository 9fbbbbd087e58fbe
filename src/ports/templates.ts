import type { Json } from '../core/errors/index.js';
import type { ItemsValidator, LicenceType } from '../core/licence/index.js';

/**
 * The licence types that this installation knows, with the layouts of their faces.
 *
 * Contract: everything was read and checked before the port existed (TEMPLATE_MALFORMED names file and field), so no
 * call reads a file, and answers do not change while the service runs. Without `version` the newest one is meant.
 * Asking for anything but `type` with a code or version that no type has is a mistake of the caller: TypeError.
 */
export interface Templates {
  /** The newest version of each type, by code. */
  types(): readonly LicenceType[];
  type(code: string, version?: string): LicenceType | undefined;
  /** The layout template as data; `core/renditions/layout` knows its form. */
  layout(code: string, version?: string): Json;
  /** JSON Schema check of the face items, compiled once. */
  validator(code: string, version?: string): ItemsValidator;
  /** SHA-256 over type record and layout, lower-case hex: says by which template a licence was made. */
  digest(code: string, version?: string): string;
}
