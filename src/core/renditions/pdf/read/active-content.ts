import { PdfDict, PdfString, nameOf, type PdfStream, type PdfValue } from './objects.js';

/** Actions of ISO 32000-2 12.6.4 that stay inside the page: going to a place in the same document. */
const HARMLESS_ACTIONS = new Set(['GoTo', 'Thread']);
/** Types of annotation that play, run or carry something. */
const ACTIVE_ANNOTATIONS = new Set(['RichMedia', '3D', 'Screen', 'Movie', 'Sound', 'FileAttachment']);

/**
 * What a dictionary could make a reader do besides showing a page. `Action` keys are told by `/S` beside a key that
 * only actions have, since `/S` alone also names transparency groups and structure elements.
 */
export function activeContentOf(dict: PdfDict, stream: PdfStream | null, found: Set<string>): void {
  const action = nameOf(dict.get('S'));
  if (dict.get('JS') !== undefined) found.add('JavaScript');
  else if (action !== null && isAction(dict, action)) found.add(action);
  if (dict.get('AA') instanceof PdfDict) found.add('AA');
  if (dict.get('OpenAction') instanceof PdfDict) found.add('OpenAction');
  if (dict.get('XFA') !== undefined) found.add('XFA');
  const subtype = nameOf(dict.get('Subtype'));
  if (subtype !== null && ACTIVE_ANNOTATIONS.has(subtype) && dict.get('Rect') !== undefined) found.add(subtype);
  if (stream && isExternal(dict.get('F'))) found.add('ExternalStream');
  if (stream && subtype === 'Form' && dict.get('Ref') !== undefined) found.add('ReferenceXObject');
}

const isExternal = (value: PdfValue | undefined): boolean => value instanceof PdfDict || value instanceof PdfString;

const KNOWN_ACTIONS = new Set([
  'GoToR',
  'GoToE',
  'GoToDp',
  'Launch',
  'URI',
  'Sound',
  'Movie',
  'Hide',
  'Named',
  'SubmitForm',
  'ResetForm',
  'ImportData',
  'JavaScript',
  'SetOCGState',
  'Rendition',
  'Trans',
  'GoTo3DView',
  'RichMediaExecute',
]);

function isAction(dict: PdfDict, name: string): boolean {
  return !HARMLESS_ACTIONS.has(name) && (KNOWN_ACTIONS.has(name) || nameOf(dict.get('Type')) === 'Action');
}
