import { readFileSync } from 'node:fs';

const TYPES = ['business-licence', 'residence-certificate', 'food-business-licence'];
const SM2_PDF = [{ kind: 'pdf', suite: 'SM2-SM3' }];
const ALL_THREE = [...SM2_PDF, { kind: 'pdf', suite: 'ECDSA-P256-SHA256' }, { kind: 'sd-jwt', suite: 'SM2-SM3' }];
/** Shares of what is asked for next. */
const WITH_ALL_THREE = 0.2;
const ASKED_AGAIN = 0.1;
const NEVER_RETRIED = 0.2;

/**
 * The client's own book of what it asked for and what it was told: the side of the argument that no crash touches.
 *
 * An order is `{ key, body, answer, isGivenUp }`; `answer` is the JSON of the 201 that arrived whole, or null.
 */
export class Orders {
  all = [];
  violations = [];
  retries = { unanswered: 0, answered: 0 };
  cut = 0;
  #waiting = [];

  constructor(stage, random) {
    this.random = random;
    this.samples = TYPES.map((type) => JSON.parse(readFileSync(stage.at('templates', type, 'sample.json'), 'utf8')));
  }

  get answered() {
    return this.all.filter(({ answer }) => answer !== null);
  }

  /** Orders to repeat come first: they are the point. */
  next() {
    const cut = this.#waiting.shift();
    if (cut) {
      this.retries.unanswered++;
      return cut;
    }
    if (this.random() < ASKED_AGAIN) {
      const { answered } = this;
      const again = answered[Math.floor(this.random() * answered.length)];
      if (again) {
        this.retries.answered++;
        return again;
      }
    }
    return this.#newOrder();
  }

  nextWaiting() {
    return this.#waiting.length > 0 ? this.next() : undefined;
  }

  #newOrder() {
    const serial = this.all.length + 1;
    const { type, items } = this.samples[serial % this.samples.length];
    const renditions = this.random() < WITH_ALL_THREE ? ALL_THREE : SM2_PDF;
    // The serial makes each request its own, so that files in each other's place would be found.
    const body = { type, items: { ...items, address: addressOf(serial) }, sample: true, renditions };
    const order = { key: `order-${serial}`, body, answer: null, isGivenUp: false };
    this.all.push(order);
    return order;
  }

  settle(order, { status, text }) {
    if (status !== 201) this.violations.push(`${order.key}: answered ${status} ${text()}`);
    else if (order.answer === null) order.answer = text();
    else if (order.answer !== text()) this.violations.push(`${order.key}: answered differently: ${order.answer} then ${text()}`);
  }

  /** The connection ended before the answer did. Some clients never ask again. */
  lose(order) {
    this.cut++;
    if (order.answer === null && this.random() < NEVER_RETRIED) order.isGivenUp = true;
    else this.#waiting.push(order);
  }
}

const addressOf = (serial) => `示例省示例市青禾区样本路${serial}号`;

/** Keeps `lanes` requests in flight until `stop` or until the service dies; then all have ended. */
export class Load {
  /** Milliseconds from request to whole answer in the first second of a life, smoothed. A request that was cut later than that counts too. */
  latency = null;

  constructor(client, orders, lanes) {
    this.client = client;
    this.orders = orders;
    this.lanes = lanes;
  }

  begin() {
    this.isRunning = true;
    this.inFlight = new Set();
    this.lanesDone = Array.from({ length: this.lanes }, () => this.#lane(() => this.orders.next()));
  }

  async end() {
    this.isRunning = false;
    await Promise.all(this.lanesDone);
  }

  /** Repeats what is still without an answer, and nothing else. */
  async finish() {
    this.isRunning = true;
    this.inFlight = new Set();
    await Promise.all(Array.from({ length: this.lanes }, () => this.#lane(() => this.orders.nextWaiting())));
  }

  async #lane(next) {
    while (this.isRunning) {
      const order = next();
      if (!order) return;
      const sentAt = performance.now();
      this.inFlight.add(order);
      let answer;
      try {
        answer = await issue(this.client, order);
      } catch {
        this.orders.lose(order);
        this.#observe(performance.now() - sentAt, true);
        return;
      }
      this.inFlight.delete(order);
      this.#observe(performance.now() - sentAt, false);
      this.orders.settle(order, answer);
    }
  }

  #observe(ms, isCut) {
    if (this.latency === null) this.latency = isCut ? null : ms;
    else if (!isCut || ms > this.latency) this.latency += (ms - this.latency) / 10;
  }
}

function issue(client, { key, body }) {
  return client.send({ method: 'POST', path: '/api/v1/licences', json: body, headers: { 'Idempotency-Key': key }, scope: 'licences:issue' });
}
