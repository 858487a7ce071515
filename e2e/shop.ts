// What the demonstration holds, as its credentials file tells, and the API calls that prepare a test.
//
// Tests act on cards of their own, made here; the year behind them belongs to everybody.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

export type Kind = "stamps" | "points" | "hybrid";
export type Program = { id: string; kind: Kind };
export type Reward = { id: string; program: string; cost: number; unit: string };
export type Account = { email: string; password: string; role: string };
export type Merchant = {
  id: string;
  slug: string;
  api_key: string;
  currency: string;
  stores: { id: string; code: string }[];
  programs: Program[];
  rewards: Reward[];
  terminals: { id: string; store: string; token: string }[];
  cards: { id: string; number: string; link: string }[];
  users: Account[];
  staff: { id: string; name: string; pin: string; role: string }[];
};

export type Card = { id: string; number: string; link: string };
export type Balance = { stamps: number; points: number };
export type Move = { unit: "stamp" | "point"; amount: number; kind: string };
export type Told = { id: string; type: string; moves: Move[] };

/** The server's own address; nothing else may be asked. */
export function base(): string {
  const address = process.env.TREI_E2E_BASE;
  if (!address) throw new Error("the server was not started");
  return address;
}

let merchants: Merchant[] | undefined;

function credentials(): { operator: Omit<Account, "role">; merchants: Merchant[] } {
  return JSON.parse(readFileSync(process.env.TREI_E2E_CREDENTIALS ?? "", "utf8"));
}

function all(): Merchant[] {
  merchants ??= credentials().merchants;
  return merchants;
}

/** Who runs the installation. */
export function operator(): Omit<Account, "role"> {
  return credentials().operator;
}

/** Somebody of a back office: of the n-th shop, in a role. */
export function user(shop: number, role: string): Account {
  return one(
    all()[shop]?.users.find((user) => user.role === role),
    "user",
  );
}

/** One shop with a program of this kind, seen from its till and its API key. */
export class Shop {
  private constructor(
    readonly merchant: Merchant,
    readonly program: Program,
  ) {}

  static with(kind: Kind): Shop {
    for (const merchant of all()) {
      const program = merchant.programs.find((program) => program.kind === kind);
      if (program) return new Shop(merchant, program);
    }
    throw new Error(`the demonstration has no ${kind} program`);
  }

  /** The program of this kind at the merchant of this name. */
  static at(slug: string, kind: Kind): Shop {
    const merchant = one(all().find((merchant) => merchant.slug === slug), "merchant");
    return new Shop(merchant, one(merchant.programs.find((program) => program.kind === kind), "program"));
  }

  /** Somebody of its back office, in a role. */
  user(role: string): Account {
    return one(this.merchant.users.find((user) => user.role === role), "user");
  }

  get terminal(): { id: string; store: string; token: string } {
    return one(this.merchant.terminals[0], "terminal");
  }

  /** The first reward of the program: for stamps the one that completes the card. */
  get reward(): Reward {
    return one(
      this.merchant.rewards.find((reward) => reward.program === this.program.id),
      "reward",
    );
  }

  /** A card of the demonstration's year that is under way. */
  async regular(): Promise<Card> {
    for (const card of this.merchant.cards) {
      const shown = await this.call<{ program: string; balance: Balance }>("GET", `/cards/${card.id}`);
      const { stamps } = shown.balance;
      if (shown.program === this.program.id && stamps > this.reward.cost / 3 && stamps < this.reward.cost) return card;
    }
    throw new Error("nobody of the demonstration is under way");
  }

  get joinPath(): string {
    return `/j/${this.merchant.slug}/${this.program.id}`;
  }

  async enroll(locale = "en"): Promise<Card> {
    return this.post<Card>("/cards", { program: this.program.id, store: this.terminal.store, locale });
  }

  async balance(card: Card): Promise<Balance> {
    const shown = await this.call<{ balance: Balance }>("GET", `/cards/${card.id}`);
    return shown.balance;
  }

  /** What happened to a card, the newest first. */
  async events(card: Card): Promise<Told[]> {
    const page = await this.call<{ data: Told[] }>("GET", `/cards/${card.id}/events?limit=100`);
    return page.data;
  }

  /**
   * How often the card was stamped, and how much of what it holds came from that. A welcome is part of the first visit's
   * balance, never of this number.
   */
  async stamped(card: Card): Promise<{ presses: number; stamps: number }> {
    const told = (await this.events(card)).filter((event) => event.type === "stamped");
    const earned = told.flatMap((event) => event.moves).filter((move) => move.kind === "stamp_earn");
    return { presses: told.length, stamps: earned.reduce((sum, move) => sum + move.amount, 0) };
  }

  /** The price of the cheapest reward of the program: with less, nothing is ready. */
  get cheapest(): number {
    return Math.min(...this.merchant.rewards.filter((reward) => reward.program === this.program.id).map((reward) => reward.cost));
  }

  async stamp(card: Card): Promise<void> {
    await this.post(`/cards/${card.id}/stamps`, { store: this.terminal.store });
  }

  async earn(card: Card, amount_minor: number): Promise<void> {
    const { currency } = this.merchant;
    await this.post(`/cards/${card.id}/points`, { amount_minor, currency, store: this.terminal.store });
  }

  /** Puts value on a card without waiting for a year of visits. */
  async give(card: Card, unit: "stamp" | "point", amount: number): Promise<void> {
    await this.post(`/cards/${card.id}/adjustments`, { unit, amount, reason: "goodwill" });
  }

  private async post<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>("POST", path, body);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${base()}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.merchant.api_key}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json", "Idempotency-Key": randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

function one<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demonstration has no ${what}`);
  return value;
}
