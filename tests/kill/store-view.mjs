import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

/**
 * Reads the store past our own code, and only while the service has it open: the first to open it after a kill recovers
 * its log, and that must be the service.
 */
export function readStore(data, act) {
  const database = new DatabaseSync(join(data, 'store/yinxin.sqlite'), { readOnly: true });
  const bodies = (sql, ...values) =>
    database
      .prepare(sql)
      .all(...values)
      .map(({ body }) => JSON.parse(body));
  try {
    return act({
      all: (collection) => bodies(`SELECT body FROM ${collection} ORDER BY id`),
      licenceOf: (requestKey) => bodies('SELECT body FROM licences WHERE requestKey = ?', requestKey)[0],
      intentsOf: (licence) => bodies('SELECT body FROM intents WHERE licence = ?', licence),
      count: (collection, where) => database.prepare(`SELECT count(*) AS n FROM ${collection} WHERE ${where}`).get().n,
    });
  } finally {
    database.close();
  }
}
