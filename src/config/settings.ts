import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TrustError } from '../core/errors/index.js';

export class SettingsError extends TrustError<'SETTING_INVALID'> {}

/** What may be set, by environment variable `YINXIN_…`. Each name carries its unit. */
export interface Settings {
  /** YINXIN_DATA: folder of the store, keys, trust and archive. Default `data`. */
  readonly dataDirectory: string;
  /** YINXIN_STORE: `sqlite` (default; null here) in the data directory, or `mongodb://HOST…/DATABASE`. */
  readonly store: { readonly uri: string; readonly database: string } | null;
  /** YINXIN_TEMPLATES: folder of the licence types. Default: the one shipped. */
  readonly templatesDirectory: string;
  /** YINXIN_HOST, YINXIN_PORT: where the service listens. Default 127.0.0.1:8080. */
  readonly host: string;
  readonly port: number;
  /** YINXIN_PUBLIC_URL: address that QR codes and DPoP proofs name. Default `http://<host>:<port>`. */
  readonly publicUrl: string;
  /** YINXIN_TLS_CERT, YINXIN_TLS_KEY: PEM files; TLS is spoken when both are set. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** YINXIN_TRUSTED_PROXIES: how many reverse proxies stand in front; their X-Forwarded-For entries are believed. Default 0. */
  readonly trustedProxies: number;
  /** YINXIN_PASSPHRASE_FILE or YINXIN_PASSPHRASE: opens the key store. Default `<data>/passphrase`. */
  readonly passphraseFile: string;
  readonly passphrase: string | null;
  /** YINXIN_MAX_UPLOAD_BYTES: largest file that is judged. Default 20,971,520. */
  readonly maxUploadBytes: number;
  /** YINXIN_VERIFICATIONS_PER_MINUTE: anonymous verifications an address may ask for. Default 60. */
  readonly verificationsPerMinute: number;
  /** YINXIN_LOG: info, warn, error. Default info. */
  readonly logLevel: 'info' | 'warn' | 'error';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment once. A wrong value stops the start and names its variable. */
export function loadSettings(environment: Environment, shipped: { readonly templatesDirectory: string }): Settings {
  // What a deployment meant to fill in and did not must not turn into a default in silence.
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith('YINXIN_') && value === '') throw invalid(name, 'is set and empty', '已设置但为空');
  const text = (name: string, fallback: string) => environment[name] ?? fallback;
  const dataDirectory = resolve(text('YINXIN_DATA', 'data'));
  const host = text('YINXIN_HOST', '127.0.0.1');
  const port = integer(environment, 'YINXIN_PORT', 8080, 0, 65535);
  const certFile = environment['YINXIN_TLS_CERT'];
  const keyFile = environment['YINXIN_TLS_KEY'];
  if ((certFile === undefined) !== (keyFile === undefined))
    throw invalid('YINXIN_TLS_KEY', 'the certificate and the key belong together', '证书与私钥须同时设置');
  const ownHost = host.includes(':') ? `[${host}]` : host;
  const publicUrl = text('YINXIN_PUBLIC_URL', `${certFile === undefined ? 'http' : 'https'}://${ownHost}:${port}`);
  if (!/^https?:\/\/[^?#]*[^/?#]$/.test(publicUrl) || !URL.canParse(publicUrl))
    throw invalid(
      'YINXIN_PUBLIC_URL',
      'an http or https address without a slash at its end is needed',
      '须为不以斜杠结尾的 http 或 https 网址',
    );
  const logLevel = text('YINXIN_LOG', 'info');
  if (logLevel !== 'info' && logLevel !== 'warn' && logLevel !== 'error')
    throw invalid('YINXIN_LOG', 'info, warn or error', '须为 info、warn 或 error');
  return Object.freeze({
    dataDirectory,
    store: storeOf(text('YINXIN_STORE', 'sqlite')),
    templatesDirectory: resolve(text('YINXIN_TEMPLATES', shipped.templatesDirectory)),
    host,
    port,
    publicUrl,
    tls: certFile === undefined || keyFile === undefined ? null : { certFile, keyFile },
    trustedProxies: integer(environment, 'YINXIN_TRUSTED_PROXIES', 0, 0, 8),
    passphraseFile: resolve(text('YINXIN_PASSPHRASE_FILE', `${dataDirectory}/passphrase`)),
    passphrase: environment['YINXIN_PASSPHRASE'] ?? null,
    maxUploadBytes: integer(environment, 'YINXIN_MAX_UPLOAD_BYTES', 20_971_520, 1024, 1_073_741_824),
    verificationsPerMinute: integer(environment, 'YINXIN_VERIFICATIONS_PER_MINUTE', 60, 1, 1_000_000),
    logLevel,
  });
}

/** The passphrase itself; read late, so that it does not travel with the settings. */
export function readPassphrase(settings: Settings): string {
  if (settings.passphrase !== null) return settings.passphrase;
  let passphrase: string;
  try {
    passphrase = readFileSync(settings.passphraseFile, 'utf8').replace(/[\r\n]+$/, '');
  } catch {
    throw invalid('YINXIN_PASSPHRASE_FILE', 'the passphrase file cannot be read', '无法读取口令文件');
  }
  if (passphrase === '') throw invalid('YINXIN_PASSPHRASE_FILE', 'the passphrase file is empty', '口令文件为空');
  return passphrase;
}

/** The address may hold a password: no message repeats it. */
function storeOf(address: string): Settings['store'] {
  if (address === 'sqlite') return null;
  const database = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([A-Za-z0-9_-]{1,60})(?:\?.*)?$/.exec(address)?.[1];
  if (database === undefined)
    throw invalid('YINXIN_STORE', 'sqlite, or mongodb://HOST/DATABASE', '须为 sqlite 或 mongodb://主机/数据库');
  return { uri: address, database };
}

function integer(environment: Environment, name: string, fallback: number, min: number, max: number): number {
  const raw = environment[name];
  if (raw === undefined) return fallback;
  const value = Number(raw);
  if (!/^[0-9]{1,12}$/.test(raw) || value < min || value > max)
    throw invalid(name, `a whole number from ${min} to ${max} is needed`, `须为 ${min} 至 ${max} 的整数`);
  return value;
}

function invalid(name: string, en: string, zh: string): SettingsError {
  return new SettingsError(
    'SETTING_INVALID',
    { en: `${name}: ${en}`, zh: `${name}：${zh}` },
    { details: { setting: name } },
  );
}
