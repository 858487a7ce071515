// The till without a pointer: hand scanners that type, and people who use the keyboard only.
import { expect, test } from "../fixtures.ts";
import { till } from "../pages.ts";
import { Shop } from "../shop.ts";

test("a hand scanner types into no field and the card opens", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);
  await counter.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await counter.keyboard.type(card.number, { delay: 8 });
  await counter.keyboard.press("Enter");
  await expect(till.whoFor(counter, card)).toBeVisible();

  // The next customer's card, while this one is still open.
  const next = await shop.enroll();
  await counter.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await counter.keyboard.type(next.number, { delay: 8 });
  await counter.keyboard.press("Enter");
  await expect(till.whoFor(counter, next)).toBeVisible();
});

test("by keyboard alone: sign in, find, stamp, undo, next", async ({ browse }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const page = await browse();
  await page.goto("/till");
  await reach(page, till.token(page));
  await page.keyboard.type(shop.terminal.token);
  await page.keyboard.press("Enter");
  await expect(till.scan(page)).toBeVisible();

  await page.keyboard.press("/");
  await expect(till.scan(page)).toBeFocused();
  await page.keyboard.type(card.number);
  await page.keyboard.press("Enter");
  await expect(till.stampButton(page)).toBeVisible();
  await reach(page, till.stampButton(page));
  await page.keyboard.press("Enter");
  await till.says(page, "yes");
  expect(await shop.stamped(card)).toEqual({ presses: 1, stamps: 1 });

  await reach(page, till.undoButton(page));
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await shop.balance(card)).stamps).toBe(0);
  await reach(page, till.nextCustomer(page));
  // The answer has just appeared: an Enter is not taken at once.
  await expect(async () => {
    await page.keyboard.press("Enter");
    await expect(till.scan(page)).toBeVisible({ timeout: 400 });
  }).toPass();
});

test("an Enter pressed for what was there before gives no stamp", async ({ atTill }) => {
  const shop = Shop.with("stamps");
  const card = await shop.enroll();
  const counter = await atTill(shop);

  // Typed, with a second Enter once the card is there.
  await till.scan(counter).fill(card.number);
  await till.scan(counter).press("Enter");
  await expect(till.stampButton(counter)).toBeVisible();
  await counter.keyboard.press("Enter");
  // Held down: the keyboard repeats it.
  for (let turn = 0; turn < 40; turn += 1) await counter.keyboard.down("Enter");
  await counter.keyboard.up("Enter");

  // A scanner that ends each code with two.
  const next = await shop.enroll();
  await counter.keyboard.type(next.number, { delay: 8 });
  await counter.keyboard.press("Enter");
  await counter.keyboard.press("Enter");
  await expect(till.whoFor(counter, next)).toBeVisible();
  await counter.keyboard.press("Enter");

  for (const seen of [card, next]) expect(await shop.stamped(seen)).toEqual({ presses: 0, stamps: 0 });
  await expect(till.stampButton(counter), "nothing was answered").toBeVisible();
  // Later, Enter is meant.
  await expect(async () => {
    await counter.keyboard.press("Enter");
    await expect(till.result(counter)).toBeVisible({ timeout: 400 });
  }).toPass();
  expect(await shop.stamped(next)).toEqual({ presses: 1, stamps: 1 });
});

const TABS_MAX = 40;

/** Tab until it has the focus, and the focus can be seen. */
async function reach(page: import("@playwright/test").Page, goal: import("@playwright/test").Locator): Promise<void> {
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) {
      const box = await goal.boundingBox();
      expect(box, "what has the focus is on the screen").not.toBeNull();
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached with ${TABS_MAX} tabs`);
}
