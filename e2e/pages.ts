// Where things are on the pages: the only file that knows. Found by role and by the address a form goes to, which are the
// same in every language.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Account, Card } from "./shop.ts";

/** The button that sends a form. */
function sender(form: Locator): Locator {
  return form.locator("button:not([type=button])");
}

/** What is seen before its script has run hears no key: who presses one next waits for the whole page. */
async function alive(page: Page): Promise<void> {
  await page.waitForLoadState("load");
}

export const office = {
  menu: (page: Page, address: string) => page.locator(`.people-menu a[href="${address}"]`),
  search: (page: Page) => page.locator("#q"),
  amount: (page: Page) => page.locator("#amount"),
  correctButton: (page: Page) => sender(page.locator('form[action$="/corrections"]')),
  decideButton: (page: Page, amount: string, what: "approve" | "deny") =>
    page.locator("li", { hasText: amount }).locator(`button[value=${what}]`),

  /** Signs a user of a back office in. */
  async signIn(page: Page, { email, password }: Omit<Account, "role">): Promise<Page> {
    await page.goto("/signin");
    await page.locator("#address").fill(email);
    await page.locator("#password").fill(password);
    await page.locator("main form button").first().click();
    await expect(page).toHaveURL(/\/back$/);
    return page;
  },
};

export const till = {
  token: (page: Page) => page.locator('form[action="/till/session"]').getByRole("textbox"),
  signInButton: (page: Page) => sender(page.locator('form[action="/till/session"]')),
  scan: (page: Page) => page.getByRole("search").getByRole("textbox"),
  findButton: (page: Page) => sender(page.getByRole("search")),
  problem: (page: Page) => page.getByRole("main").getByRole("alert"),

  stampForm: (page: Page) => page.locator('form[action$="/stamps"]'),
  stampButton: (page: Page) => sender(till.stampForm(page)),
  stampCount: (page: Page) => till.stampForm(page).getByRole("spinbutton"),

  undoForm: (page: Page) => page.locator('form[action$="/voids"]').first(),
  menu: (page: Page) => page.locator("details.menu > summary"),
  amount: (page: Page) => page.locator('form[action$="/points"], form[action$="/purchases"]').getByRole("textbox").first(),
  amountButton: (page: Page) => sender(page.locator('form[action$="/points"], form[action$="/purchases"]')),
  preview: (page: Page) => page.locator("[data-preview-place]"),

  /** Opens the question for the first reward that is ready. */
  redeemButton: (page: Page) => page.getByRole("main").locator("button[commandfor^=redeem]").first(),
  question: (page: Page) => page.getByRole("dialog"),
  /** The name of that reward. */
  rewardName: (page: Page) => page.locator(".till-rewards .ready .title").first().innerText(),
  /** How many points pay, and what the question says of them. */
  points: (page: Page) => page.getByRole("dialog").getByRole("spinbutton"),
  payable: (page: Page) => page.getByRole("dialog").locator("input[name=payable]"),
  worth: (page: Page) => page.getByRole("dialog").locator("[data-preview-place]"),
  useMost: (page: Page) => page.getByRole("dialog").locator("[data-use-most]"),
  confirmButton: (page: Page) => sender(page.getByRole("dialog").locator('form[action$="/redemptions"]')),

  /** Where the open card was not seen: the customer is asked on it, and what they said yes to is handed out. */
  askCustomer: (page: Page) => sender(page.locator('form[action$="/confirmations"]')),
  handOut: (page: Page) => sender(page.getByRole("main").locator('form[action$="/redemptions"]')),

  undoButton: (page: Page) => sender(page.locator('form[action$="/voids"]')).first(),
  nextCustomer: (page: Page) => page.getByRole("main").locator('a[href="/till"]'),
  tryAgain: (page: Page) => page.locator("[data-retry]"),
  leaveIt: (page: Page) => page.locator("[data-leave]"),

  /** The answer that fills the screen. */
  result: (page: Page) => page.locator("main[data-tone]"),
  headline: (page: Page) => till.result(page).getByRole("heading", { level: 1 }),

  async signIn(page: Page, token: string): Promise<void> {
    await page.goto("/till");
    await till.token(page).fill(token);
    await till.signInButton(page).click();
    await expect(till.scan(page)).toBeVisible();
    await alive(page);
  },

  async find(page: Page, card: Card): Promise<void> {
    await till.scan(page).fill(card.number);
    await till.findButton(page).click();
    await expect(till.whoFor(page, card)).toBeVisible();
    await alive(page);
  },

  /** The card view of this card: its forms carry its id. */
  whoFor: (page: Page, card: Card) => page.locator(`form[action^="/till/cards/${card.id}/"]`).first(),

  async says(page: Page, tone: "yes" | "wait" | "no"): Promise<void> {
    await expect(till.result(page)).toHaveAttribute("data-tone", tone);
  },
};

/** Who serves, and their PIN. */
export const pad = {
  form: (page: Page) => page.locator("form[data-pin]"),
  person: (page: Page, name: string) => pad.form(page).getByRole("radio", { name, exact: true }),
  digits: (page: Page) => page.locator("#pin"),
  key: (page: Page, digit: string) => pad.form(page).locator(`[data-digit="${digit}"]`),
  confirm: (page: Page) => pad.form(page).locator("button.primary:visible"),
  problem: (page: Page) => page.locator("#pin-problem"),
  /** Whose turn it is, and the end of it. */
  turn: (page: Page) => page.locator('form[action="/till/turn/end"] button'),
  askManager: (page: Page) => page.locator('button[name=ask][value=manager]'),

  /** Shows who serves by pressing keys, as on a tablet. */
  async show(page: Page, person: { name: string; pin: string }): Promise<void> {
    await pad.person(page, person.name).check({ force: true });
    for (const digit of person.pin) await pad.key(page, digit).click();
    await pad.confirm(page).click();
  },
};

/** A new customer at the till. */
export const enrol = {
  begin: (page: Page) => page.getByRole("main").locator('a[href="/till/enrolments"], form[action="/till/enrolments/check"] button'),
  contact: (page: Page) => page.locator("#contact"),
  next: (page: Page) => page.locator('form[action="/till/enrolments/check"] button.primary'),
  nameless: (page: Page) => page.locator("button[name=nameless]"),
  echo: (page: Page) => page.locator(".second-look .echo"),
  terms: (page: Page) => page.locator("#terms"),
  marketing: (page: Page) => page.locator("#marketing"),
  open: (page: Page) => sender(page.locator('form[action="/till/enrolments"]')),
  code: (page: Page) => page.locator(".opened .qr-place svg"),
  known: (page: Page) => page.locator(".known-card"),
  useCard: (page: Page) => page.getByRole("main").locator("a.primary"),
};

export const customer = {
  /** What the card shows, in words. */
  words: (page: Page) => page.locator("main figure.card figcaption").first(),
  barsSwitch: (page: Page) => page.locator("details.bars-place > summary"),
  bars: (page: Page) => page.locator("svg.bars"),
  live: (page: Page) => page.getByRole("main").getByRole("status").first(),
  historyLink: (page: Page) => page.getByRole("main").locator('a[href$="/history"]').first(),
  events: (page: Page) => page.getByRole("main").locator(".event"),
  why: (page: Page) => customer.events(page).locator("details").first(),
};

export const join = {
  form: (page: Page) => page.locator('main form[method=post]'),
  firstName: (page: Page) => join.form(page).getByRole("textbox").first(),
  terms: (page: Page) => page.locator("#terms"),
  button: (page: Page) => sender(join.form(page)),
  /** Nobody reads a form in less; what comes back faster was sent by a program. */
  read: (page: Page) => page.waitForTimeout(2_100),
  summary: (page: Page) => join.form(page).getByRole("alert"),
};

/** Signing in with a password, and one's own account. */
export const people = {
  form: (page: Page, action: string) => page.locator(`form[action="${action}"]`),
  field: (page: Page, name: string) => page.locator(`main [name=${name}]`),
  send: (page: Page, action: string) => sender(people.form(page, action)),
  problem: (page: Page) => page.getByRole("main").getByRole("alert"),
  key: (page: Page) => page.locator(".seed-typed"),
  codes: (page: Page) => page.locator(".recovery-codes code"),

  async signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
    await page.goto("/signin");
    await people.field(page, "address").fill(email);
    await people.field(page, "password").fill(password);
    await people.send(page, "/signin").click();
    await expect(page).not.toHaveURL(/\/signin$/);
  },

  async signOut(page: Page): Promise<void> {
    await people.send(page, "/signout").click();
    await expect(page).toHaveURL(/\/signin$/);
  },
};

/** A device that becomes a till by a short code. */
export const pairing = {
  link: (page: Page) => page.getByRole("main").locator('a[href="/till/pairings"]'),
  code: (page: Page) => page.locator('form[action="/till/pairings"]').getByRole("textbox"),
  button: (page: Page) => sender(page.locator('form[action="/till/pairings"]')),
};

/** The buttons at the foot of each page. */
export const foot = {
  language: (page: Page, code: string) => page.locator(`.page-foot button[lang=${code}]`),
};
