import { codePage, docsPage, problemPage, problemsPage, reportPage, statusPage, verifyPage } from '../../web/index.js';
import type { PageSetting } from '../../web/index.js';
import type { Failure, Language } from '../problems.js';
import { PROBLEMS } from '../problems.table.js';
import type { FormPart } from '../request/multipart.js';
import type { BodyRule, HandlerAnswer, HandlerRequest, Route } from '../route.js';
import type { HttpWorld } from '../world.js';
import { readStaticFiles } from './static-files.js';

/** Room for the parts of the form that are not the file. */
const FORM_BYTES = 4_096;
const MINUTES_10 = { 'Cache-Control': 'public, max-age=600' };

/** The pages for people. They know nothing that the API does not: each calls the same operation. */
export function pageRoutes(world: HttpWorld): readonly Route[] {
  const { maxUploadBytes } = world.settings;
  const setting = (language: Language, here: string | null): PageSetting => ({
    language,
    domain: domainOf(world),
    here,
  });

  const verify = async ({ body, language }: HandlerRequest): Promise<HandlerAnswer> => {
    const form = body as ReadonlyMap<string, FormPart>;
    const file = form.get('file');
    // As people type it: with spaces, in small letters.
    const identifier = textOf(form.get('identifier')).replace(/\s/g, '').toUpperCase();
    if (file && file.bytes.length > 0) {
      const policy = textOf(form.get('policy')) === 'open' ? 'open' : 'strict';
      const report = await world.verifyDocument({ bytes: file.bytes, policy });
      return page(reportPage(setting(language, null), report, file.fileName ?? ''));
    }
    if (/^[0-9A-Z.]{1,140}$/.test(identifier))
      return page(statusPage(setting(language, null), await world.verifyLicence({ identifier })));
    return page(verifyPage(setting(language, '/'), { maxUploadBytes, problem: NOTHING_GIVEN[language] }), 400);
  };

  const form: BodyRule = { form: 'multipart', maxBytes: maxUploadBytes + FORM_BYTES, check: () => [] };
  const problems = Object.entries(PROBLEMS).map(([code, { status, title }]) => ({ code, status, title }));

  return [
    get('page.home', '/', ({ language }) =>
      page(verifyPage(setting(language, '/'), { maxUploadBytes, problem: null })),
    ),
    {
      ...get('page.verify', '/verify', verify),
      method: 'POST',
      rateLimit: 'verification',
      bodies: new Map([['multipart/form-data', form]]),
    },
    get('page.code', '/v', ({ language }) => page(codePage(setting(language, '/v')))),
    get('page.problems', '/problems', ({ language }) => page(problemsPage(setting(language, '/problems'), problems))),
    get('page.docs', '/docs', () => page(docsPage())),
    get('page.contract', '/openapi.yaml', () => ({
      status: 200,
      headers: MINUTES_10,
      mediaType: 'application/yaml; charset=utf-8',
      body: world.contract,
    })),
    ...readStaticFiles().map(({ path, mediaType, bytes }) =>
      get('page.static', path, () => ({ status: 200, headers: MINUTES_10, mediaType, body: bytes })),
    ),
  ];
}

/** What a person sees instead of a page. */
export const problemPageOf = (
  world: HttpWorld,
  { code, row, words }: Failure,
  language: Language,
  traceId: string,
): string =>
  problemPage(
    { language, domain: domainOf(world), here: null },
    { title: row.title[language], detail: words[language], code, traceId },
  );

const NOTHING_GIVEN = {
  zh: '请选择文件，或输入由数字、大写字母和点组成的证照标识。',
  en: 'Choose a file, or enter an identifier of digits, capital letters and dots.',
};

const domainOf = ({ settings }: HttpWorld): string => new URL(settings.publicUrl).host;

const textOf = (part: FormPart | undefined): string => Buffer.from(part?.bytes ?? []).toString('utf8');

const page = (body: string, status = 200): HandlerAnswer => ({ status, mediaType: 'text/html; charset=utf-8', body });

/** A page reads `lang` from its address and leaves the rest of the query to whoever linked here. */
function get(name: string, path: string, handle: Route['handle']): Route {
  return {
    name,
    method: 'GET',
    pattern: new RegExp(`^${path.replaceAll('.', '\\.')}$`),
    scopes: null,
    rateLimit: null,
    bodies: null,
    needsIfMatch: false,
    problemsAs: 'page',
    readParameters: () => ({ path: {}, query: {}, header: {} }),
    handle,
    checkAnswer: () => [],
  };
}
