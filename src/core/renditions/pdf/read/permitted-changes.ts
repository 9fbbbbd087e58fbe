import type { Touched } from './changes.js';
import type { PdfDocument } from './document.js';
import { PdfArray, PdfDict, PdfRef, PdfStream, dictOf, nameOf, type PdfValue } from './objects.js';
import { differingKeys, sameValue } from './same-value.js';
import { reach } from './walk.js';

const DSS_LISTS = new Set(['Certs', 'OCSPs', 'CRLs']);
const VRI_LISTS = new Set(['Cert', 'OCSP', 'CRL']);
const EVIDENCE_KEYS = new Set(['Length', 'Filter', 'Type']);
const TIMESTAMP_KEYS = new Set(['Type', 'Filter', 'SubFilter', 'Contents', 'ByteRange', 'V', 'M', 'Prop_Build']);
const FIELD_KEYS = new Set(['Type', 'Subtype', 'FT', 'T', 'TU', 'V', 'F', 'Ff', 'P', 'Rect', 'NM', 'M']);

/** The two states between which an update stands, and what the older one can already reach. */
interface Update {
  readonly document: PdfDocument;
  readonly index: number;
  readonly touched: ReadonlyMap<number, Touched['kind']>;
  /**
   * Numbers that the older state reaches without going through its DSS. An object behind such a number is content,
   * even if the update also hangs it into the DSS: so a certificate cannot also be a page.
   */
  readonly content: ReadonlySet<number>;
}

/** Numbers of the touched objects that an update after sealing may touch. Anything not understood is not among them. */
export function permittedObjects(document: PdfDocument, index: number, touched: readonly Touched[]): Set<number> {
  const root = document.revisions[index]!.trailer.get('Root');
  const [before, now] = [document.resolve(root, index - 1), document.resolve(root, index)];
  const allowed = new Set<number>();
  if (!(root instanceof PdfRef) || !(before instanceof PdfDict) || !(now instanceof PdfDict)) return allowed;
  const update: Update = {
    document,
    index,
    touched: new Map(touched.map(({ num, kind }) => [num, kind])),
    content: contentOf(document, index - 1, before),
  };
  const dss = dssObjects(update, now.get('DSS'));
  const fields = timestampFields(update, allowed);
  allowContainers(update, allowed);
  for (const num of dss ?? []) if (mayHoldEvidence(update, num)) allowed.add(num);
  allowFormAndPages(update, fields, before, now, allowed);
  if (catalogueAllowed(update, before, now, dss !== null, fields)) allowed.add(root.num);
  return allowed;
}

function contentOf(document: PdfDocument, revision: number, catalogue: PdfDict): ReadonlySet<number> {
  const roots: (PdfValue | undefined)[] = [document.revisions[revision]!.trailer.get('Info')];
  for (const [key, value] of catalogue.map) if (key !== 'DSS') roots.push(value);
  return reach(document, revision, roots);
}

/** Nothing of the older state may have waited for this number. */
const isFresh = ({ touched, content }: Update, num: number): boolean =>
  touched.get(num) === 'added' && !content.has(num);

function mayHoldEvidence(update: Update, num: number): boolean {
  if (isFresh(update, num)) return true;
  // A DSS grows from one update to the next: its dictionaries and lists may be replaced, its evidence may not.
  const value = update.document.object(num, update.index);
  return update.touched.get(num) === 'replaced' && !update.content.has(num) && !(value instanceof PdfStream);
}

/** New cross-reference and object streams: they only hold what is judged by itself. */
function allowContainers(update: Update, allowed: Set<number>): void {
  const { document, index } = update;
  const sections = new Set(document.revisions[index]!.sections.map((section) => section.offset));
  for (const num of update.touched.keys()) {
    const entry = document.version(num, index)!.entry;
    if (!isFresh(update, num) || entry.kind !== 'at') continue;
    const type = nameOf(dictOf(document.object(num, index))?.get('Type'));
    if (sections.has(entry.offset) || type === 'ObjStm') allowed.add(num);
  }
}

/** Numbers that a document security store is made of; null when it is not one (ISO 32000-2 12.8.4.3). */
function dssObjects({ document, index }: Update, value: PdfValue | undefined): Set<number> | null {
  const nums = new Set<number>();
  const follow = (inner: PdfValue | undefined) => {
    if (inner instanceof PdfRef) nums.add(inner.num);
    return document.resolve(inner, index);
  };
  const isEvidence = (inner: PdfValue | undefined) => {
    const stream = inner instanceof PdfRef ? follow(inner) : undefined;
    return stream instanceof PdfStream && [...stream.dict.map.keys()].every((key) => EVIDENCE_KEYS.has(key));
  };
  const isList = (inner: PdfValue | undefined) => {
    const list = follow(inner);
    return list instanceof PdfArray && list.items.every(isEvidence);
  };
  const isVri = (inner: PdfValue | undefined) => {
    const dict = follow(inner);
    return (
      dict instanceof PdfDict &&
      [...dict.map].every(([key, item]) =>
        VRI_LISTS.has(key)
          ? isList(item)
          : key === 'TS'
            ? isEvidence(item)
            : (key === 'TU' || key === 'Type') && !(item instanceof PdfRef),
      )
    );
  };
  const dss = follow(value);
  if (!(dss instanceof PdfDict)) return null;
  for (const [key, item] of dss.map) {
    if (key === 'Type' && !(item instanceof PdfRef)) continue;
    if (DSS_LISTS.has(key) && isList(item)) continue;
    const vris = key === 'VRI' ? follow(item) : undefined;
    if (!(vris instanceof PdfDict) || ![...vris.map].every(([name, vri]) => name === 'Type' || isVri(vri))) return null;
  }
  return nums;
}

/**
 * New, invisible fields whose value is a new RFC 3161 document time-stamp (ISO 32000-2 12.8.5). Adds fields and
 * values to `allowed`, answers the fields.
 */
function timestampFields(update: Update, allowed: Set<number>): ReadonlySet<number> {
  const fields = new Set<number>();
  for (const num of update.touched.keys()) {
    const field = update.document.object(num, update.index);
    if (!isFresh(update, num) || !(field instanceof PdfDict) || nameOf(field.get('FT')) !== 'Sig') continue;
    const value = field.get('V');
    if (
      !(value instanceof PdfRef) ||
      !isFresh(update, value.num) ||
      !isTimestamp(update.document.object(value.num, update.index))
    )
      continue;
    if (![...field.map.keys()].every((key) => FIELD_KEYS.has(key)) || !isInvisible(field.get('Rect'))) continue;
    fields.add(num);
    allowed.add(num).add(value.num);
  }
  return fields;
}

function isTimestamp(value: PdfValue | undefined): boolean {
  return (
    value instanceof PdfDict &&
    nameOf(value.get('Type')) === 'DocTimeStamp' &&
    nameOf(value.get('SubFilter')) === 'ETSI.RFC3161' &&
    [...value.map].every(([key, item]) => TIMESTAMP_KEYS.has(key) && !(item instanceof PdfRef))
  );
}

function isInvisible(rect: PdfValue | undefined): boolean {
  if (rect === undefined) return true;
  if (!(rect instanceof PdfArray) || rect.items.length !== 4) return false;
  const [x1, y1, x2, y2] = rect.items;
  return typeof x1 === 'number' && x1 === x2 && typeof y1 === 'number' && y1 === y2;
}

/** The list as it was, then references to nothing but new time-stamp fields. */
function onlyGrewBy(fields: ReadonlySet<number>, before: PdfValue | undefined, now: PdfValue | undefined): boolean {
  if (before !== undefined && !(before instanceof PdfArray)) return false;
  if (!(now instanceof PdfArray)) return false;
  const old = before?.items ?? [];
  return (
    old.every((item, i) => sameValue(item, now.items[i])) &&
    now.items.slice(old.length).every((item) => item instanceof PdfRef && fields.has(item.num))
  );
}

function allowFormAndPages(
  update: Update,
  fields: ReadonlySet<number>,
  before: PdfDict,
  now: PdfDict,
  allowed: Set<number>,
): void {
  if (fields.size === 0) return;
  const { document, index } = update;
  const form = now.get('AcroForm');
  const formGrew = formAllowed(update, fields, before.get('AcroForm'), form);
  for (const [num, kind] of update.touched) {
    const value = document.object(num, index);
    const old = kind === 'replaced' ? document.object(num, index - 1) : undefined;
    if (form instanceof PdfRef && form.num === num) {
      if (formGrew && (kind === 'replaced' || isFresh(update, num))) allowed.add(num);
    } else if (value instanceof PdfArray) {
      if (onlyGrewBy(fields, old, value) && (kind === 'replaced' || isFresh(update, num))) allowed.add(num);
    } else if (value instanceof PdfDict && old instanceof PdfDict && nameOf(old.get('Type')) === 'Page') {
      const onlyAnnots = differingKeys(old, value).every((key) => key === 'Annots');
      if (
        onlyAnnots &&
        onlyGrewBy(fields, document.resolve(old.get('Annots'), index - 1), document.resolve(value.get('Annots'), index))
      )
        allowed.add(num);
    }
  }
}

function formAllowed(
  { document, index }: Update,
  fields: ReadonlySet<number>,
  before: PdfValue | undefined,
  now: PdfValue | undefined,
): boolean {
  const [old, form] = [document.resolve(before, index - 1) ?? EMPTY, document.resolve(now, index)];
  if (!(old instanceof PdfDict) || !(form instanceof PdfDict)) return false;
  return differingKeys(old, form).every((key) => {
    if (key === 'SigFlags') return form.get(key) === 3;
    return (
      key === 'Fields' &&
      onlyGrewBy(fields, document.resolve(old.get(key), index - 1), document.resolve(form.get(key), index))
    );
  });
}

const EMPTY = new PdfDict(new Map(), new Uint8Array(0), 0, 0);

function catalogueAllowed(
  update: Update,
  before: PdfDict,
  now: PdfDict,
  dss: boolean,
  fields: ReadonlySet<number>,
): boolean {
  return differingKeys(before, now).every((key) => {
    if (key === 'DSS') return dss;
    return key === 'AcroForm' && fields.size > 0 && formAllowed(update, fields, before.get(key), now.get(key));
  });
}
