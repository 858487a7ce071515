// J4: a stamp, from the number to the answer that fills the screen, and what keeps it from counting twice.
import { nothingIsCovered, fitsInWidth, picture, targetsAreLarge } from "../checks.ts";
import { expect, test } from "../fixtures.ts";
import { customer, till } from "../pages.ts";
import { Shop } from "../shop.ts";
import type { Page, Route } from "@playwright/test";

/** A new card of stamps, open at the till. */
async function atCard(atTill: (shop: Shop) => Promise<Page>) {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);
  await till.find(counter, card);
  return { shop, card, counter };
}

/** The first stamp is given by the server, but the till hears something else; says how often that happened. */
async function loseFirst(counter: Page, answer: (route: Route) => Promise<void>): Promise<() => number> {
  let lost = 0;
  await counter.route("**/stamps", async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return answer(route);
  });
  return () => lost;
}

test("a card is found by its number, stamped, and the customer's page follows by itself", async ({ atTill, browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const watching = await browse({ size: "phone" });
  await watching.goto(card.link);
  const target = shop.reward.cost;
  await expect(customer.words(watching)).toContainText(`0 of ${target} `);

  const counter = await atTill(shop);
  await targetsAreLarge(counter, 56);
  await till.find(counter, card);
  await targetsAreLarge(counter, 56);
  await picture(counter, "till-card");
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  // What the till says is what the card holds, a welcome included.
  await expect(till.headline(counter)).toContainText(String((await shop.balance(card)).stamps));
  await expect(till.undoButton(counter)).toBeVisible();
  await targetsAreLarge(counter, 56);
  await picture(counter, "till-result");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });

  const { stamps } = await shop.balance(card);
  await expect(customer.words(watching)).toContainText(`${stamps} of ${target} `);
  await expect(customer.live(watching)).not.toBeEmpty();
  await expect(customer.events(watching).first()).toBeVisible();
  await picture(watching, "card-after-stamp");
});

test("two quick taps give one stamp", async ({ atTill }) => {
  const { shop, card, counter } = await atCard(atTill);
  await till.stampButton(counter).dblclick();
  await till.says(counter, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });
});

test("an answer that was lost is asked for again and still gives one stamp", async ({ atTill, guard }) => {
  const { shop, card, counter } = await atCard(atTill);
  const lost = await loseFirst(counter, (route) => route.abort("connectionreset"));
  guard.expect("ERR_CONNECTION_RESET");
  guard.expect("ERR_CONNECTION_RESET");
  await till.stampButton(counter).click();
  await expect.poll(lost).toBe(1);
  await till.tryAgain(counter).click();
  await till.says(counter, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });
});

test("an answer that comes as somebody else's error page is asked for again and still gives one stamp", async ({ atTill, guard }) => {
  const { shop, card, counter } = await atCard(atTill);
  await loseFirst(counter, (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" }));
  guard.expect(502);
  await till.stampButton(counter).click();
  await expect(till.tryAgain(counter)).toBeVisible();
  await expect(till.stampButton(counter), "the card is still there").toBeVisible();
  await till.tryAgain(counter).click();
  await till.says(counter, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });
});

test("a failed write can be left, and the same press is the same wish", async ({ atTill, guard }) => {
  const { shop, card, counter } = await atCard(atTill);
  await loseFirst(counter, (route) => route.abort("connectionreset"));
  guard.expect("ERR_CONNECTION_RESET");
  guard.expect("ERR_CONNECTION_RESET");
  await till.stampButton(counter).click();
  await till.leaveIt(counter).click();
  await expect(till.tryAgain(counter)).toBeHidden();
  await till.stampButton(counter).click();
  await till.says(counter, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });
});

test("what is said of the connection covers nothing that is pressed", async ({ atTill, guard }) => {
  const shop = Shop.with("stamps");
  for (const size of ["small", "phone"] as const) {
    const card = await shop.enroll();
    const counter = await atTill(shop, { size, language: "de" });
    await till.find(counter, card);
    await counter.route("**/stamps", (route) => route.abort("connectionreset"), { times: 1 });
    guard.expect("ERR_CONNECTION_RESET");
    guard.expect("ERR_CONNECTION_RESET");
    await till.stampButton(counter).click();
    await expect(till.tryAgain(counter)).toBeVisible();
    await nothingIsCovered(counter);
    await fitsInWidth(counter);
    await till.tryAgain(counter).click();
    await till.says(counter, "yes");
    // The same on the answer that fills the screen.
    await counter.route("**/voids", (route) => route.abort("connectionreset"), { times: 1 });
    guard.expect("ERR_CONNECTION_RESET");
    guard.expect("ERR_CONNECTION_RESET");
    await till.undoButton(counter).click();
    await expect(till.tryAgain(counter)).toBeVisible();
    await nothingIsCovered(counter);
    await fitsInWidth(counter);
    await till.tryAgain(counter).click();
    await expect.poll(async () => (await shop.balance(card)).stamps).toBe(0);
    // Where nothing waits for an answer, the connection alone is told.
    await till.nextCustomer(counter).click();
    await expect(till.result(counter), "an answer still under way would tell that the connection is there").toHaveCount(0);
    await counter.context().setOffline(true);
    await expect(counter.locator("[data-away]")).toBeVisible();
    await nothingIsCovered(counter);
    await fitsInWidth(counter);
    await counter.context().setOffline(false);
  }
});

test("a till that was signed out says so and asks for its code", async ({ atTill, guard }) => {
  const { shop, card, counter } = await atCard(atTill);
  await counter.context().clearCookies();
  guard.expect(401);
  await till.stampButton(counter).click();
  await expect(till.problem(counter)).toContainText("nothing was counted");
  await till.token(counter).fill(shop.terminal.token);
  await till.signInButton(counter).click();
  await expect(till.scan(counter)).toBeVisible();
  expect(await shop.stamped(card)).toEqual({ presses: 0, stamps: 0 });
});

test("a search that failed holds nobody up", async ({ atTill, guard }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);
  await counter.route("**/till?q=*", (route) => route.abort("connectionreset"), { times: 1 });
  guard.expect("ERR_CONNECTION_RESET");
  guard.expect("ERR_CONNECTION_RESET");
  await till.scan(counter).fill(card.number);
  await till.findButton(counter).click();
  await expect(till.tryAgain(counter)).toBeVisible();
  await expect(counter.locator("[data-away]"), "the connection is told to be gone").toBeVisible();
  await till.find(counter, card);
  await expect(till.tryAgain(counter)).toBeHidden();
  await expect(counter.locator("[data-away]")).toBeHidden();
});

test("a number nobody has, and a card of another shop, are not ours in the same words", async ({ atTill, guard }) => {
  const shop = Shop.with("stamps");
  const foreign = await Shop.with("points").enroll();
  const counter = await atTill(shop);
  const said: string[] = [];
  for (const number of ["ZZZZZZZZZZ", foreign.number]) {
    guard.expect(404);
    await till.scan(counter).fill(number);
    await till.findButton(counter).click();
    await expect(till.problem(counter)).toBeVisible();
    said.push(await till.problem(counter).innerText());
    await counter.goto("/till");
  }
  expect(said[0]).toBe(said[1]);
});

test("a wrong token does not open the till", async ({ browse, guard }) => {
  const page = await browse();
  await page.goto("/till");
  guard.expect(401);
  await till.token(page).fill("not-a-token");
  await till.signInButton(page).click();
  await expect(till.problem(page)).toBeVisible();
  await expect(till.token(page)).toBeVisible();
});

test("the address that the demonstration prints signs in and forgets its token", async ({ browse }) => {
  const page = await browse();
  await page.goto(`/till#${Shop.with("stamps").terminal.token}`);
  await expect(till.scan(page)).toBeVisible();
  expect(page.url()).not.toContain("#");
  await page.goBack();
  expect(page.url()).not.toContain("#");
});

test("the address of another shop's till opens that till on a device that is paired", async ({ atTill }) => {
  const [first, second] = [Shop.with("stamps"), Shop.with("points")];
  const counter = await atTill(first);
  const mark = counter.locator(".till-place");
  const before = await mark.innerText();
  await counter.waitForLoadState("networkidle");
  // Only the part after `#` changes: the page is not loaded anew.
  await counter.evaluate((token) => (location.hash = token), second.terminal.token);
  await expect(mark).not.toHaveText(before);
  await expect(counter).toHaveURL(/\/till$/);
  await counter.waitForLoadState("networkidle");
  await counter.evaluate((token) => (location.hash = token), first.terminal.token);
  await expect(mark).toHaveText(before);
  await expect(counter).toHaveURL(/\/till$/);
});
